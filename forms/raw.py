"""Raw values, from whatever way in they come, as the text that a person would have typed."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that a browser, Excel and JSON all keep exactly (IEEE 754 double)."""

# Word and Excel leave vertical tabs, NULs and byte order marks behind; lone surrogates cannot be stored as UTF-8.
_UNSTORABLE = re.compile('[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u200b]')
_LINE_ENDS = re.compile('\r\n|\r|\u2028|\u2029|\x0b|\x0c|\x85')
_BLANKS_IN_LINE = re.compile('[\n\t]+')


def typed_text(raw: Any) -> str | None:
    """12.0 -> '12', date(2024, 1, 23) -> '2024-01-23'; None for what holds no text (bool, list, NaN)."""
    if raw is None:
        return ''
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float | Decimal):
        return _number_text(Decimal(str(raw)) if isinstance(raw, float) else raw)
    if isinstance(raw, datetime):
        return raw.isoformat(' ', 'seconds')
    return raw.isoformat() if isinstance(raw, date | time) else None


def one_line(text: str) -> str:
    """Storable text without line ends; the ends trimmed, everything else as typed (names are never normalised)."""
    return text.strip() if text.isprintable() else _BLANKS_IN_LINE.sub(' ', many_lines(text)).strip()


def many_lines(text: str) -> str:
    """Storable text with '\\n' as its only line end; the ends trimmed."""
    return text.strip() if text.isprintable() else _UNSTORABLE.sub('', _LINE_ENDS.sub('\n', text)).strip()


def _number_text(number: int | Decimal) -> str | None:
    value = Decimal(number)
    if not value.is_finite() or abs(value) > LARGEST_NUMBER:
        return None
    return str(int(value)) if value == value.to_integral_value() else format(value, 'f')
