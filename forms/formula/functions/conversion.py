"""Text and Value: values as text in a format, and texts as numbers."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from forms.formula.coercion import to_number, to_text
from forms.formula.culture import culture_of
from forms.formula.format_parts import read_format
from forms.formula.functions.registry import Function, function
from forms.formula.number_text import read_number
from forms.formula.run import Run
from forms.formula.text_format import formatted
from forms.formula.tree import Call, Literal, Node
from forms.formula.value_type import TEXT, becomes
from forms.formula.values import within_length, wrong_kind

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called

GROUP: Final = '文字列'
_SHOWABLE: Final = frozenset(('number', 'date', 'datetime', 'time', 'any', 'blank'))


def _check_text(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    value, *rest = [checker.check(argument) for argument in syntax.arguments]
    if not becomes(value.type, TEXT):
        checker.argument_mistake(function, 0, value)
    if rest:
        _check_format(checker, value, rest[0])
    arguments = [value, *(checker.argument(function, position, node) for position, node in enumerate(rest, 1))]
    blank = not rest and value.blank
    return Call(syntax.start, syntax.end, TEXT, blank, function.name, tuple(arguments))


def _check_format(checker: 'Checker', value: Node, shown: Node) -> None:
    if value.type.kind not in _SHOWABLE:
        checker.note('format-not-wanted', shown.start, shown.end, type=value.type.japanese)
    elif isinstance(shown, Literal) and isinstance(shown.value, str) and not shown.type.enum:
        if read_format(shown.value) is None:
            checker.note('bad-format', shown.start, shown.end, format=shown.value)


@function(
    'Text',
    '値:any, 表示形式:text?, 言語:text?',
    'text',
    '数値や日付を、表示形式にそって文字列にします。和暦は "ggge年m月d日" のように書き、最初の年は元年になります。'
    '「正;負;ゼロ」の形では、丸めて0になる数もゼロの形で書きます（Excelでは正の形）。',
    ('Text(1234.5, "#,##0.00")', '"1,234.50"'),
    ('Text(Date(2024, 4, 1), "ggge年m月d日(aaa)")', '"令和6年4月1日(月)"'),
    ('Text(Date(2024, 4, 1))', '"2024/04/01"'),
    group=GROUP,
    needs_run=True,
    check=_check_text,
)
def text(run: Run, value: Any, shown: str | None = None, language: str | None = None) -> str | None:
    culture = culture_of(language) if language else run.culture
    if shown is None:
        return None if value is None else to_text(value, run)
    if value is None:
        value = 0.0
    if value.__class__ not in (float, int) and not isinstance(value, dt.datetime | dt.timedelta):
        raise wrong_kind(value, 'number')
    if not shown:
        return ''
    return within_length(formatted(value, shown, culture))


def _check_value(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    value, *rest = [checker.check(argument) for argument in syntax.arguments]
    if value.type.kind in ('record', 'table'):
        checker.argument_mistake(function, 0, value)
    return checker.call(syntax, function, [value, *(checker.argument(function, 1, node) for node in rest)])


@function(
    'Value',
    '文字列:any, 言語:text?',
    'number',
    '文字列を数値として読みます。桁区切り、円、%、全角の数字も読めます。日付は1899年12月30日からの日数になります。',
    ('Value("1,234円")', '1234'),
    ('Value("12.5%")', '0.125'),
    group=GROUP,
    needs_run=True,
    may_be_blank=True,
    check=_check_value,
)
def value(run: Run, given: Any, language: str | None = None) -> float | None:
    if given is None:
        return None
    if given.__class__ is str:
        return read_number(given, culture_of(language) if language else run.culture)
    return to_number(given, run)
