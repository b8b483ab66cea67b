"""After the announcement: who comes, how many places are free, who moves up, and why nobody does."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from apps.operations.ceremony import lottery_of
from apps.reading.lottery_standing import Standing
from apps.tags import tag
from forms.capabilities.lottery.answering import ANSWERS
from forms.capabilities.lottery.promotion import REASONS
from forms.capabilities.period import Period, told

if TYPE_CHECKING:
    from apps.panels.lottery.draw_panel import DrawPanel


def draw_answers(panel: DrawPanel, now: Standing, at: datetime) -> None:
    """One line per session; the reason stands wherever nobody moves up."""
    lottery = lottery_of(panel.scene.definition)
    period = panel.scene.definition.capabilities.get('period')
    is_told = not isinstance(period, Period) or period.is_announced(at)
    tag('h3', '参加の返事と繰上げ', 'lottery-subtitle')
    if lottery.confirm_by is not None:
        hint = f'当選した方の返事は{told(lottery.confirm_by)}までです。過ぎた席は、補欠の方に移ります。'
        tag('p', hint, 'draw-hint')
    frame = tag('div', '', 'rows-frame', tabindex='0', role='region', aria_label='回ごとの返事')
    with frame, tag('table', '', 'rows lottery-answers'):
        with tag('thead'), tag('tr'):
            for head in ('回', '定員', *ANSWERS, '空き', '繰上げ'):
                tag('th', head, scope='col')
        with tag('tbody'):
            for each in now.sessions:
                with tag('tr'):
                    tag('th', each.name, scope='row')
                    tag('td', f'{each.capacity:,}人')
                    for answer in ANSWERS:
                        tag('td', f'{now.answers[each.name].get(answer, 0):,}件')
                    tag('td', f'{_free(now, each.name):,}人')
                    tag('td', _why(now, each.name) if is_told else '発表のあとに始まります。', 'lottery-why')


def _free(now: Standing, session: str) -> int:
    assert now.settled is not None
    return max(0, now.settled.free[session])


def _why(now: Standing, session: str) -> str:
    assert now.settled is not None
    promotion = now.settled.promotions[session]
    return REASONS[promotion.reason] if promotion.reason else '補欠の方に知らせています。'
