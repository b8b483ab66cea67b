"""What the quick reader of workbooks leaves out: hidden rows, errors in cells, and the Japanese date formats.

The XML is scanned as text for the few cells concerned; parsing 600,000 cells a second time would take longer than
everything else.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from xml.etree.ElementTree import ParseError, fromstring

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from apps.importing.book import Cell, Unusable

JAPANESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Built-in number formats that are dates in Japanese Excel only, so that readers take them for plain numbers."""

_MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
_LINKS = '{http://schemas.openxmlformats.org/package/2006/relationships}'
_LINK = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id'

_HIDDEN = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
_ERROR = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)
_NO_RESULT = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_STYLED = rb'<c\b(?=[^>]*\bs="(?:%s)")[^>]*?\br="([A-Z]+)(\d+)"'

_RECALCULATE = 'Excelで開いて計算し直し、保存してください。'

Change = Callable[[Cell], Cell]


@dataclass(frozen=True, slots=True)
class Beyond:
    """Of one sheet. cells: (row, column) from 0 -> what the cell becomes, given the value that was read."""

    hidden: frozenset[int] = frozenset()
    cells: Mapping[tuple[int, int], Change] = field(default_factory=dict)


def beyond_values(packed: zipfile.ZipFile) -> dict[str, Beyond]:
    """By sheet name; nothing for a workbook whose parts are not where they should be."""
    try:
        workbook = fromstring(packed.read('xl/workbook.xml'))
        links = fromstring(packed.read('xl/_rels/workbook.xml.rels'))
        dates = _date_styles(packed)
    except (KeyError, ParseError):
        return {}
    settings = workbook.find(f'{_MAIN}workbookPr')
    since_1904 = settings is not None and settings.get('date1904') in ('1', 'true')
    to_day = partial(_day, mac=since_1904)
    parts = {each.get('Id'): each.get('Target', '') for each in links.iter(f'{_LINKS}Relationship')}
    found: dict[str, Beyond] = {}
    for sheet in workbook.iter(f'{_MAIN}sheet'):
        target = parts.get(sheet.get(_LINK), '')
        path = target.lstrip('/') if target.startswith('/') else f'xl/{target}'
        if path in packed.namelist() and path.endswith('.xml'):
            found[sheet.get('name', '')] = _of_sheet(packed.read(path), dates, to_day)
    return found


def _of_sheet(xml: bytes, dates: list[int], to_day: Change) -> Beyond:
    cells: dict[tuple[int, int], Change] = dict(_dates(xml, dates, to_day))
    for column, row in _NO_RESULT.findall(xml) if b'<f' in xml else ():
        cells[_place(column, row)] = partial(_unless_there, Unusable('計算結果のない式', _RECALCULATE))
    for column, row, text in _ERROR.findall(xml) if b't="e"' in xml else ():
        advice = 'Excelで式を直すか、正しい値を入力してください。'
        cells[_place(column, row)] = partial(_instead, Unusable(text.decode('utf-8', 'replace'), advice))
    hidden = frozenset(int(row) - 1 for row in _HIDDEN.findall(xml)) if b'hidden=' in xml else frozenset()
    return Beyond(hidden, cells)


def _dates(xml: bytes, styles: list[int], to_day: Change) -> Iterator[tuple[tuple[int, int], Change]]:
    if styles:
        pattern = re.compile(_STYLED % b'|'.join(str(each).encode() for each in styles))
        for column, row in pattern.findall(xml):
            yield _place(column, row), to_day


def _date_styles(packed: zipfile.ZipFile) -> list[int]:
    """Numbers of the cell styles whose format is one of JAPANESE_DATES."""
    if 'xl/styles.xml' not in packed.namelist():
        return []
    styles = fromstring(packed.read('xl/styles.xml')).find(f'{_MAIN}cellXfs')
    formats = [int(each.get('numFmtId', '0')) for each in styles] if styles is not None else []
    return [number for number, each in enumerate(formats) if each in JAPANESE_DATES]


def _day(cell: Cell, *, mac: bool) -> Cell:
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not 61 <= cell < 300_000:
        return cell
    moment = (CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900) + timedelta(days=float(cell))
    return moment.date() if float(cell).is_integer() else moment


def _instead(value: Cell, _read: Cell) -> Cell:
    return value


def _unless_there(value: Cell, read: Cell) -> Cell:
    """A formula whose stored result is an empty text is blank; only what was never calculated is told."""
    return value if read in (None, '') else read


def _place(column: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_index_from_string(column.decode()) - 1
