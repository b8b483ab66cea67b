"""A waiting line per section: a submission becomes a visit with a ticket for every section whose items were ticked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from forms.capabilities.queue.contradictions import contradictions
from forms.capabilities.queue.folding import tickets
from forms.capabilities.queue.more_items import with_more
from forms.capabilities.queue.moves import MOVES
from forms.capabilities.queue.order import InLine, callable_now, in_order, overtaken_since
from forms.capabilities.queue.reception import KnowsTheLine, steps_after_edit, wishes
from forms.capabilities.queue.settings import Appointment, Closing, OtherItem, Priority, QueueSection
from forms.capabilities.queue.standing import CARRIED, ENDED, StandingOf, standing
from forms.capabilities.queue.stepping import Given, Stepped, steps_for, taken_back
from forms.capabilities.queue.steps import Step
from forms.capabilities.queue.tickets import WAITING, Ticket, shown
from forms.capabilities.queue.totals import Totals, totals
from forms.capabilities.queue.unknown import unknown
from forms.capability import Capability, Moment, NumberWish, Offer, Past, Performed, Values, capability
from forms.field import Field, field_types, setting
from forms.kept import Kept
from forms.message import message
from forms.problems import Problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

__all__ = ['CARRIED', 'ENDED', 'KnowsTheLine', 'Queue', 'Step', 'Ticket', 'Totals', 'tickets']


@capability('queue', title='受付と呼び出し')
@dataclass(frozen=True, slots=True, kw_only=True)
class Queue(Capability):
    """The visit's steps are the only thing stored; tickets, waiting times and totals follow from them."""

    items: str = setting(label='用件の項目', help='必ず書きます。選択肢の分類が課の名前になっている項目。')
    other: OtherItem | None = setting(None, label='その他の用件', help='選択肢にない用件の受け方。')
    day: str = setting(label='受付日の項目', help='番号はこの日ごとに始めから数えます。なければ送信した日です。')
    sections: tuple[QueueSection, ...] = setting((), label='課', help='必ず書きます。番号を出して呼び出す課。')
    priority: Priority | None = setting(None, label='優先', help='先に呼ぶ人と、続けて追い越せる人数。')
    appointment: Appointment | None = setting(None, label='予約', help='時刻を決めて来る人の扱い。')
    added: str = setting(
        'arrival',
        label='後から足した用件の順番',
        help='arrival は来た時刻の順、now は足した時刻の順に並びます。',
        choices=('arrival', 'now'),
    )
    absent_after: int = setting(1, label='不在にするまでの呼び出し回数', help='この回数だけ呼ぶと、不在にできます。')
    collect_after: int = setting(30, label='後で受取りの時間(分)', help='「後で受取り」を押したときの、めやすの時間。')
    closing: Closing = setting(Closing(), label='閉庁のとき', help='残っている整理券をどうするか。')
    ticket: str = setting(
        'none',
        label='整理券の印刷',
        help='receipt と a4 は送信するとすぐ印刷し、none は押したときだけ印刷します。',
        choices=('none', 'receipt', 'a4'),
    )
    phone: bool = setting(
        True, label='スマートフォンのページ', help='QRコードを載せます。来庁者の回線から開けないときは false。'
    )
    spoken: int = setting(2, label='読み上げる回数', help='待合の表示が、1回の呼び出しを声で言う回数。')
    tickets: str = setting('整理券', label='整理券の項目', help='整理券の番号が入る項目の名前。')
    steps: str = setting('受付の流れ', label='流れを残す項目', help='発券から終了までの時刻が残る項目の名前。')
    standing: str = setting('整理券の状態', label='状態を残す項目', help='残っている整理券があるかを残す項目の名前。')

    def added_fields(self) -> Sequence[Field]:
        told = field_types()['text'](name=self.tickets, readonly=True)
        return told, Kept(name=self.steps), StandingOf(name=self.standing)

    def indexed(self, definition: AppDefinition) -> Iterable[tuple[str, ...]]:
        yield (self.day or '_created_at',)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        return contradictions(self, definition)

    # ---- what a visit says

    def tickets_of(self, values: Values, until: datetime | None = None) -> tuple[Ticket, ...]:
        """The tickets of one visit."""
        return tickets(values.get(self.steps) or (), until)

    def section(self, name: str) -> QueueSection:
        """Raises KeyError for a section that this queue does not have."""
        for each in self.sections:
            if each.name == name:
                return each
        raise KeyError(name)

    def window(self, values: Values, now: datetime) -> tuple[datetime, datetime] | None:
        """From when to when somebody with an appointment goes first; None for everybody else."""
        at = self.appointment
        text = str(values.get(at.time) or '') if at else ''
        if at is None or not text:
            return None
        if 'T' in text or ' ' in text:
            booked = datetime.fromisoformat(text)
        else:
            day = date.fromisoformat(str(values.get(self.day) or now.date().isoformat())[:10])
            booked = datetime.combine(day, time.fromisoformat(text))
        booked = booked if booked.tzinfo else booked.replace(tzinfo=now.tzinfo)
        return booked - timedelta(minutes=at.early), booked + timedelta(minutes=at.late)

    def is_of(self, values: Values, today: date) -> bool:
        """Whether this visit is in the lists of this day: received for it, or carried over and still open."""
        day = str(values.get(self.day) or today.isoformat())[:10]
        return day == today.isoformat() or values.get(self.standing) == CARRIED

    # ---- the lists

    def in_line(
        self,
        visits: Iterable[tuple[str, Values]],
        section: str,
        now: datetime,
        counter: str | None = None,
        *,
        overtaken: int | None = None,
    ) -> Sequence[InLine]:
        """Everybody who may be called in this section, in the order in which the rule calls them.

        visits: all of the day; the open ones are enough where `overtaken` (see order.py) is known. counter: whoever was
        sent to another one is left out; None leaves nobody out.
        """
        of_day = [(record, values) for record, values in visits if self.is_of(values, now.date())]
        found = [(record, ticket) for record, values in of_day for ticket in self.tickets_of(values)]
        in_a_row = self.priority.in_a_row if self.priority else 0
        if overtaken is None:
            overtaken = overtaken_since((values.get(self.steps) or () for _, values in of_day), section)
        return in_order(callable_now(found, section, now, counter), now, in_a_row, overtaken)

    def next_visit(
        self,
        visits: Iterable[tuple[str, Values]],
        section: str,
        counter: str,
        moment: Moment,
        *,
        overtaken: int | None = None,
    ) -> InLine | None:
        """Who to call next; None when nobody waits. Visits of another day are passed over, whatever their state."""
        found = self.in_line(visits, section, moment.now, counter, overtaken=overtaken)
        return found[0] if found else None

    def waiting(self, visits: Iterable[tuple[str, Values]], section: str) -> Sequence[tuple[str, Ticket]]:
        """(record id, ticket) of everybody who waits in this section, in the order of their places."""
        found = ((record_id, ticket) for record_id, values in visits for ticket in self.tickets_of(values))
        listed = [each for each in found if each[1].section == section and each[1].status == WAITING]
        return sorted(listed, key=lambda each: (each[1].place, each[0]))

    def totals(self, definition: AppDefinition, visits: Iterable[Values]) -> Totals:
        """Visits, tickets and items of these records: three different totals."""
        return totals(self, definition, visits)

    # ---- what is asked at every save

    def fill(self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment) -> Values:
        if old is None or not old.get(self.steps):
            return {}
        before = tuple(new.get(self.steps) or ())
        after = steps_after_edit(self, definition, old, new, moment)
        return {} if after == before else {self.steps: list(after)}

    def numbers(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterable[NumberWish]:
        return wishes(self, definition, old, new, moment)

    def derive(self, definition: AppDefinition, values: Values, moment: Moment) -> Values:
        return self.told(values.get(self.steps) or ())

    def told(self, steps: Sequence[Step]) -> Mapping[str, Any]:
        """The fields that follow from the steps."""
        found = tickets(steps)
        return {self.tickets: '、'.join(map(shown, found)) or None, self.standing: standing(found)}

    # ---- what can be done

    def offers(self, definition: AppDefinition, values: Values, moment: Moment) -> Sequence[Offer]:
        """What can be done with each ticket; `given` says with which. What its status does not permit is left out."""
        steps = values.get(self.steps) or ()
        return tuple(
            Offer(
                name=name,
                label=f'{ticket.name} {move.label}',
                given={'ticket': ticket.name},
                confirm=move.confirm,
                closed=self._closed(name, steps, ticket, moment),
                main=move.main,
            )
            for ticket in self.tickets_of(values)
            for name, move in MOVES.items()
            if ticket.status in move.from_
        )

    def takes(self, action: str) -> bool:
        return action in MOVES

    def perform(
        self, definition: AppDefinition, action: str, values: Values, given: Values, moment: Moment
    ) -> Performed:
        """given: ticket; clerk; counter for a call; section or counter, and place: end, for a transfer; items to add,
        other and section for free words; minutes until something can be collected. From the operation only: by_rule,
        an `InLine`, and run, the how manieth call by the rule this is in its section today."""
        if refusal := unknown(self, action, values, given, moment):
            return self._performed(Stepped((), refusal))
        by_rule = given.get('by_rule')
        arguments = Given(
            counter=str(given.get('counter') or ''),
            section=str(given.get('section') or ''),
            calls=self.absent_after,
            clerk=str(given.get('clerk') or ''),
            turn=by_rule.turn if isinstance(by_rule, InLine) else None,
            run=given.get('run', 0) if isinstance(by_rule, InLine) else 0,
            to_end=given.get('place') == 'end',
            ready=moment.now + timedelta(minutes=self._minutes(given)),
        )
        ticket = str(given.get('ticket') or '')
        performed = self._performed(steps_for(action, values.get(self.steps) or (), ticket, moment, arguments))
        if action == 'add' and not performed.messages:
            more = with_more(self, definition, values, given)
            return Performed(more) if more else self._performed(Stepped((), ('no_items_to_add', {})))
        return performed

    def undo(
        self, definition: AppDefinition, values: Values, past: Sequence[Past], given: Values, moment: Moment
    ) -> Performed | None:
        """Takes back the last step of the given ticket, or of the visit; from the steps, not from the history."""
        ticket, clerk = str(given.get('ticket') or ''), str(given.get('clerk') or '')
        return self._performed(taken_back(values.get(self.steps) or (), moment, ticket, clerk))

    def _minutes(self, given: Values) -> int:
        text = str(given.get('minutes') or '')
        return min(int(text), 24 * 60) if text.isdecimal() else self.collect_after

    def _performed(self, stepped: Stepped) -> Performed:
        if stepped.refusal:
            code, words = stepped.refusal
            return Performed(messages=(message(self.tickets, code, label=self.tickets, **words),))
        return Performed({self.steps: list(stepped.steps)})

    def _closed(self, move: str, steps: Sequence[Step], ticket: Ticket, moment: Moment) -> str:
        # A call needs a counter and a transfer a target, which the panel asks for: they do not close the offer.
        asked = Given(counter='-', section='-', calls=self.absent_after)
        tried = self._performed(steps_for(move, steps, ticket.name, moment, asked))
        return ''.join(each.text for each in tried.messages)
