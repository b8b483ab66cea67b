"""A rule that fails on a record does what harms nobody, and says that it failed."""

import pytest

from forms.formula import Context, Formula, Scope, compile_formula, evaluate_as
from forms.formula.run import Run

SCOPE = Scope({'数': 'number', '可': 'boolean', '任意': 'any'})


def formula(source: str) -> Formula:
    compiled = compile_formula(source, SCOPE)
    assert isinstance(compiled, Formula)
    return compiled


@pytest.mark.parametrize(
    ('use', 'safe'),
    [
        ('relevant', True),
        ('required', False),
        ('readonly', False),
        ('constraint', False),
        ('choice_filter', True),
        ('guard', False),
        ('filter', True),
        ('calculation', None),
        ('default', None),
    ],
)
def test_failing_rule_gives_the_safe_default_and_its_error(use: str, safe: object, context: Context) -> None:
    value, error = evaluate_as(use, formula('1 / 数 > 0'), {'数': 0}, Run(context))  # type: ignore[arg-type]
    assert value is safe
    assert error is not None
    assert error.kind == 'Div0'


@pytest.mark.parametrize(
    ('use', 'value'), [('relevant', False), ('required', False), ('guard', False), ('constraint', True)]
)
def test_blank_is_no_but_breaks_no_constraint(use: str, value: bool, context: Context) -> None:
    assert evaluate_as(use, formula('可'), {}, Run(context)) == (value, None)  # type: ignore[arg-type]


def test_a_condition_that_gives_no_yes_or_no_counts_as_failed(context: Context) -> None:
    value, error = evaluate_as('relevant', formula('任意'), {'任意': 'たぶん'}, Run(context))
    assert value is True
    assert error is not None


def test_what_does_not_fail_is_given_as_it_is(context: Context) -> None:
    assert evaluate_as('calculation', formula('数 * 2'), {'数': 4}, Run(context)) == (8, None)
    assert evaluate_as('guard', formula('数 > 2'), {'数': 4}, Run(context)) == (True, None)
