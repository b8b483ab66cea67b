"""Eras, ages, fiscal years, business days, width, kanji numerals: what Power Fx has no case for."""

import datetime as dt

import pytest

from forms.formula import Context, Formula, FormulaError, Scope, compile_formula
from forms.japanese.calendar import BusinessCalendar


@pytest.mark.parametrize(
    ('source', 'value'),
    [
        ('Text(Date(2024, 4, 1), "ggge年m月d日")', '令和6年4月1日'),
        ('Text(Date(2024, 4, 1), "[$-411]ggge""年""m""月""d""日""")', '令和6年4月1日'),
        ('Text(Date(2024, 4, 1), "ge.m.d")', 'R6.4.1'),
        ('Text(Date(2024, 4, 1), "ggee年mm月dd日(aaaa)")', '令06年04月01日(月曜日)'),
        ('Text(Date(2019, 5, 1), "ggge年m月d日")', '令和元年5月1日'),
        ('Text(Date(2019, 5, 1), "ge.m.d")', 'R1.5.1'),
        ('Text(Date(2019, 5, 1), "[$-ja-JP-x-gannen]gge/m/d")', '令元/5/1'),
        ('Text(Date(2019, 4, 30), "ggge年")', '平成31年'),
        ('Text(Date(1926, 12, 25), "ggge年")', '昭和元年'),
        ('Text(DateTime(2024, 4, 1, 14, 5, 0), "yyyy/mm/dd AM/PM h:mm")', '2024/04/01 午後 2:05'),
        ('Text(Date(2024, 4, 1), "m月d日(ddd)")', '4月1日(月)'),
        ('Text(Date(2024, 4, 1), "mmmm")', '4月'),
        ('Text(1234567.5, "¥#,##0")', '¥1,234,568'),
        ('Text(0.125, "0.0%")', '12.5%'),
        ('Text(-5, "#,##0;▲#,##0")', '▲5'),
        ('Date(2024, 4, 1) & ""', '2024/04/01'),
        ('Time(9, 5, 0) & ""', '9:05'),
        ('DateValue("令和6年4月1日")', '2024-04-01'),
        ('DateValue("令和元年5月1日")', '2019-05-01'),
        ('DateValue("R6.4.1")', '2024-04-01'),
        ('DateValue("Ｒ６．４．１")', '2024-04-01'),
        ('DateValue("㋿6年4月1日")', '2024-04-01'),
        ('DateValue("昭和六十四年一月七日")', '1989-01-07'),
        ('DateValue("平成31年5月1日")', '2019-05-01'),
        ('DateValue("2024年4月1日")', '2024-04-01'),
        ('DateValue("２０２４／４／１")', '2024-04-01'),
        ('DateValue("20240401")', '2024-04-01'),
        ('DateTimeValue("令和6年4月1日 9:05")', '2024-04-01T09:05:00+09:00'),
        ('DateTimeValue("2024/4/1 午後2時5分")', '2024-04-01T14:05:00+09:00'),
        ('DateTimeValue("2024-04-01T00:05:00Z")', '2024-04-01T09:05:00+09:00'),
        ('Year("令和6年4月1日")', 2024),
        ('Text(DateTime(2024, 4, 1, 9, 5, 0), DateTimeFormat.UTC)', '2024-04-01T00:05:00.000Z'),
        ('Text(Date(2024, 4, 1), DateTimeFormat.LongDate)', '2024年4月1日'),
        ('Text(0.00001) & " " & Text(0.0001) & " " & Text(10^15)', '1E-05 0.0001 1E+15'),
        ('Value("１，２３４円")', 1234),
        ('Value("△5")', None),
        ('WAREKI(Date(2024, 4, 1))', '令和6年4月1日'),
        ('DATESTRING(Date(2019, 5, 1))', '令和01年05月01日'),
        ('FISCALYEAR(Date(2024, 3, 31))', 2023),
        ('FISCALYEAR(Date(2024, 4, 1))', 2024),
        ('AGE(Date(2000, 2, 29), Date(2023, 2, 28))', 22),
        ('AGE(Date(2000, 2, 29), Date(2023, 3, 1))', 23),
        ('AGE(Date(1984, 4, 1))', 40),
        ('AGE(Date(1984, 4, 2))', 39),
        ('DATEDIF(Date(2024, 1, 31), Date(2024, 2, 29), "M")', 0),
        ('DATEDIF(Date(2020, 2, 29), Date(2024, 2, 28), "Y")', 3),
        ('DATEDIF(Date(2023, 11, 15), Date(2024, 4, 1), "YM")', 4),
        ('DATEDIF(Date(2023, 11, 15), Date(2024, 4, 1), "MD")', 17),
        ('DATEDIF(Date(2023, 11, 15), Date(2024, 4, 1), "YD")', 138),
        ('DateDiff(Date(2023, 12, 31), Date(2024, 1, 1), TimeUnit.Years)', 1),
        ('NETWORKDAYS(Date(2024, 12, 27), Date(2025, 1, 6))', 2),
        ('NETWORKDAYS(Date(2025, 1, 6), Date(2024, 12, 27))', -2),
        ('WORKDAY(Date(2024, 12, 27), 1)', '2025-01-06'),
        ('WORKDAY(Date(2025, 1, 6), -1)', '2024-12-27'),
        ('WORKDAY(Date(2024, 5, 4), 0)', '2024-05-04'),
        ('ASC("ＡＢＣ　ガッコウ１")', 'ABC ｶﾞｯｺｳ1'),
        ('JIS("ABC ｶﾞｯｺｳ1")', 'ＡＢＣ　ガッコウ１'),
        ('HIRAGANA("ﾐﾎﾝ タロウ")', 'みほん たろう'),
        ('KATAKANA("みほん")', 'ミホン'),
        ('YEN(1234.5)', '¥1,235'),
        ('YEN(1234.5, 1)', '¥1,234.5'),
        ('YEN(1234, -2)', '¥1,200'),
        ('NUMBERSTRING(12345, 1)', '一万二千三百四十五'),
        ('NUMBERSTRING(12345, 2)', '壱万弐千参百四拾五'),
        ('NUMBERSTRING(12345, 3)', '一二三四五'),
        ('CEILING(1.1, 0.5)', 1.5),
        ('FLOOR(-1.1, 0.5)', -1.5),
        ('Round(1.005, 2)', 1.01),
        ('Round(2.5, 0) & Round(-2.5, 0)', '3-3'),
        ('Len("𠮷野家")', 3),
        ('Left("𠮷野家", 1)', '𠮷'),
        ('Trim("　見本　　太郎　")', '見本　太郎'),
        ('TEXTJOIN("、", false, "水", "", "米")', '水、、米'),
        ('CONCAT("令和", 6, "年")', '令和6年'),
        ('IFS(1 > 2, "a", 2 > 1, "b")', 'b'),
        ('CONTAINS(["水", "米"], "み")', False),
    ],
)
def test_values(source: str, value: object, evaluate) -> None:
    if value is None:
        with pytest.raises(FormulaError):
            evaluate(source)
    else:
        assert evaluate(source) == value


