"""CSV and tab-separated text: which encoding, which delimiter, and its rows."""

from __future__ import annotations

import csv
import io

from apps.excel.data_csv import as_typed
from apps.importing.book import Book, Cell, Sheet
from apps.outcome import Refused

ENCODINGS = {'utf-8-sig': 'UTF-8', 'utf-16': 'UTF-16', 'cp932': 'Shift_JIS(cp932)'}
_DELIMITERS = {',': 'コンマ', '\t': 'タブ', ';': 'セミコロン'}
_MARKS_OF_UTF16 = (b'\xff\xfe', b'\xfe\xff')
_NOT_TEXT = 'このファイルは読めません。Excelか、UTF-8かShift_JISのCSVを選んでください。'


def read_csv(content: bytes, name: str) -> Book:
    """One sheet, named for the file, without the apostrophes by which our export protects texts. Raises Refused."""
    text, encoding = _decoded(content)
    if '\x00' in text:
        raise Refused('unsupported', detail=_NOT_TEXT)
    delimiter = _delimiter(text)
    csv.field_size_limit(1_000_000)
    read = csv.reader(io.StringIO(text, newline=''), delimiter=delimiter)
    try:
        rows: list[list[Cell]] = [[as_typed(cell) for cell in row] for row in read]
    except csv.Error as error:
        detail = f'CSVの形が正しくありません({error})。引用符を確かめてください。'
        raise Refused('unsupported', detail=detail) from error
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend([''] * (width - len(row)))
    title = name.rpartition('.')[0] or name
    return Book(name, f'CSV {ENCODINGS[encoding]} {_DELIMITERS[delimiter]}区切り', [Sheet(title, rows)])


def _decoded(content: bytes) -> tuple[str, str]:
    encodings = ['utf-16'] if content.startswith(_MARKS_OF_UTF16) else ['utf-8-sig', 'cp932']
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Refused('unsupported', detail=_NOT_TEXT)


def _delimiter(text: str) -> str:
    """The sign that splits the first lines into the most columns."""
    lines = text.splitlines()[:20]

    def most(sign: str) -> int:
        return max((len(row) for row in csv.reader(lines, delimiter=sign)), default=0)

    return max(_DELIMITERS, key=most)
