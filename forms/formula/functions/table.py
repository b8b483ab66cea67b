"""Functions on tables (subtables, choices, [1, 2, 3]): rows picked, counted, joined."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from forms.formula.errors import FormulaError
from forms.formula.functions.registry import FIRST_SLOT, Closure, Function, function
from forms.formula.messages import failure
from forms.formula.tree import Each, Node
from forms.formula.value_type import BLANK, ValueType, row_of, union
from forms.formula.values import row

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called
    from forms.formula.tree import Call

GROUP: Final = '表（明細・複数選択）'


def each_value(node: Node, table: Closure, body: Closure, frame: list[Any]) -> Iterator[Any]:
    """The value of the argument per row.

    A blank row is there, a row that failed is met only when the argument reads it.
    """
    assert isinstance(node, Each)
    place, run, parts = node.depth + FIRST_SLOT, frame[1], node.parts
    for each in rows(table(frame)):
        run.step(parts)
        frame[place] = each
        yield body(frame)


def rows(table: Any) -> list[Any]:
    """The rows; those of a blank table are none."""
    if table is None:
        return []
    if table.__class__ is not list:
        raise failure('InvalidArgument', 'not-listable')
    return table


def _check_table(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    given = [checker.check(argument) for argument in syntax.arguments]
    merged = BLANK
    for node in given:
        row_type = row_of(node.type) if node.type.kind == 'table' else node.type
        if row_type.kind not in ('record', 'any', 'blank'):
            checker.note('table-wanted', node.start, node.end, name='Table', type=node.type.japanese)
            continue
        wider = union(merged, row_type)
        if wider is None:
            checker.note('column-types-differ', node.start, node.end, name=_differing(merged, row_type))
        merged = wider or merged
    result = ValueType('table', merged.columns)
    arguments = [
        checker.coerced(node, result if node.type.kind == 'table' else ValueType('record', merged.columns))
        for node in given
    ]
    return checker.call(syntax, function, arguments, result)


def _differing(first: ValueType, second: ValueType) -> str:
    for name, value_type in second.columns:
        known = first.column(name)
        if known is not None and union(known, value_type) is None:
            return name
    return 'Value'


@function(
    'Table',
    'レコードか表:any*',
    'table',
    'レコードや表をつないで、1つの表にします。',
    ('CountRows(Table({品名: "水"}, {品名: "毛布"}))', '2'),
    group=GROUP,
    lazy=True,
    check=_check_table,
)
def table(node: 'Call', arguments: list[Closure]) -> Closure:
    whole = [argument.type.kind == 'table' for argument in node.arguments]

    def joined(frame: list[Any]) -> list[Any]:
        result: list[Any] = []
        for argument, is_table in zip(arguments, whole, strict=True):
            if is_table:
                part = argument(frame)
                result.extend([None] if part is None else part)
            else:
                result.append(_row_or_error(argument, frame))
        return result

    return joined


def _row_or_error(argument: Closure, frame: list[Any]) -> Any:
    try:
        return argument(frame)
    except FormulaError as error:
        return error


def check_rows(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    """A call whose only argument is a table, blank or not."""
    given = checker.rows_of(syntax.arguments[0], function, blank=True)
    result = row_of(given.type) if function.name in ('First', 'Last') else function.result
    return checker.call(syntax, function, [given], result)


@function(
    'First',
    '表:table',
    'any',
    '最初の行を返します。',
    ('First(["総務課", "市民課"]).Value', '"総務課"'),
    group=GROUP,
    may_be_blank=True,
    check=check_rows,
)
def first(table: Any) -> Any:
    return row(rows(table)[0]) if table else None


@function(
    'Last',
    '表:table',
    'any',
    '最後の行を返します。',
    ('Last(["総務課", "市民課"]).Value', '"市民課"'),
    group=GROUP,
    may_be_blank=True,
    check=check_rows,
)
def last(table: Any) -> Any:
    return row(rows(table)[-1]) if table else None


def _check_picking(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    given = checker.rows_of(syntax.arguments[0], function)
    condition = checker.per_row(given, syntax.arguments[0], syntax.arguments[1])
    arguments = [given, checker.condition(condition, function)]
    result = given.type
    if function.name == 'LookUp':
        result = row_of(given.type)
        if len(syntax.arguments) == 3:
            wanted = checker.per_row(given, syntax.arguments[0], syntax.arguments[2])
            arguments.append(wanted)
            result = wanted.type
    elif len(syntax.arguments) > 2:
        extra = syntax.arguments[2]
        checker.note('one-condition', extra.start - 1, extra.end, name=function.name)
    return checker.call(syntax, function, arguments, result)


@function(
    'Filter',
    '表:table, 条件:boolean, ほかの条件:boolean*',
    'table',
    '条件に合う行だけの表を返します。条件の中では列の名前を使えます（1列の表では Value）。',
    ('CountRows(Filter([10, 20, 30], Value >= 20))', '2'),
    group=GROUP,
    lazy=True,
    check=_check_picking,
)
def filter_(node: 'Call', arguments: list[Closure]) -> Closure:
    table, condition = arguments
    each = node.arguments[1]

    def matching(frame: list[Any]) -> list[Any]:
        given = rows(table(frame))
        met = list(each_value(each, lambda _: given, condition, frame))
        return [one for one, truth in zip(given, met, strict=True) if truth]

    return matching


@function(
    'LookUp',
    '表:table, 条件:boolean, 返す値:any?',
    'any',
    '条件に合う最初の行を返します。返す値を書くと、その行から計算した値を返します。',
    ('LookUp(Table({品名: "水", 数: 5}), 品名 = "水", 数)', '5'),
    group=GROUP,
    lazy=True,
    may_be_blank=True,
    check=_check_picking,
)
def look_up(node: 'Call', arguments: list[Closure]) -> Closure:
    table, condition, *rest = arguments
    each = node.arguments[1]
    assert isinstance(each, Each)
    place = each.depth + FIRST_SLOT

    def found(frame: list[Any]) -> Any:
        for truth in each_value(each, table, condition, frame):
            if truth:
                return rest[0](frame) if rest else row(frame[place])
        return None

    return found
