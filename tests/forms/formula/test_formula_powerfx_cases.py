"""The language gives what Microsoft's own cases of Power Fx expect, but for the misses named in formula_waivers.py."""

from collections import Counter
from pathlib import Path

import pytest
from formula_waivers import WAIVERS

from forms.formula.command import CaseResult, case_results

CASES = Path(__file__).parents[3].parent / 'shared' / 'cases' / 'powerfx.jsonl'
pytestmark = pytest.mark.skipif(not CASES.exists(), reason='the cases of Power Fx lie outside this repository')


@pytest.fixture(scope='module')
def results() -> list[CaseResult]:
    return case_results(CASES)


def share(results: list[CaseResult], *kinds: str) -> float:
    passed = Counter(each.passed for each in results if each.case['kind'] in kinds)
    return passed[True] / passed.total()


def test_scalar_cases_reach_the_bar(results: list[CaseResult]) -> None:
    assert share(results, 'number', 'text', 'boolean', 'date', 'blank', 'runtime_error') >= 0.99


def test_cases_with_tables_or_records_reach_the_bar(results: list[CaseResult]) -> None:
    assert share(results, 'table', 'record') >= 0.99


def test_wrong_formulas_are_marked_where_power_fx_marks_them(results: list[CaseResult]) -> None:
    assert share(results, 'compile_error') >= 0.94


def test_errors_are_of_the_kind_power_fx_gives(results: list[CaseResult]) -> None:
    errors = [each for each in results if each.case['kind'] == 'runtime_error' and each.passed]
    assert [each.case['expression'] for each in errors if not each.kind_met] == []


def test_every_miss_has_its_reason_and_no_reason_is_stale(results: list[CaseResult]) -> None:
    missed = {
        (each.case['file'].removeprefix('ExpressionTestCases/'), each.case['expression'])
        for each in results
        if not each.passed
    }
    assert missed == {(file, case) for files in WAIVERS.values() for file, cases in files.items() for case in cases}
