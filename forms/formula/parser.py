"""Reads the tokens of a formula into a syntax tree, operator by operator (a Pratt parser)."""

from typing import Final

from forms.formula.bounds import DEEPEST, LONGEST_SOURCE, beyond_bounds
from forms.formula.errors import Mistake
from forms.formula.lexer import Token, tokens_of
from forms.formula.messages import mistake
from forms.formula.syntax import (
    Aliased,
    Binary,
    BooleanLiteral,
    Broken,
    Called,
    Dotted,
    Interpolated,
    Name,
    NumberText,
    RecordLiteral,
    Syntax,
    TableLiteral,
    TextLiteral,
    Unary,
)

_OR, _AND, _IN, _COMPARE, _CONCAT, _ADD, _MULTIPLY, _AS, _PREFIX, _POWER, _POSTFIX = range(1, 12)
_BINDING: Final[dict[str, int]] = {
    '||': _OR,
    '&&': _AND,
    'in': _IN,
    'exactin': _IN,
    **dict.fromkeys(('=', '<>', '<', '<=', '>', '>='), _COMPARE),
    '&': _CONCAT,
    '+': _ADD,
    '-': _ADD,
    '*': _MULTIPLY,
    '/': _MULTIPLY,
    'As': _AS,
    '^': _POWER,
    '%': _POSTFIX,
    '.': _POSTFIX,
}
_WORDS: Final = {'Or': '||', 'And': '&&', 'in': 'in', 'exactin': 'exactin', 'As': 'As'}
_WRONG_CASE: Final = {'or': ('Or', '||'), 'OR': ('Or', '||'), 'and': ('And', '&&'), 'AND': ('And', '&&')}
_ELSE_WORDS: Final = frozenset(('else', 'elseif', 'elif', 'then', 'Else', 'ElseIf', 'Then', 'ELSE', 'ELSEIF', 'THEN'))


def parse(source: str) -> tuple[Syntax, list[Mistake]]:
    """The tree and every mistake found; with a mistake the tree is of use for nothing but further mistakes."""
    if len(source) > LONGEST_SOURCE:
        return Broken(0, 0), [mistake('too-long', 0, len(source), length=len(source), limit=LONGEST_SOURCE)]
    tokens, mistakes = tokens_of(source)
    parser = _Parser(tokens, mistakes)
    if tokens[0].kind == 'end' and not mistakes:
        return Broken(0, 0), [mistake('empty', 0, len(source), example='単価 * 数量')]
    try:
        tree = parser.expression(0)
        parser.nothing_left()
    except _Unreadable:
        return Broken(0, len(source)), mistakes
    if (depth_mistake := beyond_bounds(tree, len(source))) is not None:
        mistakes.append(depth_mistake)
    return tree, mistakes


class _Unreadable(Exception):
    """Ends the reading after a mistake was noted."""


