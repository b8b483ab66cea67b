"""A lottery over applications: sessions with so many places, ranked choices, groups, a draw that anybody can check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.capabilities.lottery.drawing import OUTCOMES, Drawn, Entry, Result, Rules, draw, ticket_of
from forms.capabilities.period import Period, told
from forms.capability import Capability, Moment, Offer, Past, Performed, Values, capability
from forms.choices import ChoiceList, listed
from forms.field import Field, Value, field_types, setting
from forms.message import Message, message
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

__all__ = ['Drawn', 'Entry', 'Lottery', 'Result', 'Rules', 'draw', 'ticket_of']

WITHDRAW = 'withdraw'


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One event to be drawn for. waiting: length of its waiting list; -1 keeps everybody who got no place."""

    name: str = setting(label='回', help='希望の項目の選択肢と同じ言葉。')
    capacity: int = setting(0, label='定員', help='必ず書きます。当選できる人数。')
    waiting: int = setting(-1, label='補欠の数', help='書かなければ、外れた全員が順番のある補欠になります。')


@capability('lottery', title='抽選')
@dataclass(frozen=True, slots=True, kw_only=True)
class Lottery(Capability):
    """Its result fields are written by the draw alone; a withdrawal takes an application out before the draw."""

    sessions: tuple[Session, ...] = setting((), label='回', help='必ず書きます。抽選する回。回ごとに定員があります。')
    choices: tuple[str, ...] = setting((), label='希望の項目', help='希望の高い順。')
    size: str = setting(label='人数の項目', help='なければ1件を1人と数えます。')
    policy: str = setting(
        'skip', label='入りきらないとき',
        help='skip は次に入れる組を当選にし、stop はその回をそこで打ち切ります。',
        choices=('skip', 'stop'),
    )
    number: str = setting(label='抽選に使う番号の項目', help='公表する番号。なければ採番の最初の番号です。')
    result: str = setting('当落', label='当落の項目', help='当選・補欠・落選が入る項目の名前。')
    placed_in: str = setting(
        '参加する回', label='決まった回の項目', help='当選した回(補欠なら待つ回)が入る項目の名前。'
    )
    order: str = setting('抽選順', label='抽選順の項目', help='抽選の順番が入る項目の名前。')
    withdrawn: str = setting('取下げ', label='取下げの項目', help='取り下げた申込みの印が入る項目の名前。')

    def added_fields(self) -> Sequence[Field]:
        types = field_types()
        sessions = listed(*(each.name for each in self.sessions))
        return (
            _choice_field(types, self.result, listed(*OUTCOMES)),
            _choice_field(types, self.placed_in, sessions),
            types['integer'](name=self.order, readonly=True),
            types['yes_no'](name=self.withdrawn, readonly=True),
        )

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        names = [each.name for each in self.sessions]
        if not names:
            yield problem('D103', at=(), key='sessions', where='lottery')
        for index, each in enumerate(self.sessions):
            if each.capacity < 1:
                yield problem('D761', at=('sessions', index, 'capacity'), name=each.name)
        if not self.choices and len(names) > 1:
            yield problem('D103', at=(), key='choices', where='lottery')
        for name in self.choices:
            yield from self._choice_problems(name, definition)
        yield from self._size_problems(definition)
        if self.number and self.number not in definition.fields:
            known = instead(self.number, definition.fields)
            yield problem('D209', at=('number',), setting='number', name=self.number, instead=known)

    def offers(self, definition: AppDefinition, values: Values, moment: Moment) -> Sequence[Offer]:
        closed = '抽選が終わったあとは、取り下げられません。' if values.get(self.result) else ''
        offer = Offer(name=WITHDRAW, label='取り下げる', confirm='この申込みを取り下げますか。', closed=closed)
        return () if values.get(self.withdrawn) else (offer,)

    def takes(self, action: str) -> bool:
        return action == WITHDRAW

    def perform(
        self, definition: AppDefinition, action: str, values: Values, given: Values, moment: Moment
    ) -> Performed:
        if values.get(self.result):
            return Performed(messages=(message(self.result, 'already_drawn', label=self.result),))
        return Performed({self.withdrawn: True})

    def undo(
        self, definition: AppDefinition, values: Values, past: Sequence[Past], given: Values, moment: Moment
    ) -> Performed | None:
        """Takes back a withdrawal, while nothing has been drawn."""
        if not values.get(self.withdrawn):
            return None
        if values.get(self.result):
            return Performed(messages=(message(self.result, 'already_drawn', label=self.result),))
        return Performed({self.withdrawn: None})

    def draw_rules(self) -> Rules:
        """The rules as the draw takes them."""
        return Rules(
            capacity={each.name: each.capacity for each in self.sessions},
            waiting={each.name: each.waiting for each in self.sessions if each.waiting >= 0},
            policy='stop' if self.policy == 'stop' else 'skip',
        )

    def entry(self, definition: AppDefinition, record_id: str, values: Values) -> Entry:
        """A record as the draw sees it. Late applications count as withdrawn: they are never drawn."""
        chosen = tuple(dict.fromkeys(values[name] for name in self.choices if values.get(name)))
        period = definition.capabilities.get('period')
        late = isinstance(period, Period) and bool(values.get(period.late))
        number = values.get(self._number(definition))
        return Entry(
            id=str(number) if number is not None else record_id,
            choices=chosen if self.choices else tuple(each.name for each in self.sessions),
            size=int(values.get(self.size) or 1) if self.size else 1,
            withdrawn=bool(values.get(self.withdrawn)) or late,
        )

    def refusal_to_draw(
        self, definition: AppDefinition, records: Mapping[str, Values], moment: Moment
    ) -> Message | None:
        """Why nothing may be drawn now: the period still runs, it was drawn before, nobody applied."""
        period = definition.capabilities.get('period')
        if isinstance(period, Period) and period.closes and not period.is_closed(moment.now):
            return message('', 'too_early_to_draw', label='', closes=told(period.closes))
        if any(values.get(self.result) for values in records.values()):
            return message('', 'already_drawn', label='')
        if all(self.entry(definition, record_id, values).withdrawn for record_id, values in records.items()):
            return message('', 'nobody_to_draw', label='')
        return None

    def drawn(
        self, definition: AppDefinition, records: Mapping[str, Values], seed: str
    ) -> tuple[Result, Mapping[str, Values]]:
        """(the result to keep and publish, record id -> values that the draw sets).

        Raises ValueError when two records show the same number.
        """
        entries = {record_id: self.entry(definition, record_id, values) for record_id, values in records.items()}
        result = draw(self.draw_rules(), entries.values(), seed)
        by_number = {each.id: each for each in result.drawn}
        updates = {
            record_id: self._updates(by_number[entry.id]) for record_id, entry in entries.items() if not entry.withdrawn
        }
        return result, updates

    def _updates(self, drawn: Drawn) -> Values:
        updates: dict[str, Value] = {self.result: drawn.outcome, self.order: drawn.order}
        return {**updates, self.placed_in: drawn.session} if drawn.session else updates

    def _number(self, definition: AppDefinition) -> str:
        numbering = definition.capabilities.get('numbering')
        series: Sequence[object] = getattr(numbering, 'series', ())
        return self.number or (str(getattr(series[0], 'field', '')) if series else '')

    def _choice_problems(self, name: str, definition: AppDefinition) -> Iterable[Problem]:
        each = definition.fields.get(name)
        if each is None:
            known = instead(name, definition.fields)
            yield problem('D209', at=('choices',), setting='choices', name=name, instead=known)
        elif each.TYPE != 'select_one':
            yield problem('D210', at=('choices',), setting='choices', name=name, type=each.TITLE, wanted='選択(1つ)')
        else:
            sessions = {session.name for session in self.sessions}
            for choice in each.choices:  # type: ignore[attr-defined]
                if choice.value not in sessions and not choice.retired:
                    yield problem('D762', at=('choices',), field=name, name=choice.value)

    def _size_problems(self, definition: AppDefinition) -> Iterable[Problem]:
        each = definition.fields.get(self.size)
        if self.size and each is None:
            known = instead(self.size, definition.fields)
            yield problem('D209', at=('size',), setting='size', name=self.size, instead=known)
        elif each is not None and each.TYPE != 'integer':
            yield problem('D210', at=('size',), setting='size', name=self.size, type=each.TITLE, wanted='整数')
        elif each is not None and self.sessions:
            most, capacity = getattr(each, 'max', None), max(session.capacity for session in self.sessions)
            if most is None or most > capacity:
                yield problem('D763', at=('size',), field=self.size, capacity=capacity)


def _choice_field(types: Mapping[str, type[Field]], name: str, choices: ChoiceList) -> Field:
    return types['select_one'](name=name, readonly=True, choices=choices)  # type: ignore[call-arg]
