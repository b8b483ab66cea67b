"""The calculated fields of one form: in which order they are computed, and which of them a change touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from forms.formula.errors import FormulaError, Mistake
from forms.formula.formula import Formula
from forms.formula.messages import mistake
from forms.formula.run import Context
from forms.formula.safe_defaults import evaluate_as


@dataclass(frozen=True, slots=True)
class Recomputed:
    """values: the new values of the calculated fields that were touched; errors: the fields whose formula failed."""

    values: Mapping[str, Any]
    errors: Mapping[str, FormulaError]


class Calculations:
    """Calculated fields and their formulas.

    order: fields as they must be computed; cycle: fields in a circle, the first again last.
    """

    def __init__(self, formulas: Mapping[str, Formula]) -> None:
        self.formulas = dict(formulas)
        self.order: tuple[str, ...] = ()
        self.cycle: tuple[str, ...] = ()
        among = {name: sorted(formula.reads & self.formulas.keys()) for name, formula in self.formulas.items()}
        try:
            self.order = tuple(TopologicalSorter(among).static_order())
        except CycleError as error:
            self.cycle = tuple(reversed(error.args[1]))
        self._readers = self._who_reads()

    def mistakes(self) -> tuple[Mistake, ...]:
        """The circle, if there is one, marked over the whole formula of its first field."""
        if not self.cycle:
            return ()
        first = self.cycle[0]
        return (mistake('cycle', 0, len(self.formulas[first].source), path=' → '.join(self.cycle)),)

    def touched_by(self, changed: Iterable[str]) -> tuple[str, ...]:
        """The calculated fields that depend on the changed ones, also through others, in order of computation."""
        waiting, touched = list(changed), set()
        while waiting:
            for reader in self._readers.get(waiting.pop(), ()):
                if reader not in touched:
                    touched.add(reader)
                    waiting.append(reader)
        return tuple(name for name in self.order if name in touched)

    def recompute(self, values: Mapping[str, object], changed: Iterable[str], context: Context) -> Recomputed:
        """New values for the fields that the change touches, and for no other.

        A formula that fails leaves its field blank.
        """
        return self._compute(self.touched_by(changed), values, context)

    def compute_all(self, values: Mapping[str, object], context: Context) -> Recomputed:
        """Every calculated field, as for a new record or an import."""
        return self._compute(self.order, values, context)

    def _compute(self, names: tuple[str, ...], values: Mapping[str, object], context: Context) -> Recomputed:
        current, computed, errors = dict(values), {}, {}
        for name in names:
            value, error = evaluate_as('calculation', self.formulas[name], current, context)
            current[name] = computed[name] = value
            if error is not None:
                errors[name] = error
        return Recomputed(computed, errors)

    def _who_reads(self) -> dict[str, list[str]]:
        readers: dict[str, list[str]] = {}
        for name, formula in self.formulas.items():
            for field in formula.reads:
                readers.setdefault(field, []).append(name)
        return readers
