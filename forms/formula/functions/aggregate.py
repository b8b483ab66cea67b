"""Sum, Average, Min, Max: over numbers written one by one, or over the rows of a table."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, Final

from forms.formula.functions.registry import Closure, Function, function
from forms.formula.functions.table import each_value
from forms.formula.messages import failure
from forms.formula.tree import As, Each, Node
from forms.formula.value_type import MOMENTS, NUMBER, ValueType, becomes
from forms.formula.values import finite

if TYPE_CHECKING:
    from forms.formula.check import Checker
    from forms.formula.syntax import Called
    from forms.formula.tree import Call

GROUP: Final = '集計'
_DATED: Final = frozenset(('Min', 'Max'))


def _check(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    first = checker.check(syntax.arguments[0])
    if first.type.kind == 'table':
        return _check_rows(checker, syntax, function, first)
    given = [first, *(checker.check(argument) for argument in syntax.arguments[1:])]
    for position, node in enumerate(given):
        if not becomes(node.type, NUMBER):
            checker.argument_mistake(function, position, node)
    result = _result(function, given)
    dated = [checker.coerced(node, result) if node.type.kind == 'text' else node for node in given]
    numbers = [checker.coerced(node, NUMBER) for node in dated]
    return _read_back(checker.call(syntax, function, numbers), result)


def _check_rows(checker: 'Checker', syntax: 'Called', function: Function, table: Node) -> Node:
    if not checker.right_count(syntax, function, 2, 2):
        return checker.broken(syntax, NUMBER)
    body = checker.per_row(table, syntax.arguments[0], syntax.arguments[1])
    if not becomes(body.type, NUMBER):
        checker.argument_mistake(function, 1, body)
    call = checker.call(syntax, function, [table, checker.coerced_each(body, NUMBER)])
    return _read_back(call, _result(function, [body]))


def _result(function: Function, given: list[Node]) -> ValueType:
    """Min and Max of dates give dates, led by the first that is not blank; everything else is a number."""
    leading = next((node.type for node in given if node.type.kind != 'blank'), NUMBER)
    return leading if function.name in _DATED and leading.kind in MOMENTS else NUMBER


def _read_back(call: 'Call', result: ValueType) -> Node:
    return call if result.kind == 'number' else As(call.start, call.end, result, True, call, False)


def _aggregate(compute: Callable[[Iterable[float]], float | None]) -> Callable[['Call', list[Closure]], Closure]:
    def build(node: 'Call', arguments: list[Closure]) -> Closure:
        if len(arguments) == 2 and isinstance(node.arguments[1], Each):
            table, body = arguments
            each = node.arguments[1]
            return lambda frame: compute(_known(each_value(each, table, body, frame)))
        return lambda frame: compute(_known([argument(frame) for argument in arguments]))

    return build


def _known(numbers: Iterable[Any]) -> list[float]:
    return [number for number in numbers if number is not None]


def _sum(numbers: Iterable[float]) -> float | None:
    known = list(numbers)
    return finite(_total(known)) if known else None


def _average(numbers: Iterable[float]) -> float:
    known = list(numbers)
    if not known:
        raise failure('Div0', 'empty-average')
    return finite(_total(known) / len(known))


def _total(numbers: list[float]) -> float:
    """One addition after the other: `sum` makes up for rounding since Python 3.12, a browser does not."""
    return reduce(add, numbers, 0.0)


@function(
    'Sum',
    '数値か表:any, 次の数値か行ごとの式:any*',
    'number',
    '合計します。表のときは、行ごとの式の値を合計します。空白は数えません。',
    ('Sum(1, 2, 3)', '6'),
    ('Sum(Table({単価: 100, 数: 2}, {単価: 50, 数: 4}), 単価 * 数)', '400'),
    group=GROUP,
    lazy=True,
    may_be_blank=True,
    check=_check,
)
def sum_(node: 'Call', arguments: list[Closure]) -> Closure:
    return _aggregate(_sum)(node, arguments)


@function(
    'Average',
    '数値か表:any, 次の数値か行ごとの式:any*',
    'number',
    '平均します。表のときは、行ごとの式の値を平均します。空白は数えません。',
    ('Average(1, 2, 6)', '3'),
    group=GROUP,
    lazy=True,
    check=_check,
)
def average(node: 'Call', arguments: list[Closure]) -> Closure:
    return _aggregate(_average)(node, arguments)


@function(
    'Min',
    '数値か表:any, 次の数値か行ごとの式:any*',
    'any',
    '最も小さい数値か、最も早い日付を返します。空白は数えません。',
    ('Min(3, 1, 2)', '1'),
    group=GROUP,
    lazy=True,
    may_be_blank=True,
    check=_check,
)
def min_(node: 'Call', arguments: list[Closure]) -> Closure:
    return _aggregate(lambda numbers: min(numbers, default=None))(node, arguments)


@function(
    'Max',
    '数値か表:any, 次の数値か行ごとの式:any*',
    'any',
    '最も大きい数値か、最も遅い日付を返します。空白は数えません。',
    ('Max(3, 1, 2)', '3'),
    group=GROUP,
    lazy=True,
    may_be_blank=True,
    check=_check,
)
def max_(node: 'Call', arguments: list[Closure]) -> Closure:
    return _aggregate(lambda numbers: max(numbers, default=None))(node, arguments)


def _check_if(checker: 'Checker', syntax: 'Called', function: Function) -> Node:
    table = checker.rows_of(syntax.arguments[0], function)
    condition = checker.per_row(table, syntax.arguments[0], syntax.arguments[1])
    body = checker.per_row(table, syntax.arguments[0], syntax.arguments[2])
    if not becomes(body.type, NUMBER):
        checker.argument_mistake(function, 2, body)
    arguments = [table, checker.condition(condition, function), checker.coerced_each(body, NUMBER)]
    return checker.call(syntax, function, arguments)


def _where(compute: Callable[[Iterable[float]], float | None]) -> Callable[['Call', list[Closure]], Closure]:
    def build(node: 'Call', arguments: list[Closure]) -> Closure:
        table, condition, body = arguments
        each = node.arguments[1]

        def over_matching(frame: list[Any]) -> float | None:
            met = each_value(each, table, condition, frame)
            return compute(_known(body(frame) for truth in met if truth))

        return over_matching

    return build


@function(
    'SUMIF',
    '表:table, 条件:boolean, 行ごとの式:number',
    'number',
    '条件に合う行だけを合計します。Sum(Filter(表, 条件), 式) と同じで、合う行がなければ空白です（Excelでは0）。',
    ('SUMIF(Table({区分: "水", 数: 5}, {区分: "米", 数: 3}), 区分 = "水", 数)', '5'),
    group=GROUP,
    lazy=True,
    may_be_blank=True,
    check=_check_if,
)
def sum_if(node: 'Call', arguments: list[Closure]) -> Closure:
    return _where(_sum)(node, arguments)


@function(
    'AVERAGEIF',
    '表:table, 条件:boolean, 行ごとの式:number',
    'number',
    '条件に合う行だけを平均します。Average(Filter(表, 条件), 式) と同じです。',
    ('AVERAGEIF([10, 20, 60], Value >= 20, Value)', '40'),
    group=GROUP,
    lazy=True,
    check=_check_if,
)
def average_if(node: 'Call', arguments: list[Closure]) -> Closure:
    return _where(_average)(node, arguments)
