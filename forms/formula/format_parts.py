"""Cuts a display format ("#,##0.0", "yyyy/mm/dd hh:mm") into its parts; tells numbers' formats from dates'."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

_PART: Final = re.compile(
    r'"(?P<quoted>[^"]*)"'
    r'|\\(?P<escaped>.)'
    r'|(?P<half>AM/PM|A/P)'
    r'|(?P<exponent>[eE][+-][0#]+)'
    r'|(?P<era>(?<![A-Za-z])(?:g{1,3}(?=e)|g{3})(?:e{1,2})?(?![A-Za-z])|(?<![A-Za-z0-9#.])(?:ee?(?=[年./-])|a{3,4})(?![A-Za-z]))'
    r'|(?P<date>y+|m+|d+|h+|(?P<second>s+))(?:(?<=s)\.(?P<fraction>0+))?'
    r'|(?P<digits>[0#])'
    r'|(?P<other>.)',
    re.DOTALL | re.IGNORECASE,
)
_LETTERS: Final = 'ymdhs'
_NOT_IN_ANY: Final = frozenset('@?*_[]<>')
_NOT_BEFORE_DIGITS: Final = frozenset('/:')
_JAPANESE: Final = re.compile(r'^\[\$-(?:411|ja-JP|ja-JP-x-gannen)(?:,\d+)?\]', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """kind: literal, plain, digit (0 or #), point, comma, percent, exponent, half, era, or one of ymdhs."""

    kind: str
    text: str
    fraction: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """sections: for positive, negative and zero.

    Of_date: whether it shows a date; japanese: whether it began with [$-411].
    """

    sections: tuple[tuple[Part, ...], ...]
    of_date: bool
    japanese: bool
    always_gannen: bool = False


@lru_cache(maxsize=256)
def read_format(text: str) -> Format | None:
    """The format, or None when it is none that numbers or dates can be shown in."""
    prefix = _JAPANESE.match(text)
    gannen = prefix is not None and 'gannen' in prefix[0].lower()
    parts = _parts(text[prefix.end() :] if prefix else text)
    if parts is None:
        return None
    kinds = {part.kind for part in parts}
    of_date = bool(kinds & {*_LETTERS, 'half', 'era'})
    of_number = bool(kinds & {'digit', 'exponent'})
    sections = _sections(parts)
    if (of_date and of_number) or len(sections) > 3:
        return None
    if not all(_sound(section) for section in sections):
        return None
    return Format(sections, of_date, prefix is not None, gannen)


def _parts(text: str) -> list[Part] | None:
    if text.lower() in ('general', 'g'):
        return None
    parts: list[Part] = []
    position = 0
    while position < len(text):
        found = _PART.match(text, position)
        if found is None:
            return None
        part = _part(found)
        if part is None or not _in_place(found, text):
            return None
        parts.append(part)
        position = found.end()
    return parts


def _part(found: re.Match[str]) -> Part | None:  # noqa: PLR0911 - one line per kind of part
    kind, text = found.lastgroup, found[0]
    if kind in ('fraction', 'second'):
        kind = 'date'
    match kind:
        case 'quoted' | 'escaped':
            return Part('literal', found[kind])
        case 'half':
            return Part('half', text) if text.isupper() else None
        case 'exponent':
            return Part('exponent', text)
        case 'era':
            return Part('era', text) if text.islower() else Part('literal', text)
        case 'date':
            return _date_part(found['date'], len(found['fraction'] or ''))
        case 'digits':
            return Part('digit', text)
    return _other_part(text)


def _date_part(letters: str, fraction: int) -> Part | None:
    letter = letters[0].lower()
    if letter == 'm' and len(letters) > 4:
        return None
    return Part(letter, letters.lower(), fraction)


def _other_part(text: str) -> Part | None:
    if text in _NOT_IN_ANY or text in '"\\':
        return None
    named = {'.': 'point', ',': 'comma', '%': 'percent', ';': 'end'}
    return Part(named.get(text, 'plain'), text)


def _in_place(found: re.Match[str], text: str) -> bool:
    """No small am/pm: what looks like one is taken for a slip of the pen."""
    return not (found['other'] in ('a', 'A') and re.match(r'a(m/pm|/p)', text[found.start() :], re.IGNORECASE))


def _sections(parts: list[Part]) -> tuple[tuple[Part, ...], ...]:
    sections: list[list[Part]] = [[]]
    for part in parts:
        if part.kind == 'end':
            sections.append([])
        else:
            sections[-1].append(part)
    return tuple(tuple(section) for section in sections)


def _sound(section: tuple[Part, ...]) -> bool:
    """No / or : stands before a digit.

    After an exponent come literals only; an E beside digits without an exponent is none.
    """
    kinds = [part.kind for part in section]
    last_digit = max((index for index, kind in enumerate(kinds) if kind == 'digit'), default=-1)
    if any(part.kind == 'plain' and part.text in _NOT_BEFORE_DIGITS for part in section[: max(last_digit, 0)]):
        return False
    if 'exponent' in kinds:
        after = kinds[kinds.index('exponent') + 1 :]
        if any(kind in ('digit', 'point', 'percent', 'exponent') for kind in after):
            return False
    digits = 'digit' in kinds
    for here, following in pairwise((*section, Part('none', ''))):
        if digits and here.kind == 'plain' and here.text in 'eE' and following.text in ('+', '-'):
            return False
    last = section[-1] if section else Part('none', '')
    return not (digits and last.kind == 'plain' and last.text in 'eE')
