"""Mistakes found when a definition is read: the right code, the right place, the nearest right name, all at once."""

import pytest

from forms.formula import CHOICES, Context, Formula, Scope, compile_formula, record

SCOPE = Scope(
    {
        '状態': 'text',
        '受付日': 'date',
        '生年月日': 'date',
        '単価': 'number',
        '完了': 'boolean',
        '用件': CHOICES,
        '居場所': record({'部屋あり': 'boolean'}),
    },
    retired=frozenset(('旧状態',)),
    labels={'受け付けた日': '受付日'},
    tables={'明細': Scope({'品名': 'text', '数': 'number'}, labels={'物資の名前': '品名', '状態': '品名'})},
    birth_dates=frozenset(('生年月日',)),
)


@pytest.mark.parametrize(
    ('source', 'code', 'marked'),
    [
        ('IsBlank(状能)', 'unknown-field', '状能'),
        ('旧状態 = "受付"', 'retired-field', '旧状態'),
        ('Lefft("a", 1)', 'unknown-function', 'Lefft'),
        ('状態("a")', 'plain-name-call', '状態'),
        ('Left("a")', 'too-few-arguments', 'Left("a")'),
        ('Len("a", 1)', 'too-many-arguments', 'Len("a", 1)'),
        ('IFS(true, 1, false)', 'odd-arguments', 'IFS(true, 1, false)'),
        ('Left(明細, 1)', 'argument-type', '明細'),
        ('Month(完了)', 'argument-type', '完了'),
        ('状態 >= 3', 'operand-type', '状態'),
        ('状態 = 3', 'not-comparable', '='),
        ('用件 = "その他"', 'not-comparable', '='),
        ('受付日 + 受付日', 'operands-type', '+'),
        ('If(完了, 1, 明細)', 'results-differ', 'If(完了, 1, 明細)'),
        ('居場所.部屋', 'unknown-column', '部屋'),
        ('状態.部屋', 'not-a-record', '部屋'),
        ('Sum(明細, 数量)', 'unknown-field', '数量'),
        ('Filter(単価, true)', 'table-wanted', '単価'),
        ('"水" in 明細', 'one-column-wanted', '明細'),
        ('Text(単価, "0.0.@")', 'bad-format', '"0.0.@"'),
        ('Text(状態, "0")', 'format-not-wanted', '"0"'),
        ('Filter(明細, 数 > 1, 数 < 3)', 'one-condition', ' 数 < 3'),
        ('[1, {a: 1}]', 'column-types-differ', '{a: 1}'),
        ('{a: 1, a: 2}', 'repeated-field', 'a'),
        ('TimeUnit.Day', 'unknown-column', 'Day'),
    ],
)
def test_mistake_marks_its_place(source: str, code: str, marked: str, mistakes) -> None:
    assert mistakes(source, SCOPE)[code] == marked


@pytest.mark.parametrize(
    ('source', 'nearest'),
    [
        ('IsBlank(状能)', '状態'),
        ('受け付けた目 = Today()', '受け付けた日'),
        ('Lefft("a", 1)', 'Left'),
        ('居場所.部屋アリ', '部屋あり'),
        ('Sum(明細, 品目)', '品名'),
    ],
)
def test_nearest_right_name_is_offered(source: str, nearest: str) -> None:
    found = compile_formula(source, SCOPE)
    assert isinstance(found, tuple)
    assert f'「{nearest}」' in found[0].advice


def test_all_mistakes_at_once(mistakes) -> None:
    found = mistakes('If(状能 = "受付", Lefft(状態, 1), 単価 + 明細)', SCOPE)
    assert set(found) == {'unknown-field', 'unknown-function', 'operand-type'}


@pytest.mark.parametrize('source', ['単価', '状態', '受付日', '用件'])
def test_a_condition_must_give_yes_or_no(source: str, mistakes) -> None:
    assert mistakes(source, SCOPE, 'boolean') == {'not-yes-no': source}


@pytest.mark.parametrize(
    'source', ['完了', 'IsBlank(状態)', '単価 > 3 Or 完了', 'CONTAINS(用件, "その他")', 'Not 完了']
)
def test_conditions(source: str) -> None:
    assert isinstance(compile_formula(source, SCOPE, 'boolean'), Formula)


def test_result_must_fit_the_field(mistakes, context) -> None:
    assert mistakes('状態', SCOPE, 'number') == {'wrong-result': '状態'}
    assert mistakes('明細', SCOPE, 'text') == {'wrong-result': '明細'}
    as_text = compile_formula('単価 * 2', SCOPE, 'text')
    assert isinstance(as_text, Formula)
    assert as_text.evaluate({'単価': 50}, context) == '100'


def test_years_between_dates_are_warned_of_as_an_age() -> None:
    formula = compile_formula('DateDiff(生年月日, Today(), TimeUnit.Years)', SCOPE)
    assert isinstance(formula, Formula)
    assert [(each.code, 'AGE(生年月日' in each.advice) for each in formula.warnings] == [('years-of-birth', True)]
    plain = compile_formula('DateDiff(受付日, Today(), TimeUnit.Years)', SCOPE)
    assert isinstance(plain, Formula)
    assert plain.warnings == ()


def test_comparing_a_field_with_an_empty_text_is_warned_of() -> None:
    formula = compile_formula('状態 = ""', SCOPE)
    assert isinstance(formula, Formula)
    assert [each.code for each in formula.warnings] == ['compare-with-empty']


def test_static_facts() -> None:
    formula = compile_formula('If(IsBlank(受付日), 単価, Sum(明細, 数 * 単価))', SCOPE)
    assert isinstance(formula, Formula)
    assert formula.reads == {'受付日', '単価', '明細'}
    assert formula.result.kind == 'number'


def test_a_word_among_numbers_is_warned_of() -> None:
    formula = compile_formula('IfError(単価 / 2, "計算できません")', SCOPE)
    assert isinstance(formula, Formula)
    assert [each.code for each in formula.warnings] == ['word-among-numbers']
    right = compile_formula('IfError(Text(単価 / 2), "計算できません")', SCOPE)
    assert isinstance(right, Formula)
    assert right.warnings == ()


@pytest.mark.parametrize(
    ('source', 'settled'), [('If(true, 1, 2)', 1), ('IFS(完了, 1, true, 2)', 0), ('If(完了, 1, false, 2)', 1)]
)
def test_a_settled_condition_is_warned_of(source: str, settled: int) -> None:
    formula = compile_formula(source, SCOPE)
    assert isinstance(formula, Formula)
    assert [each.code for each in formula.warnings] == ['never-reached'] * settled


@pytest.mark.parametrize(
    ('source', 'value'),
    [
        ('Concat(明細, 物資の名前, "・")', '水・米'),
        ('Concat(Filter(明細, 物資の名前 = "米"), ThisRecord.物資の名前)', '米'),
        ('LookUp(明細 As 行, 行.物資の名前 = "水").物資の名前', '水'),
        ('Concat(明細, 状態)', '受付受付'),
        ('First(Old.明細).物資の名前', None),
    ],
)
def test_labels_of_a_subtable_are_understood_and_names_win(source: str, value: object, context: Context) -> None:
    formula = compile_formula(source, SCOPE)
    assert isinstance(formula, Formula), formula
    assert (
        formula.evaluate({'状態': '受付', '明細': [{'品名': '水', '数': 1}, {'品名': '米', '数': 2}]}, context) == value
    )
