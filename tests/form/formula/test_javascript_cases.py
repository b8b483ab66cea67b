"""The JavaScript runtime answers Microsoft's own cases of Power Fx as the Python one does."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from both_sides import NOW, Answer, Asked, answers, told

from forms.formula import Context, Formula, Scope, compile_formula
from forms.formula.command import same_literal

CASES = Path(__file__).parents[3].parent / 'shared' / 'cases' / 'powerfx.jsonl'
pytestmark = pytest.mark.skipif(not CASES.exists(), reason='the cases of Power Fx lie outside this repository')

DIFFERENCES: Mapping[str, str] = {
    'Power(14.123456,1.67)': 'the last digit of a power with a fraction as exponent is the JavaScript engine’s own',
}
"""Expression -> why JavaScript answers otherwise."""


@pytest.fixture(scope='module')
def results() -> list[tuple[Mapping[str, Any], Asked, Answer, Answer]]:
    """Every case that compiles: the case, the formula, Python's answer, JavaScript's."""
    context = Context(NOW, locale='en-US')
    cases, asked = [], []
    for line in CASES.read_text(encoding='utf-8').splitlines():
        case = json.loads(line)
        formula = compile_formula(case['expression'], Scope())
        if isinstance(formula, Formula):
            cases.append(case)
            asked.append(Asked(formula, {}, context))
    return [(case, *each) for case, each in zip(cases, answers(asked), strict=True)]


def test_javascript_answers_as_python_but_for_the_named_differences(results: Any) -> None:
    """Value, JSON, and of an error its kind, its words and the piece of source it marks."""
    unlike = {case['expression']: told(*rest) for case, *rest in results if rest[1] != rest[2]}
    assert {source: shown for source, shown in unlike.items() if source not in DIFFERENCES} == {}
    assert len(unlike) <= 0.005 * len(results)
    assert len(results) > 3000


def test_javascript_meets_what_power_fx_expects_as_often_as_python(results: Any) -> None:
    python = sum(_met(case, answer) for case, _, answer, _ in results)
    javascript = sum(_met(case, answer) for case, _, _, answer in results)
    assert abs(python - javascript) <= 0.005 * len(results)
    assert javascript >= 0.97 * len(results)


def _met(case: Mapping[str, Any], answer: Answer) -> bool:
    if case['kind'] == 'runtime_error':
        return answer.error is not None
    return same_literal(answer.literal, case['expected'])
