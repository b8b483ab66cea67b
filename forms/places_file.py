"""A file of places as an administrator keeps it in Excel: 名前,かな,種類,緯度,経度, one place per row."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from forms.choice_files import decoded
from forms.japanese.width import fold
from forms.places import Place
from forms.problems import nearest

NAME, KANA, KIND, LATITUDE, LONGITUDE = COLUMNS = ('名前', 'かな', '種類', '緯度', '経度')
FOLDER: Final = 'places'
"""Beside the definitions; every CSV file in it counts."""

_NEEDED: Final = (NAME, LATITUDE, LONGITUDE)


@dataclass(frozen=True, slots=True)
class WrongRow:
    """Why a row, or the whole file, is passed over. row: as Excel counts, the heading is 1; text, advice: Japanese."""

    row: int
    text: str
    advice: str


def read_places(content: bytes) -> tuple[Sequence[Place], Sequence[WrongRow]]:
    """The places of a CSV file in UTF-8 or in the encoding of Windows, and what had to be passed over."""
    text = decoded(content)
    if text is None:
        way = 'Excelの「CSV UTF-8」で保存し直すか、元のファイルに戻してください。'
        return (), [WrongRow(1, '文字コードが分かりません。', way)]
    reader = csv.DictReader(io.StringIO(text, newline=''), restval='')
    try:
        columns = [column.strip() for column in reader.fieldnames or ()]
        reader.fieldnames = columns
        missing = [each for each in _NEEDED if each not in columns]
        if missing:
            return (), [_without(missing[0], columns)]
        return _of_rows(reader)
    except csv.Error:
        way = '「"」の組を直すか、Excelで保存し直してください。'
        return (), [WrongRow(reader.line_num, 'CSVとして読めません。', way)]


def _without(column: str, columns: Sequence[str]) -> WrongRow:
    near = nearest(column, columns)
    way = f'「{near}」を「{column}」に直すか、' if near else ''
    return WrongRow(1, f'列「{column}」がありません。', f'{way}1行目に {",".join(COLUMNS)} と書いてください。')


def _of_rows(reader: csv.DictReader[str]) -> tuple[Sequence[Place], Sequence[WrongRow]]:
    places: dict[Place, int] = {}
    wrong: list[WrongRow] = []
    for row in reader:
        if not any(cell for key, cell in row.items() if key):
            continue
        found = _place({key: (cell or '').strip() for key, cell in row.items() if key}, reader.line_num)
        if isinstance(found, WrongRow):
            wrong.append(found)
        elif found in places:
            same = f'{places[found]}行目と同じ場所です。'
            wrong.append(WrongRow(reader.line_num, same, 'どちらかの行を消すか、直してください。'))
        else:
            places[found] = reader.line_num
    if not places and not wrong:
        way = '2行目から場所を書くか、ファイルを places フォルダーから出してください。'
        wrong.append(WrongRow(1, '場所が1つもありません。', way))
    return list(places), wrong


def _place(row: Mapping[str, str], number: int) -> Place | WrongRow:
    if not row[NAME]:
        return WrongRow(number, '名前が空です。', '名前を書くか、この行を消してください。')
    latitude, longitude = _degrees(row[LATITUDE]), _degrees(row[LONGITUDE])
    if latitude is None or longitude is None:
        name, text = (LATITUDE, row[LATITUDE]) if latitude is None else (LONGITUDE, row[LONGITUDE])
        way = '36.5613 のように度で書くか、この行を消してください。'
        return WrongRow(number, f'{name}「{text}」を数として読めません。', way)
    if abs(latitude) > 90 or abs(longitude) > 180:
        way = '緯度と経度を入れかえるか、' if abs(longitude) <= 90 else '数を直すか、'
        wrong = f'緯度 {latitude}、経度 {longitude} という場所はありません。'
        return WrongRow(number, wrong, f'{way}この行を消してください。')
    return Place(row[NAME], row.get(KANA, ''), row.get(KIND, ''), latitude, longitude)


def _degrees(text: str) -> float | None:
    try:
        number = float(fold(text))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
