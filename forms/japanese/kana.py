"""Hiragana, katakana and half-width katakana, and what a kana field accepts."""

import re
import unicodedata

_HALF = ''.join(map(chr, range(0xFF61, 0xFFA0)))
_FULL = (
    '。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテト'
    'ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜'
)
_HALF_TO_FULL = str.maketrans(_HALF, _FULL)
_FULL_TO_HALF = str.maketrans(_FULL, _HALF)

_HIRAGANA = ''.join(map(chr, [*range(0x3041, 0x3097), 0x309D, 0x309E]))
_KATAKANA = ''.join(chr(ord(letter) + 0x60) for letter in _HIRAGANA)
_TO_KATAKANA = str.maketrans(_HIRAGANA, _KATAKANA)
_TO_HIRAGANA = str.maketrans(_KATAKANA, _HIRAGANA)

_COMBINING_MARKS = str.maketrans('゛゜', '\u3099\u309a')
_SPACING_MARKS = str.maketrans('\u3099\u309a', '゛゜')

# ヷ and ヺ have a half-width spelling (ﾜﾞ ｦﾞ); ヸ and ヹ have none because ヰ and ヱ have none.
_VOICED = re.compile('[カ-ヂツ-ドハ-ポウワヲかきくけこさしすせそたちつてとはひふへほうゝヽ][゛゜]')
_HAS_HALF_BASE = re.compile('[ガギグゲゴザジズゼゾダヂヅデドバパビピブプベペボポヴヷヺ]')

_DASH_AS_LONG_VOWEL = re.compile(r'(?<=[\u30a1-\u30fa\u30fc])[-\u2010-\u2015\u2212\u2500]+')
_SPACES = re.compile(r'\s+')
_KANA_ONLY = re.compile(r'[\u30a1-\u30fe\u3000]+')


def to_katakana(text: str) -> str:
    """'みほん' -> 'ミホン'; everything that is not hiragana stays."""
    return text.translate(_TO_KATAKANA)


def to_hiragana(text: str) -> str:
    """'ミホン' -> 'みほん'; ヴ becomes ゔ, ー and ヷ stay."""
    return text.translate(_TO_HIRAGANA)


def to_fullwidth(text: str) -> str:
    """'ｶﾞｯｺｳ' -> 'ガッコウ'; letters and digits stay as they are."""
    return join_voicing_marks(text.translate(_HALF_TO_FULL))


def to_halfwidth(text: str) -> str:
    """'ガッコウ' -> 'ｶﾞｯｺｳ'; hiragana and letters without a half-width form (ヰ, ヶ) stay."""
    parted = _HAS_HALF_BASE.sub(lambda found: unicodedata.normalize('NFD', found[0]), text)
    return parted.translate(_SPACING_MARKS).translate(_FULL_TO_HALF)


def join_voicing_marks(text: str) -> str:
    """'か゛' and 'か' + U+3099 -> 'が'; a mark that fits no letter stays."""
    spaced = text.translate(_SPACING_MARKS)
    return _VOICED.sub(_joined, spaced)


def _joined(found: re.Match[str]) -> str:
    joined = unicodedata.normalize('NFC', found[0].translate(_COMBINING_MARKS))
    return joined if len(joined) == 1 else found[0]


def clean_kana(text: str) -> str:
    """What a kana field keeps: 'ﾐﾎﾝ たろう ' -> 'ミホン　タロウ'.

    A dash after a kana is taken for the long vowel mark; other characters stay, and `is_kana` then says no.
    """
    composed = unicodedata.normalize('NFKC', to_fullwidth(text).translate(_COMBINING_MARKS))
    katakana = unicodedata.normalize('NFC', to_katakana(_SPACES.sub(' ', composed).strip()))
    return _DASH_AS_LONG_VOWEL.sub(lambda found: 'ー' * len(found[0]), katakana).replace(' ', '\u3000')


def is_kana(text: str) -> bool:
    """Whether the text is katakana, ー, ・ and full-width spaces only, and not empty."""
    return _KANA_ONLY.fullmatch(text) is not None and not text.isspace()
