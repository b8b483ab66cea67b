"""Functions on tables (subtables, choices, [1, 2, 3]): rows picked, counted, joined."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from forms.formula.coercion import to_text
from forms.formula.errors import FormulaError
from forms.formula.functions.registry import Closure, Function, function, functions
from forms.formula.messages import failure
from forms.formula.operations import among
from forms.formula.run import Run
from forms.formula.tree import Each, Node, Slot
from forms.formula.value_type import BLANK, NUMBER, TEXT, ValueType, becomes, row_of, union
from forms.formula.values import row, within_length

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called
    from forms.formula.tree import Call

GROUP: Final = '表（明細・複数選択）'
FIRST_SLOT: Final = 2


def each_value(node: Node, table: Closure, body: Closure, frame: list[Any]) -> Iterator[Any]:
    """The value of the argument per row; a blank row is there, a row that failed is met only when the argument reads it."""
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
    return table  # type: ignore[no-any-return]


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


def _check_rows(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    given = checker.rows_of(syntax.arguments[0], function, blank=True)
    result = row_of(given.type) if function.name in ('First', 'Last') else function.result
    return checker.call(syntax, function, [given], result)


@function(
    'CountRows',
    '表:table',
    'number',
    '表の行数を返します。',
    ('CountRows([1, 2, 3])', '3'),
    group=GROUP,
    check=_check_rows,
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
    check=_check_rows,
)
def is_empty(table: Any) -> bool:
    return not rows(table)


@function(
    'First',
    '表:table',
    'any',
    '最初の行を返します。',
    ('First(["総務課", "市民課"]).Value', '"総務課"'),
    group=GROUP,
    may_be_blank=True,
    check=_check_rows,
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
    check=_check_rows,
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


def _check_concat(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    """CONCAT(a, b) of Excel when the first argument is no table, Concat(table, expression, separator) of Power Fx otherwise."""
    kept = len(checker.mistakes)
    given = checker.check(syntax.arguments[0])
    if given.type.kind not in ('table', 'any'):
        del checker.mistakes[kept:]
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
        parts = (
            [next(iter(row(one).values())) if one else None for one in value] if value.__class__ is list else [value]
        )
        texts.extend('' if part is None else to_text(part, run) for part in parts)
    return within_length(separator.join(text for text in texts if text or not skip))


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
    column = next((next(iter(one), '') for one in given if one), '')
    return among(wanted, given, column, True, run)