class _Parser:
    def __init__(self, tokens: list[Token], mistakes: list[Mistake]) -> None:
        self.tokens = tokens
        self.mistakes = mistakes
        self.index = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def nothing_left(self) -> None:
        token = self.token
        if token.kind != 'end':
            code = 'else-word' if token.text in _ELSE_WORDS else 'operator-expected'
            self.refuse(code, token, text=token.text)

    def expression(self, binding: int) -> Syntax:
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse('too-deep', self.token, limit=DEEPEST)
        left = self.operand()
        while (operator := self._infix()) and (strength := _BINDING[operator]) > binding:
            left = self.continued(left, operator, strength)
        self.depth -= 1
        return left

    def _infix(self) -> str:
        token = self.token
        if token.kind == 'operator' and token.text in _BINDING:
            return token.text
        if token.kind != 'name':
            return ''
        if token.text in _WRONG_CASE:
            right, symbol = _WRONG_CASE[token.text]
            self.note('small-operator', token, text=token.text, right=right, symbol=symbol)
            return symbol
        return _WORDS.get(token.text, '')

    def continued(self, left: Syntax, operator: str, strength: int) -> Syntax:
        token = self.take()
        if operator == '%':
            return Unary(left.start, token.end, '%', left)
        if operator == '.':
            name = self.name()
            return Dotted(left.start, name.end, left, name.text, name.start)
        if operator == 'As':
            name = self.name()
            return Aliased(left.start, name.end, left, name.text)
        # A power takes a sign on its right (2^-2) and groups from the right, as Power Fx does.
        right = self.expression(_AS if operator == '^' else strength)
        return Binary(left.start, right.end, operator, left, right, token.start, token.end)

    def operand(self) -> Syntax:  # noqa: PLR0911 - one line per kind reads best
        token = self.take()
        match token.kind:
            case 'number':
                return NumberText(token.start, token.end, token.value)
            case 'text':
                return TextLiteral(token.start, token.end, token.text)
            case 'name':
                return self.named(token)
            case 'quoted':
                return Name(token.start, token.end, token.text)
            case 'open-text':
                return self.interpolated(token)
            case 'operator':
                return self.opened(token)
            case _:
                self.index -= 1
                return self.refuse('operand-at-end', token)

    def named(self, token: Token) -> Syntax:
        called = self.token.text == '(' and self.token.kind == 'operator'
        if called:
            return self.call(token)
        if token.text in ('true', 'false', 'TRUE', 'FALSE', 'True', 'False'):
            return BooleanLiteral(token.start, token.end, token.text.lower() == 'true')
        if token.text in ('Not', 'not', 'NOT'):
            if token.text != 'Not':
                self.note('small-operator', token, text=token.text, right='Not', symbol='!')
            operand = self.expression(_PREFIX)
            return Unary(token.start, operand.end, '!', operand)
        if token.text in _ELSE_WORDS:
            return self.refuse('else-word', token, text=token.text)
        return Name(token.start, token.end, token.text)

    def opened(self, token: Token) -> Syntax:
        match token.text:
            case '(':
                inside = self.expression(0)
                self.close('(', ')')
                return inside
            case '-' | '!' | '+':
                return self.prefixed(token)
            case '{':
                return self.record(token)
            case '[':
                return self.table(token)
            case _:
                return self.refuse('operand-expected', token, text=token.text)

    def prefixed(self, token: Token) -> Syntax:
        bracketed = self.token.text == '('
        operand = self.expression(_PREFIX)
        power = isinstance(operand, Binary) and operand.operator == '^'
        if token.text == '-' and power and not (bracketed and operand.end != self.tokens[self.index - 1].end):
            self.mistakes.append(mistake('minus-power', token.start, operand.end))
        if token.text == '+':
            return operand
        return Unary(token.start, operand.end, token.text, operand)

    def call(self, name: Token) -> Syntax:
        opening = self.take()
        arguments = self.listed(')', '(')
        end = self.tokens[self.index - 1].end if self.index else opening.end
        return Called(name.start, end, name.text, name.end, tuple(arguments))

    def record(self, opening: Token) -> Syntax:
        fields: list[tuple[str, Syntax]] = []
        while not self.accept('}'):
            name = self.name()
            if self.token.text != ':':
                self.refuse('close-expected', self.token, open=name.text, close=':')
            self.take()
            if any(name.text == other for other, _ in fields):
                self.note('repeated-field', name, name=name.text)
            fields.append((name.text, self.expression(0)))
            if not self.accept(','):
                self.close('{', '}')
                break
        return RecordLiteral(opening.start, self.tokens[self.index - 1].end, tuple(fields))

    def table(self, opening: Token) -> Syntax:
        items = self.listed(']', '[')
        return TableLiteral(opening.start, self.tokens[self.index - 1].end, tuple(items))

    def listed(self, closing: str, opening: str) -> list[Syntax]:
        items: list[Syntax] = []
        if self.accept(closing):
            return items
        while True:
            items.append(self.expression(0))
            if not self.accept(','):
                self.close(opening, closing)
                return items

    def interpolated(self, opening: Token) -> Syntax:
        parts: list[Syntax] = []
        while (token := self.take()).kind != 'close-text':
            if token.kind == 'piece':
                if token.text:
                    parts.append(TextLiteral(token.start, token.end, token.text))
            elif self.token.kind == 'close-island':
                self.refuse('empty-island', self.token)
            else:
                parts.append(self.expression(0))
                if self.take().kind != 'close-island':
                    self.index -= 1
                    self.refuse('close-expected', self.token, open='{', close='}')
        return Interpolated(opening.start, self.tokens[self.index - 1].end, tuple(parts))

    def name(self) -> Token:
        token = self.take()
        if token.kind not in ('name', 'quoted'):
            self.index -= 1
            self.refuse('field-name-expected', token, example='{項目: 値}')
        return token

    def close(self, opening: str, closing: str) -> None:
        if not self.accept(closing):
            token = self.token
            code = 'operator-expected' if token.kind in ('number', 'text', 'name', 'quoted') else 'close-expected'
            if token.text in _ELSE_WORDS:
                code = 'else-word'
            self.refuse(code, token, open=opening, close=closing, text=token.text)

    def accept(self, text: str) -> bool:
        if self.token.kind == 'operator' and self.token.text == text:
            self.index += 1
            return True
        return False

    def take(self) -> Token:
        token = self.token
        if token.kind != 'end':
            self.index += 1
        return token

    def note(self, code: str, token: Token, **words: object) -> None:
        self.mistakes.append(mistake(code, token.start, token.end, **words))

    def refuse(self, code: str, token: Token, **words: object) -> Syntax:
        if not self.mistakes:
            self.note(code, token, **words)
        raise _Unreadable
