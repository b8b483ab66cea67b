"""A lottery over applications: sessions with so many places, ranked choices, groups, a draw that anybody can check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from forms.capabilities.lottery import answering
from forms.capabilities.lottery.answering import ACCEPT, ANSWERS, ATTEND, WITHDRAW, Settled
from forms.capabilities.lottery.contradictions import contradictions
from forms.capabilities.lottery.drawing import OUTCOMES, Drawn, Result, draw
from forms.capabilities.lottery.methods import METHODS, ticket_of
from forms.capabilities.lottery.placing import Entry, Policy, Rules, UnderMinimum, Unfilled, WaitingOrder
from forms.capabilities.lottery.settings import Odds, Session, SetAside, Tiers
from forms.capabilities.period import Period, told
from forms.capability import Capability, Moment, Offer, Past, Performed, Values, capability
from forms.choices import ChoiceList, listed
from forms.field import Field, field_types, setting
from forms.japanese.search_key import search_key
from forms.message import Message, message
from forms.problems import Problem
from forms.record_rules import is_blank

if TYPE_CHECKING:
    from forms.definition import AppDefinition

__all__ = ['Drawn', 'Entry', 'Lottery', 'Result', 'Rules', 'draw', 'ticket_of']


@capability('lottery', title='抽選')
@dataclass(frozen=True, slots=True, kw_only=True)
class Lottery(Capability):
    """Its result fields are written by the draw alone; answers after it free places, which go to the next in line."""

    DEEDS: ClassVar[Mapping[str, str]] = answering.DEEDS

    sessions: tuple[Session, ...] = setting((), label='回', help='必ず書きます。抽選する回。回ごとに定員があります。')
    choices: tuple[str, ...] = setting((), label='希望の項目', help='希望の高い順。')
    size: str = setting(label='人数の項目', help='なければ1件を1人と数えます。')
    policy: str = setting(
        'skip', label='入りきらないとき',
        help='skip は次に入れる組を当選にし、stop はその回をそこで打ち切ります。',
        choices=('skip', 'stop'),
    )
    tiers: Tiers | None = setting(None, label='抽選の順位', help='市内の人を全員先に抽選する、など。')
    set_aside: SetAside | None = setting(None, label='優先枠', help='定員の半分は市内の人、残りはだれでも、など。')
    odds: Odds | None = setting(None, label='口数', help='くじを2口以上持つ人。いちばん良いくじで数えます。')
    one_win: tuple[str, ...] = setting(
        (), label='1人1回の項目', help='値の組が同じ申込みは、1件だけ当選します。どれかが空なら調べません。'
    )
    under_minimum: str = setting(
        'move', label='最少の人数に届かないとき',
        help='move は次の希望の回に移し、lose は中止のまま終わります。',
        choices=('move', 'lose'),
    )
    method: str = setting(
        'sha256', label='抽選の方法', help='ふつうは sha256。ほかは外国の公開の方法です。', choices=tuple(METHODS)
    )
    public_value: str = setting(
        label='公開の値', help='抽選に使う、締切後に分かる値の出どころ。例 12月14日の日経平均株価の終値'
    )
    confirm_by: datetime | None = setting(
        None, label='当選の返事の期限', help='例 2026-12-18 17:00。過ぎると席が空きます。なければ返事は聞きません。'
    )
    offer_hours: int = setting(72, label='繰上げの返事', help='繰上げの知らせから、返事を待つ時間。')
    number: str = setting(label='抽選に使う番号の項目', help='公表する番号。なければ採番の最初の番号です。')
    result: str = setting('当落', label='当落の項目', help='当選・補欠・落選・中止が入る項目の名前。')
    placed_in: str = setting(
        '参加する回', label='決まった回の項目', help='当選した回(補欠なら待つ回)が入る項目の名前。'
    )
    order: str = setting('抽選順', label='抽選順の項目', help='抽選の順番が入る項目の名前。')
    place: str = setting('補欠の順番', label='補欠の順番の項目', help='補欠の何番目かが入る項目の名前。')
    answer: str = setting('参加の返事', label='返事の項目', help='返事待ち・参加・辞退などが入る項目の名前。')
    answer_by: str = setting('返事の期限', label='返事の期限の項目', help='いつまでに返事をもらうかが入る項目の名前。')
    promoted: str = setting('繰上げ', label='繰上げの項目', help='補欠から繰り上がった印が入る項目の名前。')
    attended: str = setting('来場', label='来場の項目', help='当日に受け付けた時刻が入る項目の名前。')
    withdrawn: str = setting('取下げ', label='取下げの項目', help='取り下げた申込みの印が入る項目の名前。')

    def added_fields(self) -> Sequence[Field]:
        types = field_types()
        sessions = listed(*(each.name for each in self.sessions))
        return (
            _choice_field(types, self.result, listed(*OUTCOMES)),
            _choice_field(types, self.placed_in, sessions),
            types['integer'](name=self.order, readonly=True),
            types['integer'](name=self.place, readonly=True),
            _choice_field(types, self.answer, listed(*ANSWERS)),
            types['datetime'](name=self.answer_by, readonly=True),
            types['yes_no'](name=self.promoted, readonly=True),
            types['datetime'](name=self.attended, readonly=True),
            types['yes_no'](name=self.withdrawn, readonly=True),
        )

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        return contradictions(self, definition)

    def offers(self, definition: AppDefinition, values: Values, moment: Moment) -> Sequence[Offer]:
        return answering.offers(self, values, moment.now)

    def takes(self, action: str) -> bool:
        return action in {WITHDRAW, ACCEPT, ATTEND}

    def perform(
        self, definition: AppDefinition, action: str, values: Values, given: Values, moment: Moment
    ) -> Performed:
        return answering.perform(self, definition, action, values, moment.now)

    def settled(self, definition: AppDefinition, records: Mapping[str, Values], now: datetime) -> Settled:
        """What follows from the answers by now: places that lapse, and who is offered them."""
        return answering.settled(self, definition, records, now)

    def undo(
        self, definition: AppDefinition, values: Values, past: Sequence[Past], given: Values, moment: Moment
    ) -> Performed | None:
        """Takes back a withdrawal, while nothing has been drawn; and an attendance."""
        if values.get(self.attended):
            return Performed({self.attended: None})
        if not values.get(self.withdrawn):
            return None
        if values.get(self.result):
            return Performed(messages=(message(self.result, 'already_drawn', label=self.result),))
        return Performed({self.withdrawn: None})

    @property
    def group_policy(self) -> Policy:
        """What happens when a group does not fit."""
        return cast(Policy, self.policy)

    def draw_rules(self) -> Rules:
        """The rules as the draw takes them."""
        aside = self.set_aside
        return Rules(
            capacity={each.name: each.capacity for each in self.sessions},
            waiting={each.name: each.waiting for each in self.sessions if each.waiting >= 0},
            policy=self.group_policy,
            set_aside={each.name: aside.in_session(each.capacity) for each in self.sessions} if aside else {},
            unfilled=cast(Unfilled, aside.unfilled if aside else 'open'),
            waiting_order=cast(WaitingOrder, aside.waiting_order if aside else 'priority'),
            minimum={each.name: each.minimum for each in self.sessions if each.minimum > 0},
            under_minimum=cast(UnderMinimum, self.under_minimum),
            method=self.method,
        )

    def told(self) -> Mapping[str, object]:
        """What people should know of the rules besides what the draw calculates with; JSON only."""
        return {
            'choices': list(self.choices),
            'size': self.size,
            'tiers': list(self.tiers.order) if self.tiers else [],
            'set_aside': list(self.set_aside.values) if self.set_aside else [],
            'tickets': dict(self.odds.tickets) if self.odds else {},
            'losses': self.odds.losses if self.odds else '',
            'most_tickets': self.odds.most if self.odds else 0,
            'one_win': list(self.one_win),
            'public_value': self.public_value,
        }

    def entry(self, definition: AppDefinition, record_id: str, values: Values) -> Entry:
        """A record as the draw sees it. Late applications are never drawn."""
        sessions = tuple(each.name for each in self.sessions)
        chosen = tuple(dict.fromkeys(values[name] for name in self.choices if values.get(name) in sessions))
        period = definition.capabilities.get('period')
        number = values.get(self.number_field(definition))
        aside, odds = self.set_aside, self.odds
        return Entry(
            id=str(number) if number is not None else record_id,
            choices=chosen if self.choices else sessions,
            size=max(1, int(values.get(self.size) or 1)),
            withdrawn=bool(values.get(self.withdrawn)),
            late=isinstance(period, Period) and bool(values.get(period.late)),
            tier=self.tiers.of(values.get(self.tiers.field)) if self.tiers else 0,
            priority=aside is not None and values.get(aside.field) in aside.values,
            tickets=odds.of(values.get(odds.field), int(values.get(odds.losses) or 0)) if odds else 1,
            person=self._person(values),
        )

    def drawn_fields(self) -> tuple[str, ...]:
        """Names of the fields that decide a draw."""
        of = (each.field for each in (self.tiers, self.set_aside, self.odds) if each is not None)
        losses = (self.odds.losses,) if self.odds else ()
        return tuple(dict.fromkeys(each for each in (*self.choices, self.size, *of, *losses, *self.one_win) if each))

    def result_fields(self) -> frozenset[str]:
        """Names of the fields that a draw and what follows it write."""
        return frozenset(each.name for each in self.added_fields()) - {self.withdrawn}

    def number_field(self, definition: AppDefinition) -> str:
        """Name of the field whose value is drawn and published; '' for the record's own id."""
        numbering = definition.capabilities.get('numbering')
        series: Sequence[object] = getattr(numbering, 'series', ())
        return self.number or (str(getattr(series[0], 'field', '')) if series else '')

    def refusal_to_draw(
        self, definition: AppDefinition, records: Mapping[str, Values], moment: Moment
    ) -> Message | None:
        """Why nothing may be drawn now: the period still runs, it was drawn before, nobody applied."""
        period = definition.capabilities.get('period')
        if isinstance(period, Period) and period.closes and not period.is_closed(moment.now):
            return message('', 'too_early_to_draw', label='', closes=told(period.closes))
        if any(values.get(self.result) for values in records.values()):
            return message('', 'already_drawn', label='')
        if not any(self.entry(definition, record_id, values).is_drawn for record_id, values in records.items()):
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
            record_id: self._updates(by_number[entry.id]) for record_id, entry in entries.items() if entry.is_drawn
        }
        return result, updates

    def _updates(self, drawn: Drawn) -> Values:
        return {
            self.result: drawn.outcome,
            self.order: drawn.order,
            self.placed_in: drawn.session or None,
            self.place: drawn.waiting or None,
            **answering.first_answer(self, drawn.outcome),
        }

    def _person(self, values: Values) -> str:
        """The same text for the same person, compared as `unique` compares; '' when something is blank."""
        key = [values.get(name) for name in self.one_win]
        if not key or any(is_blank(each) for each in key):
            return ''
        return '\x1f'.join(search_key(each) if isinstance(each, str) else repr(each) for each in key)


def _choice_field(types: Mapping[str, type[Field]], name: str, choices: ChoiceList) -> Field:
    return types['select_one'](name=name, readonly=True, choices=choices)  # type: ignore[call-arg]
