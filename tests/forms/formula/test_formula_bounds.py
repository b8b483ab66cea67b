"""No formula may be too long, too deep, too large, too slow, or give too much text."""

import pytest

from forms.formula import Context, Formula, FormulaError, Scope, compile_formula, table


@pytest.mark.parametrize(
    ('source', 'code'),
    [
        ('1 ' + '+ 1 ' * 1000, 'too-long'),
        ('(' * 70 + '1' + ')' * 70, 'too-deep'),
        ('+'.join('1' * 70), 'too-deep'),
        ('[' + ','.join(['1%'] * 1300) + ']', 'too-many-parts'),
    ],
)
def test_beyond_a_bound(source: str, code: str, mistakes) -> None:
    assert code in mistakes(source)


@pytest.mark.parametrize('source', ['(' * 60 + '1' + ')' * 60, '+'.join('1' * 60), '[' + ','.join('1' * 1900) + ']'])
def test_within_the_bounds(source: str) -> None:
    assert isinstance(compile_formula(source, Scope()), Formula)


def failing(source: str, values: dict, context: Context) -> FormulaError:
    scope = Scope({'文': 'text', '行': table({'値': 'number'})})
    formula = compile_formula(source, scope)
    assert isinstance(formula, Formula), formula
    with pytest.raises(FormulaError) as caught:
        formula.evaluate(values, context)
    return caught.value


@pytest.mark.parametrize(
    'source', ['文 & 文', 'Concatenate(文, 文)', 'Substitute(文, "あ", "ああ")', '$"{文}{文}"', 'Concat([1, 2], 文)']
)
def test_a_text_no_longer_than_a_cell(source: str, context: Context) -> None:
    assert failing(source, {'文': 'あ' * 20_000}, context).kind == 'InvalidArgument'


@pytest.mark.parametrize('source', ['10^308 * 10', '10^309', '-(10^308) - 10^308', 'Sum(1e308, 1e308)'])
def test_numbers_stay_finite(source: str, context: Context) -> None:
    assert failing(source, {}, context).kind == 'Numeric'


def test_rows_searched_for_rows_have_an_end(context: Context) -> None:
    rows = {'行': [{'値': number} for number in range(300)]}
    within = compile_formula('CountIf(行 As 外, CountIf(行, 値 > 外.値) > 5)', Scope({'行': table({'値': 'number'})}))
    assert isinstance(within, Formula)
    assert within.evaluate(rows, context) == 294
    beyond = 'CountIf(行 As 甲, CountIf(行 As 乙, CountIf(行, 値 > 甲.値 && 値 > 乙.値) > 5) > 5)'
    assert failing(beyond, rows, context).kind == 'Timeout'


def test_every_evaluation_has_its_own_count(context: Context) -> None:
    formula = compile_formula('CountIf(行 As 外, CountIf(行, 値 > 外.値) > 5)', Scope({'行': table({'値': 'number'})}))
    assert isinstance(formula, Formula)
    rows = {'行': [{'値': number} for number in range(300)]}
    assert [formula.evaluate(rows, context) for _ in range(8)] == [294] * 8
