"""A formula: compiled once against the fields of a definition, evaluated on record after record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from forms.formula.check import Checker
from forms.formula.closures import closure_of
from forms.formula.errors import FormulaError, Mistake
from forms.formula.functions.registry import Closure
from forms.formula.parser import parse
from forms.formula.record_values import to_json
from forms.formula.run import MOST_STEPS, Context, Run
from forms.formula.scope import Scope
from forms.formula.tree import Each, Field, Node, as_json, walk
from forms.formula.value_type import Kind, ValueType, as_type, becomes

_PLAIN: Final = frozenset((str, bool, type(None)))


@dataclass(frozen=True, slots=True)
class Formula:
    """source as written.

    Reads: top-level fields it depends on; result: the type it gives; warnings: mistakes that may be meant.
    """

    source: str
    reads: frozenset[str]
    result: ValueType
    warnings: tuple[Mistake, ...]
    checked: Node = field(compare=False, repr=False)
    _closure: Closure = field(compare=False, repr=False)
    _slots: tuple[None, ...] = field(compare=False, repr=False)
    _compiled_from: tuple[Scope, ValueType | None] = field(compare=False, repr=False)

    def evaluate(self, values: Mapping[str, object], context: Context) -> Any:
        """The value on a record of JSON values, as a JSON value. Raises nothing but FormulaError."""
        return self.evaluate_in(values, Run(context))

    def evaluate_in(self, values: Mapping[str, object], run: Run) -> Any:
        """The same inside a run made before, for many records with one frozen Now()."""
        run.steps = MOST_STEPS
        value = self._closure([values, run, *self._slots])
        return value if value.__class__ in _PLAIN else to_json(value)

    def compute(self, values: Mapping[str, object], run: Run) -> Any:
        """The value as the language has it (float, Day, datetime, timedelta, rows …), before it becomes JSON."""
        run.steps = MOST_STEPS
        return self._closure([values, run, *self._slots])

    def prepared(self, run: Run) -> Callable[[Mapping[str, object]], Any]:
        """A function of the record alone, for filters over many records; it gives the value as the language has it."""
        closure, slots = self._closure, self._slots

        def compute(values: Mapping[str, object]) -> Any:
            run.steps = MOST_STEPS
            return closure([values, run, *slots])

        return compute

    def __reduce__(self) -> tuple[Any, ...]:
        """A worker process compiles the formula again, because closures cannot travel."""
        return compile_formula, (self.source, *self._compiled_from)

    def tree(self) -> dict[str, Any]:
        """The checked tree as JSON, for a second runtime; forms/formula/tree.py describes it."""
        return as_json(self.checked)


def compile_formula(
    source: str, scope: Scope, expects: 'ValueType | Kind | None' = None
) -> 'Formula | tuple[Mistake, ...]':
    """The formula, or every mistake in it. expects: the type the result must be of, or be readable as."""
    syntax, mistakes = parse(source)
    if mistakes:
        return tuple(mistakes)
    checker = Checker(scope)
    node = checker.check(syntax)
    if expects is not None and not checker.mistakes:
        node = _as_expected(checker, node, as_type(expects))
    if checker.mistakes:
        return tuple(checker.mistakes)
    nodes = list(walk(node))
    reads = frozenset(each.name for each in nodes if isinstance(each, Field))
    depth = max((each.depth + 2 for each in nodes if isinstance(each, Each)), default=0)
    return Formula(
        source,
        reads,
        node.type,
        tuple(checker.warnings),
        node,
        closure_of(node),
        (None,) * depth,
        (scope, None if expects is None else as_type(expects)),
    )


def _as_expected(checker: Checker, node: Node, wanted: ValueType) -> Node:
    kind = node.type.kind
    if wanted.kind == 'boolean' and kind not in ('boolean', 'any', 'blank'):
        advice = '「項目名 = 値」や IsBlank(項目名) のように書いてください。'
        checker.note('not-yes-no', node.start, node.end, type=node.type.japanese, advice=advice)
    elif not becomes(node.type, wanted) or (wanted.kind in ('number', 'date', 'datetime', 'time') and kind == 'text'):
        advice = _conversion(wanted)
        checker.note(
            'wrong-result', node.start, node.end, type=node.type.japanese, wanted=wanted.japanese, advice=advice
        )
    return checker.coerced(node, wanted)


def _conversion(wanted: ValueType) -> str:
    function = {'number': 'Value()', 'date': 'DateValue()', 'datetime': 'DateTimeValue()', 'time': 'TimeValue()'}
    if wanted.kind in function:
        return f'文字列は {function[wanted.kind]} で変換してください。'
    return f'{wanted.japanese}になる式を書いてください。'


__all__ = ['Context', 'Formula', 'FormulaError', 'Mistake', 'compile_formula']