@pytest.mark.parametrize(
    ('source', 'kind'),
    [
        ('AGE(Date(2025, 1, 1), Date(2024, 1, 1))', 'InvalidArgument'),
        ('DATEDIF(Date(2025, 1, 1), Date(2024, 1, 1), "Y")', 'InvalidArgument'),
        ('DATEDIF(Date(2024, 1, 1), Date(2024, 2, 1), "Q")', 'InvalidArgument'),
        ('DateValue("6/4/1")', 'InvalidArgument'),
        ('DateValue("令和6年2月30日")', 'InvalidArgument'),
        ('NUMBERSTRING(-1, 1)', 'InvalidArgument'),
        ('NUMBERSTRING(1, 4)', 'InvalidArgument'),
        ('IFS(1 > 2, "a")', 'NotApplicable'),
        ('CEILING(1, -1)', 'Numeric'),
        ('WORKDAY(Date(2024, 4, 1), 1000000)', 'InvalidArgument'),
        ('Text(1, "0", "日本語")', 'BadLanguageCode'),
        ('TEXTJOIN("、", true, ["水", Left("米", -1)])', 'InvalidArgument'),
        ('CONTAINS(["水", Left("米", -1)], "米")', 'InvalidArgument'),
    ],
)
def test_errors(source: str, kind: str, evaluate) -> None:
    with pytest.raises(FormulaError) as caught:
        evaluate(source)
    assert caught.value.kind == kind


def test_closing_days_and_start_of_the_fiscal_year_come_from_the_context() -> None:
    calendar = BusinessCalendar(closing={dt.date(2024, 4, 2)})
    context = Context(dt.datetime(2024, 4, 1), calendar=calendar, fiscal_start=10)
    formula = compile_formula('WORKDAY(Today(), 1) & "|" & FISCALYEAR(Today())', Scope())
    assert isinstance(formula, Formula)
    assert formula.evaluate({}, context) == '2024/04/03|2023'


def test_blank_dates_stay_blank(evaluate) -> None:
    counted = ['DATEDIF(日, Today(), "Y")', 'DATEDIF(Today(), 日, "D")', 'NETWORKDAYS(日, Today())', 'WORKDAY(日, 3)']
    for source in (
        'WAREKI(日)',
        'AGE(日)',
        'FISCALYEAR(日)',
        'DATESTRING(日)',
        'YEN(数)',
        'NUMBERSTRING(数)',
        *counted,
    ):
        assert evaluate(source, {'日': 'date', '数': 'number'}, {}) is None
