"""Every function has its place in the manual, and every example in it is true."""

import pytest

from forms.formula import Context, Formula, Scope, compile_formula
from forms.formula.functions.registry import Function, functions
from forms.formula.literals import literal
from forms.formula.reference import reference
from forms.formula.run import Run

V1 = """
If Switch And Or Not IsBlank IsError IfError Coalesce Blank IsBlankOrError Boolean
Text Value Left Mid Right Len Trim TrimEnds Upper Lower Proper Find Substitute Replace Concatenate StartsWith EndsWith
Char UniChar IsNumeric
Abs Int Trunc Round RoundUp RoundDown Mod Power Sqrt Sum Average Min Max
Date Time DateTime DateValue TimeValue DateTimeValue Year Month Day Hour Minute Second Weekday WeekNum ISOWeekNum EDate
EOMonth DateAdd DateDiff Today Now IsToday
Table Count CountA CountRows CountIf Filter LookUp First Last Concat IsEmpty
IFS TEXTJOIN ASC JIS HIRAGANA KATAKANA YEN NUMBERSTRING CONTAINS CEILING FLOOR SUMIF AVERAGEIF
DATEDIF NETWORKDAYS WORKDAY DATESTRING WAREKI FISCALYEAR AGE
""".split()


def test_every_promised_function_is_there() -> None:
    assert {name for name in V1 if name.lower() not in functions()} == set()


@pytest.mark.parametrize('function', functions().values(), ids=lambda each: each.name)
def test_examples_are_true(function: Function, context: Context) -> None:
    assert function.examples
    for example in function.examples:
        formula = compile_formula(example.source, Scope())
        assert isinstance(formula, Formula), formula
        user_free = Run(Context(context.now))
        assert literal(formula.compute({}, user_free)) == example.shown


@pytest.mark.parametrize('function', functions().values(), ids=lambda each: each.name)
def test_manual_has_a_heading_usage_and_arguments(function: Function) -> None:
    page = reference()
    assert f'### {function.name}\n' in page
    assert function.usage in page
    for parameter in function.parameters:
        assert f'- {parameter.name}: ' in page


def test_names_are_matched_in_any_case(evaluate) -> None:
    assert evaluate('LEFT("総務課", 2) & left("市民課", 2)') == '総務市民'
