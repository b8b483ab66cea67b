"""The text by which a record is found, whichever form of a character was typed; what is shown never changes."""

import re
import unicodedata
from functools import lru_cache

from .kana import to_fullwidth, to_katakana
from .name_variants import VARIANTS
from .width import DASHES

_SAME_FOR_SEARCH = str.maketrans(VARIANTS | {'ヶ': 'ケ', 'ヵ': 'カ'})
_INVISIBLE = re.compile('[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]|\\s')
_DASH = re.compile(f'[{re.escape(DASHES)}]')
_DASH_AFTER_KANA = re.compile('(?<=[ァ-ヺ])-+')


@lru_cache(maxsize=4096)
def search_key(text: str) -> str:
    """'髙﨑　ﾀﾛｳ' -> '高崎タロウ'; compare keys, or look for one inside another, and never show or store them as names.

    NFKC, hiragana to katakana, old kanji to everyday ones, lower case; spaces and variation selectors vanish;
    every dash is '-', but ー after a kana (so that センター is found in センター1).
    """
    lowered = unicodedata.normalize('NFKC', to_fullwidth(text)).casefold()
    # NFKC parts ´ and ゛ into a space and a mark; without the space the mark joins the letter before it.
    visible = _INVISIBLE.sub('', unicodedata.normalize('NFKC', lowered))
    plain = unicodedata.normalize('NFKC', to_katakana(visible)).translate(_SAME_FOR_SEARCH)
    return _DASH_AFTER_KANA.sub(lambda found: 'ー' * len(found[0]), _DASH.sub('-', plain))
