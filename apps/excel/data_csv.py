"""The data export as CSV for other systems: a zip with one file per table, quoted, one record per line.

Every text is quoted. A text that a spreadsheet would take for a formula gets a leading apostrophe, which the import of
this program takes away again; numbers never do. In Shift_JIS (cp932) a character that cannot be written becomes 〓, and
a file of its own lists each of them with its place.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from apps.excel.tables import (
    CODE_HEADERS,
    CODES,
    FIELD_HEADERS,
    FIELDS,
    ORIGIN,
    ORIGIN_HEADERS,
    Table,
    code_rows,
    field_rows,
)
from forms.definition import AppDefinition
from storage import Doc

ENCODINGS = {'csv': 'utf-8-sig', 'csv_sjis': 'cp932', 'points_csv': 'utf-8-sig', 'points_csv_sjis': 'cp932'}
"""Format -> encoding of its files."""

UNWRITTEN = '書けなかった文字'
GETA = '〓'
APOSTROPHE = "'"
_STARTS_FORMULA = ('=', '+', '-', '@', '\t', '\r', '\0')
_NAMES = {'utf-8-sig': 'UTF-8(BOM付き)', 'cp932': 'Shift_JIS(CP932)'}


@dataclass(slots=True)
class Unwritten:
    """Characters that the encoding has not: (file, line, column header, character), each place once."""

    places: list[tuple[str, int, str, str]] = field(default_factory=list)


def write_data_csv(  # noqa: PLR0913, PLR0917 - what is written, how, and who hears of it
    path: Path,
    definition: AppDefinition,
    tables: Sequence[Table],
    records: Iterable[Doc],
    facts: Sequence[tuple[str, Any]],
    encoding: str,
    told: Callable[[int], None] = lambda _: None,
) -> tuple[int, int]:
    """Write the zip; returns how many records it holds and how many characters could not be written."""
    unwritten, count = Unwritten(), 0
    with TemporaryDirectory(dir=path.parent) as folder, ZipFile(path, 'w', ZIP_DEFLATED) as archive:
        files = [
            _File(Path(folder), each.name, [one.header for one in each.columns], encoding, unwritten)
            for each in tables
        ]
        with ExitStack() as open_files:
            writers = [open_files.enter_context(each) for each in files]
            for record in records:
                count += 1
                for table, writer in zip(tables, writers, strict=True):
                    for row in table.rows(record):
                        writer.write(row)
                told(count)
        beside = [
            (FIELDS, FIELD_HEADERS, field_rows(definition)),
            (CODES, CODE_HEADERS, code_rows(definition)),
            (ORIGIN, ORIGIN_HEADERS, [*facts, ('件数', count), *_facts(encoding, unwritten)]),
        ]
        for name, headers, rows in beside:
            files.append(_whole(Path(folder), name, headers, rows, encoding, Unwritten()))
        if unwritten.places:
            listed = [(place[0], place[1], place[2], place[3], f'U+{ord(place[3]):04X}') for place in unwritten.places]
            heads = ('ファイル', '行', '項目', '文字', '符号位置')
            files.append(_whole(Path(folder), UNWRITTEN, heads, listed, 'utf-8-sig', Unwritten()))
        for each in files:
            archive.write(each.path, f'{each.name}.csv')
    return count, len(unwritten.places)


def _facts(encoding: str, unwritten: Unwritten) -> list[tuple[str, Any]]:
    facts = [('文字コード', _NAMES[encoding]), ('文の中の改行', '空白にしています'), ('日付', '西暦(ISO 8601)')]
    if not unwritten.places:
        return facts
    told = f'{len(unwritten.places)}文字を{GETA}にしました。{UNWRITTEN}.csv に一覧があります。'
    return [*facts, (UNWRITTEN, told)]


class _File:
    """One CSV file that grows row by row."""

    def __init__(
        self, folder: Path, name: str, headers: Sequence[str], encoding: str, unwritten: Unwritten
    ) -> None:
        self.name = ''.join('_' if sign in '/\\:*?"<>|' else sign for sign in name)
        self.path = folder / f'{len(list(folder.iterdir()))}.csv'
        self.path.touch()
        self._headers = headers
        self._encoding = encoding
        self._unwritten = unwritten
        self._line = 0
        self._target: IO[bytes] | None = None

    def __enter__(self) -> _File:
        self._target = self.path.open('wb')
        if self._encoding == 'utf-8-sig':
            self._target.write('\ufeff'.encode())
        self.write(self._headers)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._target is not None
        self._target.close()

    def write(self, values: Sequence[Any]) -> None:
        self._line += 1
        buffer = io.StringIO()
        csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator='\r\n').writerow(
            [self._text(value, place) for place, value in enumerate(values)]
        )
        assert self._target is not None
        self._target.write(buffer.getvalue().encode(self._encoding if self._encoding == 'cp932' else 'utf-8'))

    def _text(self, value: Any, place: int) -> Any:
        """As it is written; numbers stay numbers, so that only texts are quoted."""
        if value is None:
            return ''
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        text = plain_text(value)
        if self._encoding != 'cp932':
            return text
        return ''.join(sign if self._can_write(sign, place) else GETA for sign in text)

    def _can_write(self, sign: str, place: int) -> bool:
        try:
            sign.encode('cp932')
        except UnicodeEncodeError:
            self._unwritten.places.append((f'{self.name}.csv', self._line, str(self._headers[place]), sign))
            return False
        return True


def plain_text(value: Any) -> str:
    """A value as CSV holds it: ISO days, times as 09:05, one line (L1-14), never the beginning of a formula."""
    if isinstance(value, bool):
        return '1' if value else '0'
    if isinstance(value, datetime):
        return value.isoformat(sep=' ', timespec='seconds')
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime('%H:%M')
    text = ' '.join(str(value).splitlines()) if '\n' in str(value) or '\r' in str(value) else str(value)
    return APOSTROPHE + text if _is_risky(text) else text


def as_typed(text: str) -> str:
    """What stood in the field before `plain_text` protected it; for taking such a file in again."""
    return text[1:] if text.startswith(APOSTROPHE) and _is_risky(text) else text


def _is_risky(text: str) -> bool:
    """Apostrophes before such a text count as well, or one of them would be lost on the way back."""
    return text.lstrip(APOSTROPHE).startswith(_STARTS_FORMULA)


def _whole(  # noqa: PLR0913, PLR0917 - where, what and how
    folder: Path, name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]], encoding: str, unwritten: Unwritten
) -> _File:
    file = _File(folder, name, headers, encoding, unwritten)
    with file:
        for row in rows:
            file.write(row)
    return file
