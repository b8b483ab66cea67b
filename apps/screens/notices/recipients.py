"""Every recipient of a text with the state of their notice, and what a person can decide about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apps.addresses import record_address
from apps.clock import TOKYO
from apps.outbox.box import AGAIN
from apps.outbox.notice import COLORS, MERGED, PRINTED, SENT, STATES, UNKNOWN
from apps.tags import button, link, tag

if TYPE_CHECKING:
    from apps.outbox.standing import Standing
    from apps.people import Person

Deciding = Callable[[Callable[[Any, 'Person'], Awaitable[None]], str], Awaitable[None]]
AT_A_TIME = 50

_CAME_BACK = '戻ってきたと、職員が確かめました。'


class Recipients:
    """A table of so many at a time; a state can be chosen. mail: whether anything can be sent again by mail."""

    def __init__(self, app: str, decide: Deciding, *, mail: bool) -> None:
        self._app = app
        self._standings: Sequence[Standing] = ()
        self._decide = decide
        self._mail = mail
        self._state = ''
        self._most = AT_A_TIME

    def draw(self, standings: Sequence[Standing]) -> None:
        """Into the place that is open; what was chosen before stays chosen."""
        self._standings = standings
        if self._state not in ('', *(each.state for each in standings)):
            self._state = ''
        with tag('section', '', '', aria_labelledby='recipients-title'):
            tag('h2', f'相手 {len(self._standings):,}人', 'card-title', id='recipients-title')
            with tag('div', '', 'notice-buttons', role='group', aria_label='状態で絞り込む'):
                counts = Counter(each.state for each in self._standings)
                self._filters = {'': self._filter('', 'すべて', len(self._standings))}
                for state, text in STATES.items():
                    if counts[state]:
                        self._filters[state] = self._filter(state, text, counts[state])
            self._place = tag('div')
        self._fill()

    def _filter(self, state: str, text: str, count: int) -> Any:
        return button(f'{text} {count:,}', lambda: self._choose(state), 'button outline')

    def _choose(self, state: str) -> None:
        self._state, self._most = state, AT_A_TIME
        self._fill()

    def _fill(self) -> None:
        for state, each in self._filters.items():
            each.props['aria-pressed'] = 'true' if state == self._state else 'false'
        chosen = [each for each in self._standings if self._state in ('', each.state)]
        self._place.clear()
        with self._place:
            if not chosen:
                tag('p', 'この通知の相手は、まだいません。', 'empty')
                return
            with tag('div', '', 'records-frame'), tag('table', '', 'records'):
                with tag('thead'), tag('tr'):
                    for each in ('相手', '状態', 'あて先', '日時', ''):
                        with tag('th', scope='col'):
                            tag('span', each, 'plain-head')
                with tag('tbody'):
                    for each in chosen[: self._most]:
                        self._row(each)
            if len(chosen) > self._most:
                button(f'続きを見る(残り{len(chosen) - self._most:,}人)', self._more, 'button outline')

    def _more(self) -> None:
        self._most += AT_A_TIME
        self._fill()

    def _row(self, one: Standing) -> None:
        notice = one.notice
        with tag('tr'):
            with tag('td', '', 'key', data_label='相手'):
                link(one.title or one.record, record_address(self._app, one.record))
            with tag('td', '', '', data_label='状態'), tag('div'):
                tag('span', STATES[one.state], f'chip {COLORS[one.state]}')
                if notice is not None and notice.why:
                    tag('div', notice.why, 'notice-why')
            blank = 'blank' if notice is None else ''
            with tag('td', '', blank, data_label='あて先'):
                tag('span', '' if notice is None else self._where_to(one))
            with tag('td', '', blank, data_label='日時'):
                tag('span', '' if notice is None else _moment(notice.at))
            with tag('td', '', blank, data_label=''), tag('div', '', 'notice-buttons'):
                if notice is not None:
                    self._buttons(one, notice.id)

    def _where_to(self, one: Standing) -> str:
        assert one.notice is not None
        return one.notice.address if one.state in (PRINTED, MERGED) else one.notice.to

    def _buttons(self, one: Standing, notice: str) -> None:
        who = one.title or one.record
        if one.state == UNKNOWN:
            self._button('届いていた', who, lambda box, by: box.was_sent(notice, by=by), '送信ずみにしました。')
        if one.state in AGAIN and self._mail:
            again = 'もう一度送る'
            self._button(again, who, lambda box, by: box.send_again(notice, by=by), 'もう一度、送信待ちにしました。')
        if one.state in (SENT, UNKNOWN, PRINTED, MERGED):
            came_back = '戻ってきた'
            self._button(came_back, who, lambda box, by: box.bounced(notice, _CAME_BACK, by=by), '記録しました。')

    def _button(self, text: str, who: str, deciding: Callable[[Any, Person], Awaitable[None]], done: str) -> None:
        async def press() -> None:
            await self._decide(deciding, done)

        button(text, press, 'button outline', aria_label=f'{who} {text}')


def _moment(stored: str) -> str:
    at = datetime.fromisoformat(stored).astimezone(TOKYO)
    return f'{at.month}月{at.day}日 {at.hour}:{at.minute:02}'
