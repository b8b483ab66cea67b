"""Formulas tried on the command line, and files of cases run."""

import datetime as dt
import json
from pathlib import Path

import pytest

from forms.formula.command import run_cases, run_expression

NOW = dt.datetime(2024, 4, 1, 9, 5)


@pytest.mark.parametrize(
    ('source', 'values', 'shown'),
    [
        ('1 + 2', {}, '3'),
        ('単価 * 数', {'単価': 100, '数': 2.5}, '250'),
        ('入所日 + 1', {'入所日': '2024-02-28'}, 'Date(2024,2,29)'),
        ('Concat(明細, 品, "・")', {'明細': [{'品': '水'}, {'品': '米', '数': 1}]}, '"水・米"'),
        ('Sum(明細, 数)', {'明細': [{'品': '水'}, {'品': '米', '数': 1}]}, '1'),
        ('"水" in 品', {'品': ['水']}, 'true'),
        ('人.名', {'人': {'名': '見本'}}, '"見本"'),
        ('Hour(時)', {'時': '2024-04-01T09:05:00+09:00'}, '9'),
        ('IsBlank(空)', {'空': None}, 'true'),
        ('Today()', {}, 'Date(2024,4,1)'),
    ],
)
def test_value(source: str, values: dict, shown: str) -> None:
    assert run_expression(source, values, now=NOW) == (0, shown)


def test_locale() -> None:
    assert run_expression('Text(Today())', {}, 'en-US', NOW) == (0, '"4/1/2024"')


def test_error_is_shown_under_the_piece_that_failed() -> None:
    code, text = run_expression('単価 + 1/0', {'単価': 1}, now=NOW)
    assert code == 1
    assert 'Div0' in text
    source, pointer = text.splitlines()[1:3]
    assert source == '単価 + 1/0'
    assert pointer == '       ^^^'


def test_every_mistake_is_shown() -> None:
    code, text = run_expression('単貨 + Summ(1)', {'単価': 1}, now=NOW)
    assert code == 1
    assert '「単価」' in text
    assert '「Sum」' in text


def test_cases_end_with_one_json_object(tmp_path: Path) -> None:
    cases = [
        ('1+1', '2', 'number'),
        ('1+1', '3', 'number'),
        ('1/3', '0.333333', 'number'),
        ('1/0', 'Error({Kind:ErrorKind.Div0})', 'runtime_error'),
        ('1', 'Error({Kind:ErrorKind.Div0})', 'runtime_error'),
        ('1 + nope', "Errors: Error 4-8: Name isn't valid.", 'compile_error'),
        ('nope + 123456', 'Errors: Error 10-12: elsewhere', 'compile_error'),
        ('1 + 1', 'Errors: Error 0-1: wrong', 'compile_error'),
    ]
    file = tmp_path / 'cases.jsonl'
    keys = ('expression', 'expected', 'kind')
    lines = [json.dumps(dict(zip(keys, case, strict=True)) | {'file': 'f.txt', 'line': 1}) for case in cases]
    file.write_text('\n'.join(lines), encoding='utf-8')

    code, text = run_cases(file, NOW)

    summary = json.loads(text.splitlines()[-1])
    assert code == 1
    assert (summary['cases'], summary['passed'], summary['failed'], summary['error_kind_met']) == (8, 4, 4, 1)
    assert summary['by_kind']['number'] == {'cases': 3, 'passed': 2, 'failed': 1}
    assert "'1+1'" in text
    assert '期待 3' in text
    assert '結果 2' in text


def test_a_fault_of_the_program_fails_its_case_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(value: object) -> str:
        raise ZeroDivisionError(value)

    file = tmp_path / 'cases.jsonl'
    case = {'expected': '1', 'kind': 'number', 'file': 'f.txt', 'line': 1}
    lines = [json.dumps(case | {'expression': source}) for source in ('1', 'nope', '1')]
    file.write_text('\n'.join(lines), encoding='utf-8')
    monkeypatch.setattr('forms.formula.command.literal', faulty)
    code, text = run_cases(file, NOW)
    assert (code, json.loads(text.splitlines()[-1])['failed']) == (1, 3)
    assert 'ZeroDivisionError' in text
