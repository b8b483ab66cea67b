"""Numbers written as text, and texts read as numbers."""

import re
from decimal import Decimal
from typing import Final

from forms.formula.culture import Culture
from forms.formula.messages import failure
from forms.japanese.width import fold

_YEN: Final = '¥￥円'
_BODY: Final = re.compile(r'(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?', re.IGNORECASE | re.ASCII)


def number_text(number: float) -> str:
    """The shortest digits that give the number back.

    From 1E+15 and below 0.0001 with an exponent, as .NET writes them.
    """
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    sign, digits, exponent = Decimal(repr(number)).as_tuple()
    shown = ''.join(map(str, digits)).rstrip('0') or '0'
    point = len(digits) + int(exponent)
    minus = '-' if sign else ''
    if -4 < point <= 15:
        return minus + _plain(shown, point)
    tail = f'.{shown[1:]}' if len(shown) > 1 else ''
    return f'{minus}{shown[0]}{tail}E{"+" if point > 0 else "-"}{abs(point - 1):02}'


def _plain(digits: str, point: int) -> str:
    if point <= 0:
        return f'0.{"0" * -point}{digits}'
    if point >= len(digits):
        return digits + '0' * (point - len(digits))
    return f'{digits[:point]}.{digits[point:]}'


def read_number(text: str, culture: Culture) -> float | None:
    """'1,234.5' -> 1234.5, '(5)' -> -5, '12%' -> 0.12, '１２３円' -> 123; None for ''.

    Raises InvalidArgument for the rest.
    """
    if text == '':
        return None
    number = _read(_plain_signs(text, culture))
    if number is None:
        raise failure('InvalidArgument', 'not-a-number', text=text)
    return number


def _plain_signs(text: str, culture: Culture) -> str:
    """Half width, with . as decimal point, , between groups and $ for any currency."""
    plain = fold(text) if culture.tag == 'ja-JP' else text
    if culture.decimal == ',':
        plain = plain.translate({ord('.'): ',', ord(','): '.', 0xA0: ',', 0x202F: ','})
    signs = _YEN if culture.tag == 'ja-JP' else ''
    return plain.replace(culture.currency, '$').translate({ord(sign): '$' for sign in signs})


def _read(text: str) -> float | None:
    """An amount with at most one sign, one currency and one per cent, each before or after; brackets mean minus."""
    rest, before = _marks(text.strip(), leading=True)
    bracketed = rest.startswith('(')
    if bracketed:
        inside, closing, after_bracket = rest[1:].partition(')')
        body, inner = _marks(inside.strip(), leading=True)
        if not closing or inner not in ('', '$'):
            return None
        rest, before = body.strip(), before + inner
        tail = after_bracket.strip()
    else:
        found = _BODY.match(rest)
        if found is None:
            return None
        rest, tail = found.group(), rest[found.end() :].strip()
    left_over, after = _marks(tail, leading=False)
    marks = before + after
    signs = [mark for mark in marks if mark in '+-']
    if (
        left_over
        or not _BODY.fullmatch(rest)
        or marks.count('$') > 1
        or marks.count('%') > 1
        or len(signs) > 1 - bracketed
    ):
        return None
    number = float(rest.replace(',', ''))
    if number == float('inf'):
        return None
    negative = bracketed or '-' in signs
    return (-number if negative else number) / (100 if '%' in marks else 1)


def _marks(text: str, leading: bool) -> tuple[str, str]:
    """Takes the signs, currencies and per cents off the front; gives the rest and the marks."""
    marks = []
    while text and text[0] in ('+-$%' if leading else '$%+-'):
        marks.append(text[0])
        text = text[1:].lstrip()
    return text, ''.join(marks)
