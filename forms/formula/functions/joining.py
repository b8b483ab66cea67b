"""Texts made from the rows of a table, and whether a value is among them."""

from typing import TYPE_CHECKING, Any

from forms.formula.coercion import to_text
from forms.formula.functions.registry import Closure, Function, function, functions
from forms.formula.functions.table import GROUP, each_value
from forms.formula.operations import among
from forms.formula.run import Run
from forms.formula.tree import Node
from forms.formula.value_type import TEXT, becomes
from forms.formula.values import cell, row, within_length

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called
    from forms.formula.tree import Call


def _check_concat(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    """Concat(table, expression, separator) of Power Fx; CONCAT(a, b) of Excel when the first argument is no table."""
    kept, kept_warnings = len(checker.mistakes), len(checker.warnings)
    given = checker.check(syntax.arguments[0])
    if given.type.kind not in ('table', 'any'):
        del checker.mistakes[kept:], checker.warnings[kept_warnings:]
        return checker.plain_call(syntax, functions()['concatenate'])
    if len(syntax.arguments) == 1:
        checker.note('too-few-arguments', syntax.start, syntax.end, name='Concat', count=1, usage=function.usage)
        return checker.broken(syntax, TEXT)
    body = checker.per_row(given, syntax.arguments[0], syntax.arguments[1])
    if not becomes(body.type, TEXT):
        checker.argument_mistake(function, 1, body)
    rest = [checker.as_text(checker.check(argument)) for argument in syntax.arguments[2:]]
    return checker.call(syntax, function, [given, checker.coerced_each(body, TEXT, zero=True), *rest])


@function(
    'Concat',
    '表:table, 文字列:text?, 区切り:text?',
    'text',
    '表の各行から作った文字列をつなぎます。最初が表でないときは、Excelの CONCAT と同じく引数をつなぎます。',
    ('Concat(["水", "毛布"], Value, "、")', '"水、毛布"'),
    group=GROUP,
    lazy=True,
    check=_check_concat,
)
def concat(node: 'Call', arguments: list[Closure]) -> Closure:
    table, body, *rest = arguments
    each = node.arguments[1]

    def joined(frame: list[Any]) -> str:
        separator = rest[0](frame) if rest else ''
        return within_length(separator.join(each_value(each, table, body, frame)))

    return joined


def _check_text_join(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    given = [checker.check(argument) for argument in syntax.arguments]
    arguments = [checker.argument(function, index, node) for index, node in enumerate(given[:2])]
    for node in given[2:]:
        if node.type.kind == 'table' and len(node.type.columns) != 1:
            checker.note('one-column-wanted', node.start, node.end)
        arguments.append(node if node.type.kind == 'table' else checker.as_text(node))
    return checker.call(syntax, function, arguments)


@function(
    'TEXTJOIN',
    '区切り:text, 空を飛ばす:boolean, 文字列か表:any, 次の文字列か表:any*',
    'text',
    '文字列や1列の表の値を、区切りをはさんでつなぎます。',
    ('TEXTJOIN("、", true, "水", "", "毛布")', '"水、毛布"'),
    ('TEXTJOIN("、", true, ["要介護", "妊婦"])', '"要介護、妊婦"'),
    group=GROUP,
    needs_run=True,
    check=_check_text_join,
)
def text_join(run: Run, separator: str, skip: bool, *given: Any) -> str:
    texts: list[str] = []
    for value in given:
        parts = [_only_cell(one) for one in value] if value.__class__ is list else [value]
        texts.extend('' if part is None else to_text(part, run) for part in parts)
    return within_length(separator.join(text for text in texts if text or not skip))


def _only_cell(given: Any) -> Any:
    """The value of a row of one column."""
    one = row(given)
    return cell(one, next(iter(one))) if one else None


def _check_contains(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    given, wanted = (checker.check(argument) for argument in syntax.arguments)
    if given.type.kind == 'table':
        if len(given.type.columns) != 1:
            checker.note('one-column-wanted', given.start, given.end)
    else:
        given = checker.as_text(given)
    return checker.call(syntax, function, [given, checker.as_text(wanted)])


@function(
    'CONTAINS',
    '項目:any, 値:text',
    'boolean',
    '複数選択の項目でその値が選ばれているとき、または文字列にその文字列が含まれるとき true を返します。',
    ('CONTAINS(["要介護", "妊婦"], "妊婦")', 'true'),
    ('CONTAINS("避難所の水", "水")', 'true'),
    group=GROUP,
    needs_run=True,
    check=_check_contains,
)
def contains(run: Run, given: Any, wanted: str) -> bool:
    if given.__class__ is not list:
        return wanted in (given or '')
    column = next((name for one in given if one.__class__ is dict for name in one), '')
    return among(wanted, given, column, True, run)
