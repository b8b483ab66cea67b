"""Full-width and half-width letters, digits, spaces and dashes."""

import re

from . import kana

DASHES = '-－−‐‑‒–—―─﹣⁃ーｰ'  # everything that a Japanese keyboard or a copied document offers for "-"

_LONG_VOWELS = 'ーｰ'
_ASCII = ''.join(map(chr, range(0x21, 0x7F)))
_WIDE_ASCII = ''.join(chr(ord(letter) + 0xFEE0) for letter in _ASCII)
_FOLD = str.maketrans(_WIDE_ASCII + '\u3000\u00a0', _ASCII + '  ')

# Excel's JIS turns these four into other signs than their full-width twins; ASC turns them back
# (source: the JIS and ASC specification of OpenOffice Calc, made for Japanese Excel).
_QUOTES, _JIS_QUOTES = '"\'`\\', '”’‘￥'
_WIDEN = str.maketrans(_ASCII + ' ' + _QUOTES, _WIDE_ASCII + '\u3000' + _JIS_QUOTES)
_NARROW = str.maketrans(_WIDE_ASCII + '\u3000' + _JIS_QUOTES, _ASCII + ' ' + _QUOTES)

_HYPHENS = str.maketrans(dict.fromkeys(DASHES, '-'))
_ANY = f'[{re.escape(DASHES)}]'
_PLAIN = f'[{re.escape("".join(sign for sign in DASHES if sign not in _LONG_VOWELS))}]'
_DASHES_BESIDE_DIGIT = re.compile(rf'(?<=\d){_ANY}+|(?<![^\W\d_]){_ANY}+(?=\d)|{_PLAIN}{_ANY}*(?=\d)')


def fold(text: str) -> str:
    """'Ａ１　－' -> 'A1 -': full-width ASCII and spaces to half width, one character for one; kana stay."""
    return text.translate(_FOLD)


def to_fullwidth(text: str) -> str:
    """Excel's JIS: 'ABC 12 ｶﾞ' -> 'ＡＢＣ　１２　ガ'."""
    return kana.to_fullwidth(text).translate(_WIDEN)


def to_halfwidth(text: str) -> str:
    """Excel's ASC: 'ＡＢＣ　１２　ガ' -> 'ABC 12 ｶﾞ'; hiragana and kanji stay."""
    return kana.to_halfwidth(text).translate(_NARROW)


def fold_dashes(text: str) -> str:
    """'１－２ー３' -> '１-２-３', while コーヒー and センター1 keep their long vowels.

    A dash is folded when a digit stands beside it; a long vowel mark only when no letter stands before it.
    """
    return _DASHES_BESIDE_DIGIT.sub(lambda found: '-' * len(found[0]), text)


def every_dash_to_hyphen(text: str) -> str:
    """For a field that holds digits only (telephone, postal code): ー and every dash become '-'."""
    return text.translate(_HYPHENS)
