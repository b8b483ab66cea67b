"""The formulas of one definition at work on one record: each use has a safe answer when its formula fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from forms.capability import Moment, Values
from forms.field import Field, Surroundings, Value
from forms.formula import USES, Context, Formula, evaluate_as
from forms.formula.run import Run

if TYPE_CHECKING:
    from forms.definition import AppDefinition
    from forms.formula.safe_defaults import Use

Fields = Mapping[str, Field]
MOST_FAILURES = 100
"""A condition may fail on each of many records, each time in other words; nobody reads them all."""
LOOKED_UP = '_id'
"""Key under which a looked-up record carries its id, so that a formula that gives the record itself gives its id."""
NO_COLUMNS: Fields = MappingProxyType({})

# Uses that the formula language does not know by name are as safe as one that it knows; all others are plain values.
_AS_SAFE_AS: Mapping[str, Use] = {**{known: known for known in USES}, 'forbidden': 'required', 'when': 'guard'}


@dataclass(frozen=True, slots=True)
class FormulaFailure:
    """A formula that failed on a record. field: the path it belongs to; error: what went wrong, in Japanese.

    source: the formula as written; what failed is its piece from start to end (both -1: no piece alone is to blame).
    """

    field: str
    use: str
    error: str
    source: str = ''
    start: int = -1
    end: int = -1


def context_of(definition: AppDefinition, moment: Moment, old: Values | None = None) -> Context:
    """What the formulas of this app are told about the world at that moment. old: the record before the change."""
    return Context(
        now=moment.now,
        user=moment.account,
        department=moment.sections[0] if moment.sections else '',
        calendar=definition.calendar,
        fiscal_start=definition.fiscal_start,
        old=old or {},
    )


@dataclass(slots=True)
class Evaluation:
    """Evaluates by (path, use); failures are collected instead of raised. failed: who else is told of each."""

    definition: AppDefinition
    context: Context
    around: Surroundings | None = None
    failures: list[FormulaFailure] = field(default_factory=list)
    failed: Callable[[FormulaFailure], None] | None = None
    records: Surroundings | None = None
    """Where formulas look up other records, when that is more than `around`."""
    _run: Run | None = None

    @staticmethod
    def at(definition: AppDefinition, moment: Moment) -> Evaluation:
        return Evaluation(definition, context_of(definition, moment), moment.around, failed=moment.failed)

    def before(self, old: Values) -> Evaluation:
        """The same, with formulas that see the record as it was: `Old.現在の居場所`."""
        if old or self.context.old:
            self.context = replace(self.context, old=self._with_records(old, self.definition.fields))
            self._run = None
        return self

    def formula(self, path: str, use: str) -> Formula:
        """Raises KeyError when the definition holds no such formula: our mistake, the loader compiles them all."""
        found = self.definition.formula(path, use)
        if found is None:
            raise KeyError((path, use))
        return found

    def holds(self, path: str, use: str, values: Values, columns: Fields = NO_COLUMNS) -> bool:
        """Whether a condition is true; when it fails, its safe answer.

        columns: the columns of the subtable in whose row the condition stands; `values` then holds the row's cells too.
        """
        return self.value(path, use, values, columns) is True

    def value(self, path: str, use: str, values: Values, columns: Fields = NO_COLUMNS) -> Value:
        """The result as a JSON value; when the formula fails, the safe answer of its use."""
        formula = self.formula(path, use)
        fields = {**self.definition.fields, **columns} if columns else self.definition.fields
        if any(name in fields and fields[name].value_type.kind == 'record' for name in formula.reads):
            values = self._with_records(values, fields)
        self._run = self._run or Run(self.context)
        result, error = evaluate_as(_AS_SAFE_AS.get(use, 'calculation'), formula, values, self._run)
        if error is not None:
            self._note(FormulaFailure(path, use, error.text, formula.source, error.start, error.end))
        return result.get(LOOKED_UP, result) if isinstance(result, dict) else result

    def _note(self, failure: FormulaFailure) -> None:
        if len(self.failures) < MOST_FAILURES and failure not in self.failures:
            self.failures.append(failure)
        if self.failed is not None:
            self.failed(failure)

    def _with_records(self, values: Values, fields: Fields) -> Values:
        """The values as formulas see them: a lookup is the record it points to, so that 施設.種類 can be read."""
        records = self.records or self.around
        if records is None:
            return values
        looked_up: dict[str, Value] = {}
        for name, each in fields.items():
            app = getattr(each, 'app', '')
            if app and isinstance(values.get(name), str):
                looked_up[name] = {**(records.record(app, values[name]) or {}), LOOKED_UP: values[name]}
        return {**values, **looked_up} if looked_up else values
