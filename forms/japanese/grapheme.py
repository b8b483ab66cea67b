"""Counting what people see as one character: 葛 with a variation selector is one, and so is が in two parts."""

import re
import unicodedata

_JOINER = '\u200d'
_EXTENDING = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x1F3FB, 0x1F400), range(0xE0020, 0xE0080))

_EACH_FOR_ITSELF = re.compile('[ -~\n\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u4e00-\u9fff\uff00-\uff9d]*')
"""Nearly all text: letters of which none joins another."""


def graphemes(text: str) -> list[str]:
    """The text parted into visible characters: 'か\\u3099き' -> ['か\\u3099', 'き']; joined again they are the text."""
    if _EACH_FOR_ITSELF.fullmatch(text):
        return list(text)
    parts: list[str] = []
    for letter in text:
        if parts and (_continues(letter) or parts[-1].endswith(_JOINER) or _completes_flag(parts[-1], letter)):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def length(text: str) -> int:
    """How many characters a person would count: the measure for maximum lengths."""
    return len(text) if _EACH_FOR_ITSELF.fullmatch(text) else len(graphemes(text))


def _continues(letter: str) -> bool:
    """Combining marks, variation selectors, skin tones and the joiner never stand alone."""
    extends = any(ord(letter) in letters for letters in _EXTENDING)
    return extends or letter == _JOINER or unicodedata.category(letter) in ('Mn', 'Me', 'Mc')


def _completes_flag(part: str, letter: str) -> bool:
    return len(part) == 1 and _is_flag_half(part) and _is_flag_half(letter)


def _is_flag_half(letter: str) -> bool:
    return 0x1F1E6 <= ord(letter) <= 0x1F1FF
