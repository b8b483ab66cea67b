"""Reading a file that somebody sends in: which kind it is by its content, what is refused, and its sheets."""

from __future__ import annotations

import io
import zipfile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from apps.importing.book import Book, Cell, Sheet
from apps.importing.csv_text import read_csv
from apps.importing.sheet_xml import Beyond, beyond_values
from apps.outcome import Refused

MOST_BYTES = 30_000_000
MOST_UNPACKED = 400_000_000
"""A workbook of 33,000 rows unpacks to some 40 MB; what unpacks to ten times that was made to do harm."""
MOST_ROWS = 100_000
MOST_COLUMNS = 500

_ZIP, _OLE = b'PK\x03\x04', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
_ENCRYPTED = 'EncryptedPackage'.encode('utf-16-le')
_KINDS = 'Excel(.xlsx .xlsm .xls .xlsb)、OpenDocument(.ods)、CSVのファイルを選んでください。'


def read_book(content: bytes, name: str) -> Book:
    """The sheets of a file. Raises Refused with a sentence that says what to do."""
    if len(content) > MOST_BYTES:
        raise Refused('too_large', detail=f'ファイルは{MOST_BYTES // 1_000_000}MBまでです。行を分けてください。')
    if not content.strip():
        raise Refused('invalid', detail='ファイルが空です。中身のあるファイルを選んでください。')
    if content.startswith(_ZIP):
        book = _workbook(content, name, _checked_zip(content))
    elif content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise _locked()
        book = _workbook(content, name, None)
    else:
        book = read_csv(content, name)
    for sheet in book.sheets:
        if len(sheet.rows) > MOST_ROWS:
            detail = f'「{sheet.name}」は{len(sheet.rows):,}行です。一度に取り込めるのは{MOST_ROWS:,}行までです。'
            raise Refused('too_large', detail=detail)
    return book


def _checked_zip(content: bytes) -> zipfile.ZipFile:
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise _broken() from error
    if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
        detail = '開くと大きくなりすぎるファイルです。必要な行だけを新しいブックに写してください。'
        raise Refused('too_large', detail=detail)
    names = set(packed.namelist())
    if not names & {'xl/workbook.xml', 'xl/workbook.bin', 'content.xml'}:
        raise Refused('unsupported', detail=f'このファイルは読めません。{_KINDS}')
    return packed


def _workbook(content: bytes, name: str, packed: zipfile.ZipFile | None) -> Book:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [each.name for each in workbook.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        beyond = beyond_values(packed) if packed and 'xl/workbook.xml' in packed.namelist() else {}
        sheets = [_sheet(workbook, each, beyond.get(each, Beyond())) for each in shown]
    except PasswordError as error:
        raise _locked() from error
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError) as error:
        raise _broken() from error
    hidden = [each.name for each in workbook.sheets_metadata if each.name not in shown]
    remarks = [f'非表示のシート「{"」「".join(hidden)}」は読みません。'] if hidden else []
    if packed and any(each.endswith('vbaProject.bin') for each in packed.namelist()):
        remarks.append('マクロは動かさず、セルの値だけを読みました。')
    return Book(name, 'Excelブック' if not name.lower().endswith('.ods') else 'OpenDocument', sheets, remarks)


def _sheet(workbook: CalamineWorkbook, name: str, beyond: Beyond) -> Sheet:
    found = workbook.get_sheet_by_name(name)
    if found.width > MOST_COLUMNS:
        detail = f'シート「{name}」の列が{found.width:,}列あります。{MOST_COLUMNS}列までにしてください。'
        raise Refused('too_large', detail=detail)
    rows: list[list[Cell]] = found.to_python(skip_empty_area=False)
    for (row, column), cell in beyond.cells.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = cell(rows[row][column])
        elif row < MOST_ROWS and column < MOST_COLUMNS:
            _grow(rows, row, column)
            rows[row][column] = cell(None)
    return Sheet(name, rows, beyond.hidden, tuple(found.merged_cell_ranges or ()))


def _grow(rows: list[list[Cell]], row: int, column: int) -> None:
    """Room for a cell beyond the last one that holds a value (an error in the last row)."""
    width = max(len(rows[0]) if rows else 0, column + 1)
    rows.extend([] for _ in range(row + 1 - len(rows)))
    for each in rows:
        each.extend([None] * (width - len(each)))


def _locked() -> Refused:
    detail = 'パスワードのかかったファイルは読めません。Excelで開き、パスワードを外して保存し直してください。'
    return Refused('unsupported', detail=detail)


def _broken() -> Refused:
    detail = f'ファイルが壊れているようで、読めません。Excelで開けるか確かめてください。{_KINDS}'
    return Refused('unsupported', detail=detail)
