"""An Excel file that staff keep themselves, in which `{{項目}}` stands where a record's value belongs."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

FOLDER: Final = 'sheets'
"""Beside the definitions."""
PRINTED_AT: Final = '印刷日時'
PRINTED_BY: Final = '印刷者'
BESIDES: Final = (PRINTED_AT, PRINTED_BY)
"""Names that stand for something else than a field."""
GAP: Final = re.compile(r'\{\{\s*([^{}]+?)\s*\}\}')

_LARGEST = 20_000_000
_STRING = re.compile(r'<(?:si|is)>(.*?)</(?:si|is)>', re.DOTALL)
_PIECE = re.compile(r'<t(?:\s[^>]*)?>(.*?)</t>', re.DOTALL)
_WITH_WORDS = re.compile(r'xl/(?:sharedStrings|worksheets/sheet\d+)\.xml')


class NotAForm(Exception):
    """The file is not there, or no workbook that Excel would open."""


def gaps_in(path: Path) -> tuple[str, ...]:
    """The names in braces of every sheet, in the order in which they are first met. Raises NotAForm."""
    try:
        with zipfile.ZipFile(path) as book:
            parts = [each for each in book.infolist() if _WITH_WORDS.fullmatch(each.filename)]
            if not parts or sum(each.file_size for each in parts) > _LARGEST:
                raise NotAForm
            words = [book.read(each).decode() for each in parts]
    except (OSError, BadZipFile, UnicodeDecodeError) as error:
        raise NotAForm from error
    # A word may be written in several looks, each of them a piece of its own.
    strings = (''.join(_PIECE.findall(each)) for part in words for each in _STRING.findall(part))
    return tuple(dict.fromkeys(name for each in strings for name in GAP.findall(unescape(each))))
