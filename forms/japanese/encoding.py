"""Characters that another system or terminal may not take: outside cp932, or 外字."""

import re

from .grapheme import graphemes

_PRIVATE_USE = re.compile('[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]')


def unwritable(text: str, encoding: str = 'cp932') -> list[str]:
    """The visible characters that the encoding cannot hold, each once, in their order: '𠮷田①' -> ['𠮷']."""
    return list(dict.fromkeys(part for part in graphemes(text) if not _fits(part, encoding)))


def private_use(text: str) -> list[str]:
    """The 外字 in a text, each once, in their order."""
    return list(dict.fromkeys(_PRIVATE_USE.findall(text)))


def gaiji_warning(text: str) -> str:
    """A Japanese sentence when the text holds 外字, '' otherwise; such text is accepted all the same."""
    count = len(private_use(text))
    return f'外字が{count}文字あります。他の端末で表示できないことがあります。' if count else ''


def _fits(part: str, encoding: str) -> bool:
    try:
        part.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
