"""How many rows a table has: all of them, those that meet a condition, those with a value."""

from typing import TYPE_CHECKING, Any

from forms.formula.functions.registry import Closure, Function, function
from forms.formula.functions.table import GROUP, check_rows, each_value, rows
from forms.formula.tree import Each, Node, Slot
from forms.formula.value_type import NUMBER, row_of

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called
    from forms.formula.tree import Call


@function(
    'CountRows',
    '表:table',
    'number',
    '表の行数を返します。',
    ('CountRows([1, 2, 3])', '3'),
    group=GROUP,
    check=check_rows,
)
def count_rows(table: Any) -> float:
    return float(len(rows(table)))


@function(
    'IsEmpty',
    '表:table',
    'boolean',
    '表に行がないとき true を返します。',
    ('IsEmpty([])', 'true'),
    group=GROUP,
    check=check_rows,
)
def is_empty(table: Any) -> bool:
    return not rows(table)


def _check_counting(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    given = checker.rows_of(syntax.arguments[0], function)
    conditions = [
        checker.condition(checker.per_row(given, syntax.arguments[0], condition), function)
        for condition in syntax.arguments[1:]
    ]
    return checker.call(syntax, function, [given, *conditions])


@function(
    'CountIf',
    '表:table, 条件:boolean, ほかの条件:boolean*',
    'number',
    '条件に合う行の数を返します。',
    ('CountIf([10, 20, 30], Value >= 20)', '2'),
    group=GROUP,
    lazy=True,
    check=_check_counting,
)
def count_if(node: 'Call', arguments: list[Closure]) -> Closure:
    table, *conditions = arguments
    each = node.arguments[1]
    return lambda frame: float(
        sum(
            truth and all(condition(frame) for condition in conditions[1:])
            for truth in each_value(each, table, conditions[0], frame)
        )
    )


def _check_column(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    """Count and CountA take a table of one column; it is read into slot by slot as the argument of every row."""
    given = checker.rows_of(syntax.arguments[0], function, blank=True)
    columns = given.type.columns
    if given.type.kind == 'table' and len(columns) != 1:
        checker.note('one-column-wanted', given.start, given.end)
    name, value_type = columns[0] if len(columns) == 1 else ('Value', NUMBER)
    if function.name == 'Count' and value_type.kind not in ('number', 'any', 'blank'):
        checker.note(
            'argument-type',
            given.start,
            given.end,
            name='Count',
            parameter='表',
            type=value_type.japanese,
            wanted='数値の列',
        )
    with checker.row(row_of(given.type)) as depth:
        body = checker.column(given, name, value_type, Slot(given.start, given.end, row_of(given.type), True, depth))
        each = Each(given.start, given.end, value_type, True, depth, body, 2)
    return checker.call(syntax, function, [given, each])


@function(
    'Count',
    '表:table',
    'number',
    '1列の表にある数値の個数を返します。',
    ('Count([1, Blank(), 3])', '2'),
    group=GROUP,
    lazy=True,
    check=_check_column,
)
def count(node: 'Call', arguments: list[Closure]) -> Closure:
    table, body = arguments
    each = node.arguments[1]
    return lambda frame: float(sum(value is not None for value in each_value(each, table, body, frame)))


@function(
    'CountA',
    '表:table',
    'number',
    '1列の表にある、空白でない値の個数を返します。',
    ('CountA(["水", Blank()])', '1'),
    group=GROUP,
    lazy=True,
    check=_check_column,
)
def count_a(node: 'Call', arguments: list[Closure]) -> Closure:
    return count(node, arguments)  # type: ignore[no-any-return]
