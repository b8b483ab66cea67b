"""Which types each operator takes and gives."""

from typing import Final

from forms.formula.syntax import Binary, Unary
from forms.formula.tree import As, Fail, Join, Literal, Node, Operation
from forms.formula.value_type import ANY, BOOLEAN, DATETIME, MOMENTS, NUMBER, TEXT, ValueType, becomes

_ORDERED: Final = frozenset(('number', 'any', 'blank', *MOMENTS))
_COMPARISONS: Final = frozenset(('<', '<=', '>', '>='))
_SCALARS: Final = frozenset(('number', 'text', 'boolean', 'any', 'blank', *MOMENTS))
_DATES: Final = frozenset(('date', 'datetime'))


class Operators:
    """The operator half of the checker; the other half offers coerced, as_text, note and warn."""

    def coerced(self, node: Node, wanted: ValueType, zero: bool = False) -> Node:
        raise NotImplementedError

    def as_text(self, node: Node) -> Node:
        raise NotImplementedError

    def note(self, code: str, start: int, end: int, **words: object) -> None:
        raise NotImplementedError

    def warn(self, code: str, start: int, end: int, **words: object) -> None:
        raise NotImplementedError

    def unary(self, syntax: Unary, operand: Node) -> Node:
        start, end, operator = syntax.start, syntax.end, syntax.operator
        if operator == '!':
            return Operation(start, end, BOOLEAN, False, '!', (self.truth(operand, '!'),))
        number = self.number(operand, operator)
        if operator == '%':
            return Operation(start, end, NUMBER, False, '%', (number,))
        negative = Operation(start, end, NUMBER, False, 'neg', (number,))
        return As(start, end, operand.type, False, negative, True) if operand.type.kind in MOMENTS else negative

    def binary(self, syntax: Binary, left: Node, right: Node) -> Node:  # noqa: PLR0911 - one line per operator
        start, end, operator = syntax.start, syntax.end, syntax.operator
        match operator:
            case '&&' | '||':
                operands = (self.truth(left, operator), self.truth(right, operator))
                return Operation(start, end, BOOLEAN, False, operator, operands)
            case '&':
                return self.joined(start, end, left, right)
            case '=' | '<>':
                return self.equality(syntax, left, right)
            case 'in' | 'exactin':
                return self.membership(syntax, left, right)
            case '+':
                return self.sum(syntax, left, right)
            case '-':
                return self.difference(syntax, left, right)
        if operator in _COMPARISONS:
            return self.comparison(syntax, left, right)
        if operator == '^':
            left, right = self.not_a_moment(left), self.not_a_moment(right)
        operands = (self.number(left, operator), self.number(right, operator))
        return Operation(start, end, NUMBER, False, operator, operands)

    def joined(self, start: int, end: int, left: Node, right: Node) -> Node:
        first = left.parts if isinstance(left, Join) else (self.as_text(left),)
        return Join(start, end, TEXT, False, (*first, self.as_text(right)))

    def truth(self, node: Node, operator: str) -> Node:
        return self.wanted(node, BOOLEAN, operator, 'はい・いいえ')

    def number(self, node: Node, operator: str) -> Node:
        return self.wanted(node, NUMBER, operator, '数値')

    def wanted(self, node: Node, value_type: ValueType, operator: str, wanted: str) -> Node:
        if not becomes(node.type, value_type):
            self.note('operand-type', node.start, node.end, operator=operator, type=node.type.japanese, wanted=wanted)
        return self.coerced(node, value_type, zero=True)

    def not_a_moment(self, node: Node) -> Node:
        if node.type.kind not in MOMENTS:
            return node
        self.note('operand-type', node.start, node.end, operator='^', type=node.type.japanese, wanted='数値')
        return Literal(node.start, node.end, ANY, True, None)

    # + and - with dates: computed as serial numbers, read back as the type the pair gives

    def sum(self, syntax: Binary, left: Node, right: Node) -> Node:
        kinds = {left.type.kind, right.type.kind}
        moments = [kind for kind in (left.type.kind, right.type.kind) if kind in MOMENTS]
        if kinds <= _DATES:
            return self.no_such_pair(syntax, left, right, '日数を足すときは数値を、差を見るときは - を使ってください。')
        result = self.serial_operation(syntax, '+', left, right)
        if not moments:
            return result
        kind = moments[0]
        if kinds & _DATES and 'time' in kinds:
            kind = 'datetime'
        return As(syntax.start, syntax.end, ValueType(kind), False, result, True)

    def difference(self, syntax: Binary, left: Node, right: Node) -> Node:
        first, second = left.type.kind, right.type.kind
        if first == 'time' and second in _DATES:
            return self.no_such_pair(syntax, left, right, '日付から時刻を引いてください。')
        if first not in MOMENTS and first != 'any' and second in MOMENTS:
            return Fail(syntax.start, syntax.end, NUMBER, False, 'NotSupported', 'number-minus-date')
        result = self.serial_operation(syntax, '-', left, right)
        if first not in MOMENTS or (first == second) or (first in _DATES and second in _DATES):
            return result
        wanted = DATETIME if first in _DATES and second == 'time' else left.type
        return As(syntax.start, syntax.end, wanted, False, result, True)

    def serial_operation(self, syntax: Binary, operator: str, left: Node, right: Node) -> Node:
        operands = (self.number(left, operator), self.number(right, operator))
        return Operation(syntax.start, syntax.end, NUMBER, False, operator, operands)

    def no_such_pair(self, syntax: Binary, left: Node, right: Node, advice: str) -> Node:
        self.note(
            'operands-type',
            syntax.operator_start,
            syntax.operator_end,
            operator=syntax.operator,
            left=left.type.japanese,
            right=right.type.japanese,
            advice=advice,
        )
        return Literal(syntax.start, syntax.end, ANY, True, None)

    # comparisons

    def comparison(self, syntax: Binary, left: Node, right: Node) -> Node:
        for node in (left, right):
            if node.type.kind not in _ORDERED:
                self.note(
                    'operand-type',
                    node.start,
                    node.end,
                    operator=syntax.operator,
                    type=node.type.japanese,
                    wanted='数値か日付（文字列は Value() や DateValue() で変換）',
                )
                break
        same = left.type.kind == right.type.kind and left.type.kind != 'any'
        wanted = left.type if same and left.type.kind in MOMENTS else NUMBER
        operands = (self.coerced(left, wanted, zero=True), self.coerced(right, wanted, zero=True))
        return Operation(syntax.start, syntax.end, BOOLEAN, False, syntax.operator, operands)

    def equality(self, syntax: Binary, left: Node, right: Node) -> Node:
        if not _comparable(left.type, right.type):
            self.note(
                'not-comparable',
                syntax.operator_start,
                syntax.operator_end,
                left=left.type.japanese,
                right=right.type.japanese,
                advice=_advice(left, right),
            )
        if 'text' in (left.type.kind, right.type.kind):
            for empty, other in ((left, right), (right, left)):
                if isinstance(empty, Literal) and empty.value == '' and other.blank:
                    self.warn('compare-with-empty', syntax.start, syntax.end, field=getattr(other, 'name', '項目名'))
        operands: tuple[Node, ...] = (left, right)
        if {left.type.kind, right.type.kind} & MOMENTS and left.type.kind != right.type.kind:
            operands = tuple(self.coerced(node, NUMBER) if node.type.kind in MOMENTS else node for node in operands)
        return Operation(syntax.start, syntax.end, BOOLEAN, False, syntax.operator, operands)

    def same_kind(self, left: Node, right: Node) -> None:
        """Notes a mistake, at the right one, when two values can never be equal."""
        if not _comparable(left.type, right.type):
            words = {'left': left.type.japanese, 'right': right.type.japanese, 'advice': _advice(left, right)}
            self.note('not-comparable', right.start, right.end, **words)

    def membership(self, syntax: Binary, left: Node, right: Node) -> Node:
        start, end, operator = syntax.start, syntax.end, syntax.operator
        if right.type.kind == 'table':
            return self.among(syntax, left, right)
        if left.type.kind in ('record', 'table'):
            self.note('operand-type', left.start, left.end, operator=operator, type=left.type.japanese, wanted='文字列')
        if right.type.kind in ('record', 'boolean'):
            self.note(
                'operand-type', right.start, right.end, operator=operator, type=right.type.japanese, wanted='文字列か表'
            )
        if right.type.kind == 'any':
            return Operation(start, end, BOOLEAN, False, operator, (left, right))
        return Operation(start, end, BOOLEAN, False, operator, (self.as_text(left), self.as_text(right)))

    def among(self, syntax: Binary, left: Node, right: Node) -> Node:
        columns = right.type.columns
        column, value_type = columns[0] if len(columns) == 1 else ('', right.type)
        if left.type.kind == 'record':
            column, value_type = '', ValueType('record', columns)
            if {name for name, _ in left.type.columns} != {name for name, _ in columns}:
                self.note('one-column-wanted', right.start, right.end)
        elif len(columns) > 1:
            self.note('one-column-wanted', right.start, right.end)
            value_type = ANY
        elif not columns:
            value_type = ANY
        if not becomes(left.type, value_type):
            self.note(
                'operand-type',
                left.start,
                left.end,
                operator=syntax.operator,
                type=left.type.japanese,
                wanted=value_type.japanese,
            )
        operands = (self.coerced(left, value_type), right)
        return Operation(syntax.start, syntax.end, BOOLEAN, False, syntax.operator, operands, column)


def _comparable(left: ValueType, right: ValueType) -> bool:
    kinds = {left.kind, right.kind}
    if not kinds <= _SCALARS:
        return False
    return len(kinds) == 1 or bool(kinds & {'any', 'blank'}) or kinds <= {'number', *MOMENTS}


def _advice(left: Node, right: Node) -> str:
    kinds = {left.type.kind, right.type.kind}
    if kinds == {'table', 'text'}:
        return 'CONTAINS(項目名, "選択肢") を使ってください。'
    if kinds == {'text', 'number'}:
        return '数値は " で囲まずに、文字列は " で囲んで書いてください。変換は Value() と Text() です。'
    if 'boolean' in kinds:
        return 'はい・いいえの項目は、true か false と比べてください。'
    return '同じ種類の値どうしを比べてください。'
