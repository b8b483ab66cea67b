"""A waiting line per section: a submission becomes a visit with a ticket for every section whose items were ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from forms.capabilities.queue.contradictions import contradictions
from forms.capabilities.queue.stepping import MOVES, Given, Stepped, issued, next_ticket, steps_for, taken_back
from forms.capabilities.queue.tickets import OPEN, WAITING, Step, Ticket, shown, tickets
from forms.capabilities.queue.totals import Totals, items_of, totals
from forms.capability import Capability, Moment, NumberWish, Offer, Past, Performed, Values, capability
from forms.field import Field, Value, field_types, setting
from forms.kept import Kept
from forms.message import message
from forms.problems import Problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

__all__ = ['Queue', 'Step', 'Ticket', 'Totals', 'tickets']


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSection:
    """One list of people waiting. name: as in the groups of the items; prefix: before the number on the ticket."""

    name: str = setting(label='課', help='用件の項目の分類と同じ言葉。')
    prefix: str = setting(label='番号の頭の字', help='整理券の番号の前に付く字。例 住')
    start: int = setting(1, label='始まりの番号', help='その日の最初の番号。')
    counters: tuple[str, ...] = setting((), label='窓口', help='呼び出せる窓口の名前。例 [1番, 2番]')


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherItem:
    """An item in free words. text: its field; section: the field that says which section takes it."""

    text: str = setting(label='内容の項目', help='用件を自由に書く項目。')
    section: str = setting(label='担当課の項目', help='その他の用件をどの課が受けるかを選ぶ項目。')


@capability('queue', title='受付と呼び出し')
@dataclass(frozen=True, slots=True, kw_only=True)
class Queue(Capability):
    """The visit's steps are the only thing stored; tickets, waiting times and totals follow from them."""

    items: str = setting(label='用件の項目', help='必ず書きます。選択肢の分類が課の名前になっている項目。')
    other: OtherItem | None = setting(None, label='その他の用件', help='選択肢にない用件の受け方。')
    day: str = setting(label='受付日の項目', help='番号はこの日ごとに始めから数えます。なければ送信した日です。')
    sections: tuple[QueueSection, ...] = setting((), label='課', help='必ず書きます。番号を出して呼び出す課。')
    absent_after: int = setting(1, label='不在にするまでの呼び出し回数', help='この回数だけ呼ぶと、不在にできます。')
    tickets: str = setting('整理券', label='整理券の項目', help='整理券の番号が入る項目の名前。')
    steps: str = setting('受付の流れ', label='流れを残す項目', help='発券から終了までの時刻が残る項目の名前。')

    def added_fields(self) -> Sequence[Field]:
        return field_types()['text'](name=self.tickets, readonly=True), Kept(name=self.steps)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        return contradictions(self, definition)

    def tickets_of(self, values: Values, until: datetime | None = None) -> tuple[Ticket, ...]:
        """The tickets of one visit."""
        return tickets(values.get(self.steps) or (), until)

    def section(self, name: str) -> QueueSection:
        """Raises KeyError for a section that this queue does not have."""
        for each in self.sections:
            if each.name == name:
                return each
        raise KeyError(name)

    def next_visit(
        self, visits: Iterable[tuple[str, Values]], section: str, counter: str, moment: Moment
    ) -> tuple[str, Ticket] | None:
        """(record id, ticket) to call next. Visits of another day are passed over, whatever their state."""
        today = moment.now.date().isoformat()
        of_today = [
            (record_id, values.get(self.steps) or ())
            for record_id, values in visits
            if not self.day or str(values.get(self.day) or today)[:10] == today
        ]
        return next_ticket(of_today, section, counter)

    def waiting(self, visits: Iterable[tuple[str, Values]], section: str) -> Sequence[tuple[str, Ticket]]:
        """(record id, ticket) of everybody who waits in this section, in the order of their places."""
        found = ((record_id, ticket) for record_id, values in visits for ticket in self.tickets_of(values))
        listed = [each for each in found if each[1].section == section and each[1].status == WAITING]
        return sorted(listed, key=lambda each: (each[1].place, each[0]))

    def totals(self, definition: AppDefinition, visits: Iterable[Values]) -> Totals:
        """Visits, tickets and items of these records: three different totals."""
        return totals(self, definition, visits)

    def numbers(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterable[NumberWish]:
        """One ticket for every section that has got items and no open ticket."""
        day = str(new.get(self.day) or moment.now.date().isoformat())[:10]
        before = items_of(self, definition, old or {})
        open_in = {each.section for each in self.tickets_of(new) if each.status in OPEN}
        for name, items in items_of(self, definition, new).items():
            if name in open_in or not set(items) - set(before.get(name, ())):
                continue
            section = self.section(name)
            yield NumberWish(
                self.steps,
                partial(_series, section, day),
                partial(_issue, self.steps, section, moment),
                section.start,
            )

    def derive(self, definition: AppDefinition, values: Values, moment: Moment) -> Values:
        return {self.tickets: '、'.join(map(shown, self.tickets_of(values))) or None}

    def offers(self, definition: AppDefinition, values: Values, moment: Moment) -> Sequence[Offer]:
        """What can be done with each ticket; `given` says with which. What its status does not permit is left out."""
        return tuple(
            Offer(
                name=name,
                label=f'{ticket.name} {move.label}',
                given={'ticket': ticket.name},
                confirm=move.confirm,
                closed=self._closed(name, values, ticket, moment),
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
        """given: ticket; counter for a call; section or counter for a transfer."""
        section = str(given.get('section') or '')
        if section and all(section != each.name for each in self.sections):
            return self._performed(Stepped((), ('no_such_section', {'section': section})))
        arguments = Given(counter=str(given.get('counter') or ''), section=section, calls=self.absent_after)
        ticket = str(given.get('ticket') or '')
        return self._performed(steps_for(action, values.get(self.steps) or (), ticket, moment, arguments))

    def undo(
        self, definition: AppDefinition, values: Values, past: Sequence[Past], given: Values, moment: Moment
    ) -> Performed | None:
        """Takes back the last step of the given ticket, or of the visit; from the steps, not from the history."""
        return self._performed(taken_back(values.get(self.steps) or (), moment, str(given.get('ticket') or '')))

    def _performed(self, stepped: Stepped) -> Performed:
        if stepped.refusal:
            code, words = stepped.refusal
            return Performed(messages=(message(self.tickets, code, label=self.tickets, **words),))
        return Performed({self.steps: list(stepped.steps)})

    def _closed(self, move: str, values: Values, ticket: Ticket, moment: Moment) -> str:
        # A call needs a counter and a transfer a target, which the panel asks for: they do not close the offer.
        asked = Given(counter='-', section='-', calls=self.absent_after)
        tried = self._performed(steps_for(move, values.get(self.steps) or (), ticket.name, moment, asked))
        return ''.join(each.text for each in tried.messages)


def _series(section: QueueSection, day: str, values: Values) -> str:
    return f'queue|{section.name}|{day}'


def _issue(steps: str, section: QueueSection, moment: Moment, number: int, values: Values) -> Value:
    name = f'{section.prefix}-{number}' if section.prefix else str(number)
    return list(issued(values.get(steps) or (), name, section.name, number, moment))
