"""Values of records go in as they are stored and come out as they are stored."""

import datetime as dt
import pickle
from zoneinfo import ZoneInfo

import pytest

from forms.formula import CHOICES, Context, Formula, FormulaError, Scope, compile_formula, record, table
from forms.formula.run import Run

FIELDS = {
    '氏名': 'text',
    '人数': 'number',
    '入所日': 'date',
    '受付': 'datetime',
    '開始': 'time',
    '済': 'boolean',
    '用件': CHOICES,
    '居場所': record({'部屋': 'text', '定員': 'number'}),
    '明細': table({'品名': 'text', '数': 'number', '期限': 'date'}),
    '不明': 'any',
}
RECORD = {
    '氏名': '見本 太郎',
    '人数': 3,
    '入所日': '2024-02-28',
    '受付': '2024-03-31T23:30:00+09:00',
    '開始': '09:05',
    '済': True,
    '用件': ['住民票', 'その他'],
    '居場所': {'部屋': '和室', '定員': 8},
    '明細': [{'品名': '水', '数': 5, '期限': '2024-05-01'}, {'品名': '米', '数': None}, {'品名': '毛布', '数': 2.5}],
    '不明': [1, 2],
}


@pytest.mark.parametrize(
    ('source', 'stored'),
    [
        ('人数 * 2', 6),
        ('人数 / 2', 1.5),
        ('入所日 + 2', '2024-03-01'),
        ('受付 + 1', '2024-04-01T23:30:00+09:00'),
        ('開始 + 0.5', '21:05'),
        ('Hour(受付) & "時"', '23時'),
        ('済 && 人数 = 3', True),
        ('用件', ['住民票', 'その他']),
        ('CONTAINS(用件, "その他")', True),
        ('"住民票" in 用件', True),
        ('CountRows(用件)', 2),
        ('居場所.部屋 & 居場所.定員', '和室8'),
        ('居場所', {'部屋': '和室', '定員': 8}),
        ('Sum(明細, 数)', 7.5),
        ('CountIf(明細, IsBlank(数))', 1),
        ('LookUp(明細, 品名 = "毛布").数', 2.5),
        ('Concat(Filter(明細, 数 > 1), 品名, "・")', '水・毛布'),
        ('First(明細).期限', '2024-05-01'),
        ('Filter(明細, 品名 = "水")', [{'品名': '水', '数': 5, '期限': '2024-05-01'}]),
        ('LookUp(明細 As 行, 行.品名 = "水", 行.数)', 5),
        ('SUMIF(明細, ThisRecord.品名 = "水", 数)', 5),
        ('CountIf(不明, Value > 1)', 1),
        ('DateDiff(入所日, Today())', 33),
        ('Now()', '2024-04-01T09:05:00+09:00'),
        ('Text(入所日) & " " & Text(受付)', '2024/02/28 2024/03/31 23:30'),
        ('CurrentUser & CurrentDepartment()', '見本 太郎総務課'),
    ],
)
def test_stored_values(source: str, stored: object, evaluate) -> None:
    assert evaluate(source, FIELDS, RECORD) == stored


@pytest.mark.parametrize('empty', [{}, dict.fromkeys(FIELDS, ''), dict.fromkeys(FIELDS)])
@pytest.mark.parametrize(
    ('source', 'value'),
    [
        *((f'IsBlank({name})', True) for name in FIELDS),
        ('人数 + 1', 1),
        ('"〒" & 氏名', '〒'),
        ('Sum(明細, 数)', None),
        ('CountRows(明細)', 0),
        ('"その他" in 用件', False),
        ('CONTAINS(用件, "その他")', False),
        ('居場所.部屋', None),
        ('済 Or false', False),
        ('入所日', None),
        ('氏名 = "見本"', False),
        ('人数 = 0', False),
    ],
)
def test_missing_none_and_empty_are_blank(source: str, value: object, empty: dict, evaluate) -> None:
    assert evaluate(source, FIELDS, empty) == value


