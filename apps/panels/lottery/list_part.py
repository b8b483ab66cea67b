"""Before the draw: applications against places, pairs that may be one person, and fixing the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from apps.addresses import record_address
from apps.operations.ceremony import lottery_of
from apps.people import Person
from apps.reading.lottery_standing import Standing
from apps.tags import button, icon, link, notice, tag
from forms.capabilities.lottery.answering import WITHDRAW
from forms.capabilities.lottery.same_person import Double

if TYPE_CHECKING:
    from apps.panels.lottery.draw_panel import DrawPanel

FIX_LEAD = (
    '確定すると、一覧のハッシュが決まります。そのあとは、抽選に関わる項目を直せません。'
    '取下げはできます。ハッシュを公表してから、公開の値が決まるのを待ちます。'
)


class ListPart:
    """Everything that is decided before the list is fixed, and the fixing itself."""

    def __init__(self, panel: DrawPanel, now: Standing, can_act: bool) -> None:
        self._panel = panel
        self._now = now
        self._can_act = can_act

    def draw(self) -> None:
        self._draw_counts()
        if self._now.is_fixed:
            self._draw_fixed()
            return
        self._draw_doubles()
        if self._can_act and not self._now.refusal:
            with tag('div', '', 'lottery-step'):
                button('申込みの一覧を確定する', self._ask, 'button solid large')

    def _draw_counts(self) -> None:
        now = self._now
        out = f'(ほかに、取下げと締切後の申込み {now.out:,}件は抽選に加わりません)' if now.out else ''
        tag('p', f'抽選に加わる申込み {now.count:,}件{out}', 'lottery-count')
        ranks = len(now.sessions[0].by_rank) if now.sessions else 0
        with tag('div', '', 'rows-frame', tabindex='0', role='region', aria_label='回ごとの申込み'):
            with tag('table', '', 'rows lottery-sessions'):
                with tag('thead'), tag('tr'):
                    for head in ('回', '定員', *(f'第{rank + 1}希望' for rank in range(ranks)), '定員との比べ'):
                        tag('th', head, scope='col')
                with tag('tbody'):
                    for each in now.sessions:
                        with tag('tr'):
                            tag('th', each.name, scope='row')
                            tag('td', f'{each.capacity:,}人')
                            for count, persons in each.by_rank:
                                tag('td', f'{count:,}件 {persons:,}人')
                            over = each.by_rank[0][1] - each.capacity
                            tag('td', f'{over:,}人 超えています' if each.is_over else '定員まで入れます')

    def _draw_doubles(self) -> None:
        if not self._now.doubles:
            return
        tag('h3', f'同じ方かもしれない申込み {len(self._now.doubles):,}組', 'lottery-subtitle')
        tag('p', '一覧を確定する前に、1組ずつ確かめて決めてください。', 'draw-hint')
        with tag('ul', '', 'doubles'):
            for each in self._now.doubles:
                with tag('li', '', 'double'):
                    self._draw_double(each)

    def _draw_double(self, double: Double) -> None:
        app = self._panel.app
        with tag('p', '', 'double-words'):
            for place, record_id in enumerate((double.first, double.second)):
                if place:
                    tag('span', 'と')
                link(self._number(record_id), record_address(app, record_id), 'double-link')
            tag('span', f'{"と".join(double.same)}が同じです。')
        if self._can_act:
            with tag('div', '', 'double-buttons'):
                button('別の方', partial(self._panel.take, partial(self._different, double)), 'button outline')
                second = self._number(double.second)
                button(f'{second}を取り下げる', partial(self._ask_withdrawal, double), 'button quiet')

    def _number(self, record_id: str) -> str:
        definition = self._panel.scene.definition
        name = lottery_of(definition).number_field(definition)
        return str(self._now.records[record_id].get(name) or record_id)

    async def _different(self, double: Double, by: Person) -> None:
        await self._panel.scene.context.lotteries.are_different(self._panel.app, double.first, double.second, by=by)

    def _ask_withdrawal(self, double: Double) -> None:
        number = self._number(double.second)
        lead = 'あとから申し込んだほうを取り下げます。取下げは、申込みの画面から元に戻せます。'
        self._panel.ask(f'{number}を取り下げる', lead, '取り下げる', partial(self._withdraw, double))

    async def _withdraw(self, double: Double, by: Person) -> None:
        await self._panel.scene.context.operations.act(self._panel.app, double.second, WITHDRAW, {}, by=by)

    def _ask(self) -> None:
        self._panel.ask(f'{self._now.count:,}件の一覧を確定する', FIX_LEAD, '確定する', self._fix)

    async def _fix(self, by: Person) -> None:
        await self._panel.scene.context.lotteries.fix_list(self._panel.app, by=by)

    def _draw_fixed(self) -> None:
        count = self._now.ceremony['list_count']
        with tag('div', '', 'lottery-fixed'):
            icon('verified')
            with tag('div'):
                tag('strong', f'一覧のハッシュ({count:,}件)')
                tag('p', self._now.ceremony['list_hash'], 'ticket-hash')
        if self._now.refusal:
            notice('warning', self._now.refusal)
