"""Questions on which Python and JavaScript once differed: what both must answer."""

import pytest
from both_sides import Asked, in_javascript, in_python

from forms.formula import Formula, Scope, compile_formula

FIELDS = {'何か': 'any', '文': 'text', '文書番号': 'text'}
SETTLED = {
    'CONTAINS(Table(If(1 / 0 > 1, {a: "y"}), {a: "x"}), "x")': 'Error({Kind:ErrorKind.Div0})',
    'CONTAINS(Table({a: "x"}, If(1 / 0 > 1, {a: "y"})), "x")': 'true',
    '何か = 1': 'false',
    '何か <> 1': 'true',
    '何か = true': 'true',
    'YEN(-0.4)': '"¥0"',
    'YEN(-0.04, 1)': '"¥0.0"',
    'YEN(-0.5)': '"¥-1"',
    'Sum(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1) = 1': 'false',
    'Sum(1, 1E+100, 1, -1E+100)': '0',
    'Average(1, 1E+100, 1, -1E+100)': '0',
    'IsError(DateValue("R٦.٤.١"))': 'true',
    'IsError(DateValue("٢٠٢٤-٠٤-٠١"))': 'true',
    '文': '"3"',
    '文書番号': '"1E+16"',
    '10 ^ 23 = 1E+23': 'true',
    '10 ^ 23': '1E+23',
    '10 ^ -5': '1E-05',
    'Power(-3, 3)': '-27',
    'Power(1.1, -10)': '0.3855432894295314',
    'FLOOR(2.5, 0)': 'Error({Kind:ErrorKind.Div0})',
    'FLOOR(0, 0)': '0',
    'CEILING(2.5, 0)': '0',
    '2 ^ 1023': '8.98846567431158E+307',
}
VALUES = {'何か': True, '文': 3.0, '文書番号': 1e16}


@pytest.fixture(scope='module')
def asked() -> list[Asked]:
    formulas = [compile_formula(source, Scope(FIELDS)) for source in SETTLED]
    return [Asked(each, VALUES) for each in formulas if isinstance(each, Formula)]


def test_python_answers_what_was_settled(asked: list[Asked]) -> None:
    assert {each.formula.source: in_python(each).literal for each in asked} == SETTLED


def test_javascript_answers_what_was_settled(asked: list[Asked]) -> None:
    told = zip(asked, in_javascript(asked), strict=True)
    assert {each.formula.source: answer.literal for each, answer in told} == SETTLED
