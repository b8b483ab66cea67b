"""Cuts the text of a formula into tokens, forgiving full-width operators, digits and quotation marks outside texts."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from forms.formula.errors import Mistake
from forms.formula.messages import mistake

_FULL_WIDTH: Final = '０１２３４５６７８９＝（），＋－＊／＜＞＆！％＾｜．；：｛｝［］＄＿、−　“”＂‘’＇'
_HALF_WIDTH: Final = '0123456789=(),+-*/<>&!%^|.;:{}[]$_,- """\'\'\''
_PLAIN: Final = {ord(full): half for full, half in zip(_FULL_WIDTH, _HALF_WIDTH, strict=True)} | {
    ord('≠'): '≠',
    ord('≦'): '≦',
    ord('≧'): '≧',
    ord('≤'): '≦',
    ord('≥'): '≧',
    ord('×'): '*',
    ord('÷'): '/',
}
_NUMBER: Final = re.compile(r'(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?', re.ASCII)
_OPERATORS: Final = ('<>', '<=', '>=', '&&', '||', '==', '!=', *'+-*/^%&=<>!().,{}[]:≠≦≧')
_MEANING: Final = {'≠': '<>', '≦': '<=', '≧': '>=', '==': '=', '!=': '<>'}


@dataclass(frozen=True, slots=True)
class Token:
    """kind: number, text, name, quoted, operator, open-text, piece, open-island, close-island, close-text or end."""

    kind: str
    text: str
    start: int
    end: int
    value: float = 0.0


class Lexer:
    """One pass over the source; texts with islands ($"…{x}…") nest, so open braces are counted per island."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.plain = source.translate(_PLAIN)
        self.tokens: list[Token] = []
        self.mistakes: list[Mistake] = []
        self.islands: list[int] = []
        self.position = 0

    def read(self) -> None:
        self._skip_leading_equals()
        while self.position < len(self.plain):
            self._step()
        if self.islands and not self.mistakes:
            self._note('open-text', self.position, self.position)
        self._add('end', '', self.position, self.position)

    def _step(self) -> None:
        plain, here = self.plain, self.position
        char = plain[here]
        if char.isspace():
            self.position += 1
        elif plain.startswith(('//', '/*'), here):
            self._comment()
        elif char == '"':
            self._text()
        elif plain.startswith('$"', here):
            self._add('open-text', '$"', here, here + 2)
            self._piece(here + 2)
        elif char == "'":
            self._quoted_name()
        elif found := _NUMBER.match(plain, here):
            self._number(found.group())
        elif char == '_' or char.isidentifier():
            self._name()
        else:
            self._operator()

    def _skip_leading_equals(self) -> None:
        stripped = self.plain.lstrip()
        if stripped.startswith('=') and not stripped.startswith('=='):
            self.position = len(self.plain) - len(stripped) + 1

    def _comment(self) -> None:
        opening = self.plain[self.position : self.position + 2]
        closing = '\n' if opening == '//' else '*/'
        found = self.plain.find(closing, self.position + 2)
        if found < 0:
            if opening == '/*':
                self._note('open-comment', self.position, len(self.plain))
            self.position = len(self.plain)
        else:
            self.position = found + len(closing)

    def _text(self) -> None:
        start = self.position
        closing = '"' if self.source[start] == '"' else '"”“＂'
        found = self._text_end(start + 1, closing)
        if found < 0:
            self._note('open-text', start, len(self.source))
            self.position = len(self.source)
            return
        inside = self.source[start + 1 : found].replace('""', '"')
        self._add('text', inside, start, found + 1)

    def _text_end(self, here: int, closing: str) -> int:
        source = self.source
        while here < len(source):
            if source[here] in closing:
                if source.startswith('""', here):
                    here += 1
                else:
                    return here
            here += 1
        return -1

    def _piece(self, start: int) -> None:
        """Reads the literal part of an interpolated text up to the next island or the closing quotation mark."""
        source, here, parts = self.source, start, []
        while here < len(source):
            pair, char = source[here : here + 2], source[here]
            if pair in ('{{', '}}', '""'):
                parts.append(char)
                here += 2
            elif char in '{"':
                self._add('piece', ''.join(parts), start, here)
                if char == '{':
                    self._add('open-island', char, here, here + 1)
                    self.islands.append(0)
                else:
                    self._add('close-text', char, here, here + 1)
                return
            else:
                parts.append(char)
                here += 1
        self._note('open-text', start - 1, len(source))
        self.position = len(source)

    def _quoted_name(self) -> None:
        start = self.position
        here = start + 1
        while here < len(self.plain):
            if self.plain[here] == "'":
                if self.plain.startswith("''", here):
                    here += 1
                else:
                    inside = self.source[start + 1 : here].replace("''", "'")
                    self._add('quoted', inside, start, here + 1)
                    return
            here += 1
        self._note('open-name', start, len(self.plain))
        self.position = len(self.plain)

    def _number(self, digits: str) -> None:
        start, end = self.position, self.position + len(digits)
        value = float(digits)
        if value == float('inf'):
            self._note('number-too-large', start, end)
            value = 0.0
        self._add('number', digits, start, end, value)

    def _name(self) -> None:
        start = here = self.position
        while here < len(self.plain) and ('a' + self.plain[here]).isidentifier():
            here += 1
        self._add('name', unicodedata.normalize('NFKC', self.plain[start:here]), start, here)

    def _operator(self) -> None:
        start = self.position
        for operator in _OPERATORS:
            if self.plain.startswith(operator, start):
                self._note_foreign(operator, start)
                self._count_braces(operator)
                return
        self._note('unexpected-character', start, start + 1, text=self.source[start])
        self.position += 1

    def _note_foreign(self, operator: str, start: int) -> None:
        if operator in ('==', '!='):
            self._note('double-equals' if operator == '==' else 'not-equals', start, start + 2)

    def _count_braces(self, operator: str) -> None:
        start, end = self.position, self.position + len(operator)
        if self.islands and operator == '{':
            self.islands[-1] += 1
        elif self.islands and operator == '}':
            if self.islands[-1] == 0:
                self.islands.pop()
                self._add('close-island', operator, start, end)
                self._piece(end)
                return
            self.islands[-1] -= 1
        self._add('operator', _MEANING.get(operator, operator), start, end)

    def _add(self, kind: str, text: str, start: int, end: int, value: float = 0.0) -> None:
        self.tokens.append(Token(kind, text, start, end, value))
        self.position = end

    def _note(self, code: str, start: int, end: int, **words: object) -> None:
        self.mistakes.append(mistake(code, start, end, **words))


def tokens_of(source: str) -> tuple[list[Token], list[Mistake]]:
    """The tokens, the last of kind end, and every mistake met on the way."""
    lexer = Lexer(source)
    lexer.read()
    return lexer.tokens, lexer.mistakes
