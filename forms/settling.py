"""Settling: what a record or a row comes to when relevance, defaults, copies and calculations are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.capability import Values
from forms.evaluation import NO_COLUMNS, Evaluation, Fields
from forms.field import Field, Value
from forms.message import Message
from forms.settling_order import SettlingOrder, order_of

_NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True)
class Settling:
    """Works on the top-level fields, and for each row of a subtable once more on its columns.

    Every field is settled after the fields that its rules read, so the order on the form does not matter. Fields whose
    rules read each other in a circle see what was given.

    order: of the fields of the record or the row. raw: what the submission mentions, as it came; given: the same as
    read by the fields. old: the record or row before, None when new. ruled: values decided by capabilities. around_row:
    the record around a row. key: prefix of formula paths (移動履歴.); place: prefix of message paths (移動履歴[2].).
    """

    order: SettlingOrder
    evaluation: Evaluation
    raw: Values
    given: Values
    old: Values | None
    ruled: Values = field(default_factory=dict)
    around_row: Settling | None = None
    key: str = ''
    place: str = ''
    values: dict[str, Value] = field(default_factory=dict)
    irrelevant: set[str] = field(default_factory=set)
    rows: dict[str, list[Settling]] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    @staticmethod
    def of_record(evaluation: Evaluation, raw: Values, given: Values, old: Values | None) -> Settling:
        """For the top-level fields of a record; to be run."""
        return Settling(order=order_of(evaluation.definition), evaluation=evaluation, raw=raw, given=given, old=old)

    def ruled_also(self, ruled: Values) -> Settling:
        """The same from the beginning, with more values decided by capabilities."""
        return Settling(
            order=self.order,
            evaluation=self.evaluation,
            raw=self.raw,
            given=self.given,
            old=self.old,
            ruled={**self.ruled, **ruled},
        )

    def run(self) -> Settling:
        """Settles every field; to be called once."""
        self.values = {name: self._start(name) for name in self.fields}
        plain, fields = self.order.plain, self.fields
        for name in self.order.names:
            if name not in plain or name in self.ruled:
                self.values[name] = self._decided(fields[name])
        return self

    def with_last(self, decided: Values) -> Settling | None:
        """The same with values decided by capabilities on which nothing else depends; None when something may.

        To be asked of a record that has run; it spares settling every field a second time.
        """
        if any(self._leads_on(name) for name in decided):
            return None
        self.ruled = {**self.ruled, **decided}
        self.values.update(decided)
        return self

    def _leads_on(self, name: str) -> bool:
        """Whether deciding a field could change another one, or be refused or forgotten itself."""
        each = self.fields.get(name)
        if each is None or name in self.given or name in self.order.rows or name in self.irrelevant:
            return True
        return each.retired or name in self.order.leading

    @property
    def fields(self) -> Fields:
        """Of the record or the row, in form order."""
        return self.order.fields

    def changed(self, name: str) -> bool:
        """Whether a field of this record or row (or of the record around it) ends up with another value than before."""
        if name not in self.fields and self.around_row is not None:
            return self.around_row.changed(name)
        return self.values.get(name) != (self.old or {}).get(name)

    def asked(self, name: str) -> bool:
        """Whether the submission says anything about the field; a table that is sent is sent whole."""
        return name in self.raw if self.around_row is None else self.around_row.asked(self.key.removesuffix('.'))

    def seen(self) -> Values:
        """The values as the formulas of this record or row see them."""
        return {**self.around_row.seen(), **self.values} if self.around_row else self.values

    def columns(self) -> Fields:
        """The columns when this is a row."""
        return self.fields if self.key else NO_COLUMNS

    def holds(self, name: str, use: str) -> bool:
        """Whether a rule of a field that is written as yes/no or as a formula holds here."""
        rule = getattr(self.fields[name], use)
        if not isinstance(rule, str):
            return bool(rule)
        return self.evaluation.holds(self.key + name, use, self.seen(), self.columns())

    def reads(self, name: str, uses: Sequence[str]) -> frozenset[str]:
        """The fields that the formulas of a field read for these uses."""
        return _NOTHING.union(*(self.order.reads.get((name, use), _NOTHING) for use in uses))

    def _start(self, name: str) -> Value:
        if name in self.ruled:
            return self.ruled[name]
        return self.given[name] if name in self.given else (self.old or {}).get(name)

    def _decided(self, each: Field) -> Value:
        """The settled value of one field; the first that applies, from the strongest rule to the plain submission."""
        if each.retired:
            return self._kept(each)
        if not self._is_relevant(each):
            self.irrelevant.add(each.name)
            return None
        return self._with_rows(each, self._by_rule(each) if each.name in self.ruled else self._by_form(each))

    def _by_rule(self, each: Field) -> Value:
        """What a capability decided; somebody who tries to decide it otherwise is told."""
        decided = self.ruled[each.name]
        if each.readonly is True and self.given.get(each.name) != decided:
            self._kept(each)
        return decided

    def _by_form(self, each: Field) -> Value:
        if each.calculation:
            return self._worked_out(each, 'calculation')
        if (lookup := self._newly_chosen(each)) is not None:
            return self._copied(each, lookup)
        if each.readonly and self.holds(each.name, 'readonly') and (self.old is not None or not each.default):
            return self._kept(each)
        if self.old is None and each.default and (each.readonly or each.name not in self.raw):
            return self._worked_out(each, 'default')
        return self._start(each.name)

    def _is_relevant(self, each: Field) -> bool:
        rule = self.order.section_rules.get(each.name)
        if rule and not self.evaluation.holds(rule, 'relevant', self.seen(), self.columns()):
            return False
        return not each.relevant or self.holds(each.name, 'relevant')

    def _kept(self, each: Field) -> Value:
        """The value before; a submission that says otherwise is refused."""
        before = (self.old or {}).get(each.name)
        if each.name in self.given and self.given[each.name] != before:
            self.messages.append(self._placed(each.message('not_typed' if self.old is None else 'readonly')))
        return before

    def _worked_out(self, each: Field, use: str) -> Value:
        """A formula's result as a value of the field: 3.0 as 3, a text as the choice it names."""
        result = self.evaluation.value(self.key + each.name, use, self.seen(), self.columns())
        if result is None or self.evaluation.around is None:
            return result
        parsed = each.parse(result, self.evaluation.around)
        self.messages.extend(self._placed(refusal) for refusal in parsed.messages)
        return parsed.value

    def _newly_chosen(self, each: Field) -> Field | None:
        """The lookup that was just chosen and copies into this field.

        What the submission itself says about the field stands, unless nobody may type there.
        """
        if each.name in self.raw and each.readonly is not True:
            return None
        return next((self.fields[name] for name in self.order.sources.get(each.name, ()) if self.changed(name)), None)

    def _copied(self, each: Field, lookup: Any) -> Value:
        chosen, around = self.values[lookup.name], self.evaluation.around
        record = around.record(lookup.app, chosen) if around and chosen else None
        return (record or {}).get(lookup.copy[each.name])

    def _with_rows(self, each: Field, value: Value) -> Value:
        """The rows of a subtable or checklist, each settled; any other value as it is."""
        columns = self.order.rows.get(each.name)
        if columns is None or not isinstance(value, list):
            return value
        before = {row.get('_row'): row for row in (self.old or {}).get(each.name) or ()}
        sent = _rows_sent(self.raw.get(each.name), value)
        settled = [
            self._row(f'{each.name}[{index}].', columns, row, sent[index], before.get(row.get('_row')))
            for index, row in enumerate(value)
        ]
        self.rows[each.name] = settled
        for row in settled:
            self.messages.extend(row.messages)
        return [_joined(row, settling) for row, settling in zip(value, settled, strict=True)]

    def _row(self, place: str, columns: SettlingOrder, row: Values, sent: Values, old: Values | None) -> Settling:
        return Settling(
            order=columns,
            evaluation=self.evaluation,
            raw=sent,
            given={name: row.get(name) for name in columns.fields},
            old=old,
            around_row=self,
            key=f'{self.key}{place.partition("[")[0]}.',
            place=self.place + place,
        ).run()

    def _placed(self, refusal: Message) -> Message:
        return refusal.inside(self.place.removesuffix('.')) if self.place else refusal


def _rows_sent(raw: Value, rows: Sequence[Values]) -> Sequence[Values]:
    """The rows as they were sent, where they can be told apart; else as they were read."""
    if not isinstance(raw, list) or len(raw) != len(rows):
        return rows
    pairs = zip(raw, rows, strict=True)
    same = all(isinstance(sent, Mapping) and sent.get('_row') in (None, '', row.get('_row')) for sent, row in pairs)
    return raw if same else rows


def _joined(row: Values, settling: Settling) -> dict[str, Value]:
    """The settled cells with the row's own marks (_row, _by, _at), blanks left out."""
    marks = {name: value for name, value in {**(settling.old or {}), **row}.items() if name.startswith('_')}
    cells = {name: value for name, value in settling.values.items() if value is not None}
    return {**marks, **cells}