@pytest.mark.parametrize(
    ('source', 'values'),
    [
        ('人数 + 1', {'人数': '三人'}),
        ('人数 + 1', {'人数': float('nan')}),
        ('人数 * 人数', {'人数': 10**400}),
        ('入所日 + 1', {'入所日': '2024-02-31'}),
        ('入所日 + 1', {'入所日': {'年': 2024}}),
        ('受付 + 1', {'受付': 5}),
        ('開始 + 1', {'開始': '25:00'}),
        ('Sum(明細, 数)', {'明細': '水'}),
        ('Sum(明細, 数)', {'明細': [{'数': '五'}]}),
        ('居場所.部屋', {'居場所': ['和室']}),
        ('済 Or false', {'済': 'はい'}),
        ('不明.部屋', {'不明': 'text'}),
    ],
)
def test_a_wrong_value_in_a_record_is_an_error_of_the_language(source: str, values: dict, context: Context) -> None:
    formula = compile_formula(source, Scope(FIELDS))
    assert isinstance(formula, Formula)
    with pytest.raises(FormulaError):
        formula.evaluate(values, context)


def test_one_bad_cell_leaves_other_columns_alone(evaluate) -> None:
    rows = {'明細': [{'品名': '水', '数': '五'}, {'品名': '米', '数': 2}]}
    assert evaluate('Concat(明細, 品名)', FIELDS, rows) == '水米'
    assert evaluate('Sum(明細, IfError(数, 0))', FIELDS, rows) == 2


def test_errors_mark_the_piece_of_source(context: Context) -> None:
    formula = compile_formula('10 + 1 / 人数', Scope(FIELDS))
    assert isinstance(formula, Formula)
    with pytest.raises(FormulaError) as caught:
        formula.evaluate({'人数': 0}, context)
    assert (caught.value.kind, formula.source[caught.value.start : caught.value.end]) == ('Div0', '1 / 人数')


def test_today_is_the_day_in_japan_whatever_the_zone_of_the_clock() -> None:
    utc = Context(dt.datetime(2024, 3, 31, 15, 30, tzinfo=ZoneInfo('UTC')))
    formula = compile_formula('Today()', Scope())
    assert isinstance(formula, Formula)
    assert formula.evaluate({}, utc) == '2024-04-01'


def test_old_values() -> None:
    context = Context(dt.datetime(2024, 4, 1), old={'人数': 2, '入所日': '2024-01-01'})
    formula = compile_formula('If(人数 <> Old.人数, Text(Old.入所日 + 1), "同じ")', Scope(FIELDS))
    assert isinstance(formula, Formula)
    assert formula.evaluate({'人数': 3}, context) == '2024/01/02'
    assert formula.evaluate({'人数': 2}, context) == '同じ'


def test_english_locale() -> None:
    context = Context(dt.datetime(2024, 4, 1, 14, 5), locale='en-US')
    formula = compile_formula('Today() & "|" & Now() & "|" & DateValue("3/4/2024")', Scope())
    assert isinstance(formula, Formula)
    assert formula.evaluate({}, context) == '4/1/2024|4/1/2024 2:05 PM|3/4/2024'


def test_a_formula_travels_to_a_worker_process(context: Context) -> None:
    formula = compile_formula('Sum(明細, 数) + 人数', Scope(FIELDS), 'text')
    assert isinstance(formula, Formula)
    travelled = pickle.loads(pickle.dumps(formula))
    assert travelled == formula
    assert travelled.evaluate(RECORD, context) == '10.5'


def test_a_prepared_formula_counts_the_work_of_each_record_alone(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('forms.formula.formula.MOST_STEPS', 1000)
    formula = compile_formula('NETWORKDAYS(入所日, 入所日 + 900) > 人数', Scope(FIELDS))
    assert isinstance(formula, Formula)
    judge = formula.prepared(Run(context))
    assert [judge(RECORD) for _ in range(3)] == [True] * 3
