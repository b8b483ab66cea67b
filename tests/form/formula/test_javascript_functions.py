"""Every function of the language, and every sentence about a failure, is the same in JavaScript as in Python."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from both_sides import NOW, Answer, Asked, answers, told

from forms.formula import Context, Formula, Scope, compile_formula
from forms.formula.errors import ERROR_KINDS
from forms.formula.functions.registry import functions
from forms.formula.messages import FAILURES
from forms.formula.safe_defaults import USES

FORM = Path(__file__).parents[3] / 'apps' / 'form'
WRITTEN_OUT = {'Blank'}
"""Functions that the checker replaces, so that no tree holds them."""
ONLY_IN_THE_BROWSER = {'no-calendar': '休日の暦が決められていません。'}
"""The page knows the holidays of a few years, the server those of all."""


def module(path: str, expression: str) -> Any:
    """What an expression over a JavaScript module (m) gives, as JSON."""
    source = f'import * as m from {json.dumps((FORM / path).as_uri())}; console.log(JSON.stringify({expression}))'
    run = subprocess.run(
        ['node', '--input-type=module', '-e', source], capture_output=True, timeout=60, check=True, text=True
    )
    return json.loads(run.stdout)


@pytest.fixture(scope='module')
def examples() -> list[tuple[Asked, Answer, Answer]]:
    asked = []
    for function in functions().values():
        for example in function.examples:
            formula = compile_formula(example.source, Scope())
            assert isinstance(formula, Formula), example.source
            asked.append(Asked(formula, {}, Context(NOW)))
    return answers(asked)


def test_every_example_of_the_manual_gives_its_result_in_javascript(examples: Any) -> None:
    shown = {each.source: each.shown for function in functions().values() for each in function.examples}
    assert len(examples) >= len(functions())
    assert {each.formula.source: javascript.literal for each, _, javascript in examples} == shown


def test_javascript_knows_exactly_the_functions_of_the_register() -> None:
    known = module('formula/functions/register.js', 'm.functionNames()')
    assert sorted(known) == sorted({each.name for each in functions().values()} - WRITTEN_OUT)


def test_both_sides_fail_in_the_same_words() -> None:
    assert module('formula/errors.js', '[m.ERROR_KINDS, m.FAILURES]') == [ERROR_KINDS, FAILURES | ONLY_IN_THE_BROWSER]


def test_both_sides_fall_back_to_the_same_safe_defaults() -> None:
    assert module('formula.js', 'm.SAFE_DEFAULTS') == {**USES, 'forbidden': USES['required']}


CONTEXT = Context(NOW, user='見本 太郎', department='総務課', fiscal_start=10)
DATES = ['2019-05-01', '2024-02-29', '2024-12-31', '1926-12-25', '1868-01-24', '0001-01-01', '9999-12-31', None, '']
TEXTS = [
    'ｶﾞｯｺｳ ABC "x"',
    'ガッコウヷゔゞ ＡＢＣ　’',
    'か゛は゜あ゛',
    '𠮷野家の吉',
    '１，２３４円',
    '△500',
    ' 見本\u3000 太郎 ',
    "o'neil mcDONALD ²x",
    '',
]
NUMBERS = [
    0,
    1,
    -1,
    1200,
    10_001_000,
    12_345_678_901_234,
    -0.4,
    1.005,
    2.5,
    -2.5,
    1e21,
    2.0**53,
    1e-7,
    1.5e-5,
    0.00012,
    1e15,
    None,
]
DATE_TEXTS = r"""
令和6年4月1日
令和元年五月一日(水)
平成31年5月1日
昭和64年1月8日
大正15年12月25日
R060401
h1.1.7
令和6(2024)年4月1日
2024年(令和5年)4月1日
２０２４．４．１　１０：３０
2024-02-30
20240401
6/4/1
4/1/2024 9:05 pm
May 5, 2024
Friday, 5 apr 24
2024-04-01T09:05:07.1234567Z
2024-04-01 09:05+05:30
午後1時5分30秒
12:30 am
25:00
9:61
明日
"""[1:].splitlines()
ON_DATE_TEXTS = r"""
DateValue(文)
DateValue(文, "en-US")
DateValue(文, "fr-FR")
DateTimeValue(文)
TimeValue(文)
DateValue(文, "??")
"""[1:].splitlines()
FIELDS = {'日': 'date', '別の日': 'date', '文': 'text', '数': 'number', '桁': 'number'}
CONTEXT = Context(NOW, user='見本 太郎', department='総務課', fiscal_start=10)
ON_DATES = r"""
WAREKI(日)
WAREKI(日, "gg ee/mm/dd aaaa ""年"" \e")
DATESTRING(日)
FISCALYEAR(日)
AGE(日, 別の日)
AGE(日)
WeekNum(日, 2)
ISOWeekNum(日)
Weekday(日, 3)
EDate(日, -13)
EOMonth(日, 1)
DateAdd(日, 2.5)
DateAdd(日, -1, TimeUnit.Quarters)
DateDiff(日, 別の日, TimeUnit.Months)
DATEDIF(日, 別の日, "MD")
DATEDIF(日, 別の日, "YD")
DATEDIF(日, 別の日, "YM")
Text(日, "ggge年m月d日(aaa)")
Text(日, "[$-411]gee.mm.dd")
Text(日, "dddd mmmm yy", "en-US")
Text(日, "yyyy/mm/dd hh:mm:ss.000 AM/PM")
日 + 0.75
日 - 別の日
日 = 別の日
日 < 別の日
日 & "まで"
""".strip().splitlines()
ON_TEXTS = r"""
ASC(文)
JIS(文)
HIRAGANA(文)
KATAKANA(文)
Len(文)
Left(文, 2)
Right(文, 3)
Mid(文, 2, 3)
Proper(文)
Upper(文)
Trim(文)
TrimEnds(文)
Value(文)
IsNumeric(文)
Find("野", 文)
Substitute(文, "A", "𠮷", 1)
Replace(文, 2, 1, "〇")
"吉" in 文
CONTAINS(文, "ッ")
StartsWith(文, "ｶ")
TEXTJOIN("/", true, 文, 文)
IFS(IsBlank(文), "空", Len(文) > 5, "長い")
""".strip().splitlines()
ON_NUMBERS = r"""
YEN(数)
YEN(数, 2)
YEN(数, -2)
NUMBERSTRING(数)
NUMBERSTRING(数, 2)
NUMBERSTRING(数, 3)
NUMBERSTRING(数, 4)
CEILING(数, 0.3)
FLOOR(数, 7)
CEILING(数, -5)
Round(数, 2)
RoundUp(数, -2)
Trunc(数)
Int(数)
Mod(数, -3)
Text(数, "#,##0.0#;(0);\零")
Text(数, "0.00E+00")
Text(数, "0.0%")
Text(数, "#,##0,.00")
Text(数, "yyyy/mm/dd")
Text(数)
Char(数)
UniChar(数)
Sqrt(数)
数 ^ 0.5
""".strip().splitlines()


def test_odd_values_give_the_same_on_both_sides() -> None:
    asked = [
        *(ask(source, {'日': one, '別の日': other}) for source in ON_DATES for one in DATES for other in DATES[:4]),
        *(ask(source, {'文': text}) for source in ON_TEXTS for text in TEXTS),
        *(ask(source, {'文': text}) for source in ON_DATE_TEXTS for text in DATE_TEXTS),
        *(ask(source, {'数': number}) for source in ON_NUMBERS for number in NUMBERS),
    ]
    unlike = [each for each in answers(asked) if each[1] != each[2]]
    assert [told(*each) for each in unlike] == []


def ask(source: str, values: dict[str, Any]) -> Asked:
    formula = compile_formula(source, Scope(FIELDS))
    assert isinstance(formula, Formula), (source, formula)
    return Asked(formula, values, CONTEXT)
