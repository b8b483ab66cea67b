"""Finding 個人番号, which must not be kept here, in anything that was typed."""

import re

from .width import DASHES, fold

_TWELVE_DIGITS = re.compile(
    rf'(?<![0-9])(?:[0-9]{{12}}|[0-9]{{4}}([ {re.escape(DASHES)}])[0-9]{{4}}\1[0-9]{{4}})(?![0-9])'
)


def check_digit(eleven_digits: str) -> int:
    """'12345678901' -> 8 (総務省令第85号 平成26年, 第5条)."""
    weights = [*range(2, 8), *range(2, 7)]
    remainder = sum(int(digit) * weight for digit, weight in zip(reversed(eleven_digits), weights, strict=True)) % 11
    return 0 if remainder <= 1 else 11 - remainder


def find_my_numbers(text: str) -> list[str]:
    """Every 12-digit number, as typed, that could be a 個人番号: full width and '1234-5678-9018' too.

    About one random 12-digit number in ten passes the check: warn, do not block. Never log what this returns.
    """
    if len(text) < 12:
        return []
    found = ((match[0], text[match.start() : match.end()]) for match in _TWELVE_DIGITS.finditer(fold(text)))
    return [typed for folded, typed in found if _passes(re.sub('[^0-9]', '', folded))]


def _passes(twelve_digits: str) -> bool:
    return check_digit(twelve_digits[:11]) == int(twelve_digits[11])
