"""What the command line does with formulas: try one on a record, or run a file of cases."""

import datetime as dt
import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from forms.formula.errors import FormulaError, Mistake
from forms.formula.formula import compile_formula
from forms.formula.literals import literal
from forms.formula.run import TOKYO, Context, Run
from forms.formula.scope import Scope
from forms.formula.value_type import ANY, BOOLEAN, CHOICES, DATE, DATETIME, NUMBER, TEXT, ValueType, record, table

_PARTS: Final = frozenset(('expression', 'expected', 'kind', 'file', 'line'))
_RANGE: Final = re.compile(r'(?:Error|Warning) (\d+)-(\d+)')


def run_expression(
    source: str, values: Mapping[str, Any] | None = None, locale: str = 'ja-JP', now: dt.datetime | None = None
) -> tuple[int, str]:
    """0 and the value as a literal of the language, or 1 and the mistakes or the error, each with its place marked."""
    formula = compile_formula(source, scope_of(values or {}))
    if isinstance(formula, tuple):
        return 1, '\n'.join(_marked(source, each.start, each.end, each.text, each.advice) for each in formula)
    try:
        value = formula.compute(values or {}, Run(Context(now or dt.datetime.now(TOKYO), locale=locale)))
    except FormulaError as error:
        return 1, _marked(source, error.start, error.end, f'エラー（{error.kind}）: {error.text}', '')
    warnings = [_marked(source, each.start, each.end, each.text, each.advice) for each in formula.warnings]
    return 0, '\n'.join([literal(value), *warnings])


def scope_of(values: Mapping[str, Any]) -> Scope:
    """The fields of a record as its JSON values show them."""
    return Scope({name: _type_of(value) for name, value in values.items()})


def _type_of(value: Any) -> ValueType:  # noqa: PLR0911 - one line per kind of JSON value
    match value:
        case bool():
            return BOOLEAN
        case int() | float():
            return NUMBER
        case str():
            return _type_of_text(value)
        case dict():
            return record({name: _type_of(cell) for name, cell in value.items()})
        case [dict(), *_]:
            columns: dict[str, ValueType] = {}
            for row in value:
                columns |= {name: _type_of(cell) for name, cell in row.items() if columns.get(name, ANY) == ANY}
            return table(columns)
        case list():
            return CHOICES
    return ANY


def _type_of_text(text: str) -> ValueType:
    if re.fullmatch(r'\d{4}-\d\d-\d\d', text):
        return DATE
    return DATETIME if re.match(r'\d{4}-\d\d-\d\dT\d\d:\d\d', text) else TEXT


def _marked(source: str, start: int, end: int, text: str, advice: str) -> str:
    """The sentence with its place, the source, and a line that points at the place."""
    if start < 0:
        return text
    here, there = min(start, len(source)), min(max(end, start + 1), max(len(source), start + 1))
    pointer = ' ' * _columns(source[:here]) + '^' * max(1, _columns(source[here:there]))
    return '\n'.join(part for part in (f'{start + 1}文字目: {text}', source, pointer, advice) if part)


def _columns(text: str) -> int:
    return sum(1 if ord(char) < 0x1100 else 2 for char in text)


# the cases


class NotACase(ValueError):
    """A line of a file of cases, counted from 1, is no case."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class CaseResult:
    """given: what our language answered, written like expected; kind_met: for errors, whether the very kind was met."""

    case: Mapping[str, Any]
    passed: bool
    given: str
    kind_met: bool = True


def run_cases(path: str | Path, now: dt.datetime | None = None) -> tuple[int, str]:
    """Every failure with what was expected and given, then one JSON object with cases, passed, and both by kind."""
    results = case_results(path, now)
    cases, passed = Counter(r.case['kind'] for r in results), Counter(r.case['kind'] for r in results if r.passed)
    lines = [
        f'{each.case["file"]}:{each.case["line"]}: {each.case["expression"]!r}\n'
        f'    期待 {each.case["expected"]}\n    結果 {each.given}'
        for each in results
        if not each.passed
    ]
    summary = {
        'cases': len(results),
        'passed': sum(passed.values()),
        'failed': len(results) - sum(passed.values()),
        'error_kind_met': sum(
            each.passed and each.kind_met for each in results if each.case['kind'] == 'runtime_error'
        ),
        'by_kind': {
            kind: {'cases': count, 'passed': passed[kind], 'failed': count - passed[kind]}
            for kind, count in sorted(cases.items())
        },
    }
    return int(len(results) > sum(passed.values())), '\n'.join([*lines, json.dumps(summary, ensure_ascii=False)])


def case_results(path: str | Path, now: dt.datetime | None = None) -> list[CaseResult]:
    """One result per line of a file of cases, in culture en-US. Raises NotACase for a line that is none."""
    run = Run(Context(now or dt.datetime.now(TOKYO), locale='en-US'))
    lines = Path(path).read_text(encoding='utf-8').splitlines()
    return [_checked(_read_case(line, number), run) for number, line in enumerate(lines, 1) if line.strip()]


def _read_case(line: str, number: int) -> Mapping[str, Any]:
    try:
        case = json.loads(line)
    except json.JSONDecodeError:
        raise NotACase(number) from None
    if not isinstance(case, dict) or not case.keys() >= _PARTS:
        raise NotACase(number)
    return case


def _checked(case: Mapping[str, Any], run: Run) -> CaseResult:
    try:
        return _case(case, run)
    except Exception as fault:  # a fault of the program in one case must not hide the result of all others
        return CaseResult(case, False, f'{type(fault).__name__}: {fault}', False)


def _case(case: Mapping[str, Any], run: Run) -> CaseResult:
    formula = compile_formula(case['expression'], Scope())
    if isinstance(formula, tuple):
        given = '|'.join(f'Error {each.start}-{each.end}: {each.text}' for each in formula)
        return CaseResult(case, case['kind'] == 'compile_error' and _overlaps(case['expected'], formula), given, False)
    try:
        given = literal(formula.compute({}, run))
    except FormulaError as error:
        given = literal(error)
        failed = case['kind'] == 'runtime_error'
        return CaseResult(case, failed, given, f'ErrorKind.{error.kind}}}' in case['expected'])
    return CaseResult(case, case['kind'] != 'compile_error' and same_literal(given, case['expected']), given)


def _overlaps(expected: str, mistakes: tuple[Mistake, ...]) -> bool:
    ranges = [(int(start), int(end)) for start, end in _RANGE.findall(expected)]
    return any(each.start <= end and start <= each.end for each in mistakes for start, end in ranges)


def same_literal(given: str, expected: str) -> bool:
    """Equal as text, or as numbers within 1e-5, or within 1e-14 of their size."""
    if given == expected:
        return True
    try:
        return math.isclose(float(given), float(expected), rel_tol=1e-14, abs_tol=1e-5)
    except ValueError:
        return False
