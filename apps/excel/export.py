"""Exporting the records of an app: who may, which records, for what purpose, told in the file itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apps.excel.data_csv import ENCODINGS, write_data_csv
from apps.excel.data_workbook import write_data_workbook
from apps.excel.points import PointTable, point_facts, point_field, write_geojson
from apps.excel.purpose import accepted
from apps.excel.tables import tables
from apps.outcome import Refused
from apps.people import Person
from apps.purposes import PURPOSES
from apps.reading import Reading, Wanted, view_of
from forms.definition import AppDefinition
from forms.view import View
from storage import Doc

FORMATS = {
    'xlsx': 'Excel',
    'csv': 'CSV(UTF-8)',
    'csv_sjis': 'CSV(Shift_JIS)',
    'geojson': 'GeoJSON(地図)',
    'points_csv': '座標のCSV(UTF-8)',
    'points_csv_sjis': '座標のCSV(Shift_JIS)',
}
"""Format -> what people call it. A CSV export is a zip with one file per table."""

POINTS = ('geojson', 'points_csv', 'points_csv_sjis')
"""Those that need a place; for the city's GIS."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, how many records, how many characters the encoding has not."""

    path: Path
    count: int
    purpose: str = ''
    unwritten: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be exported and how. view '': all records. long: choices of several as a table of their own."""

    view: str = ''
    filters: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    text: str = ''
    purpose: str = ''
    format: str = 'xlsx'
    long: bool = False


def export_app(  # noqa: PLR0913 - keyword arguments that read as a sentence
    reading: Reading,
    app: str,
    path: Path,
    choice: Choice = Choice(),
    *,
    by: Person,
    purposes: Sequence[str] = PURPOSES,
    told: Callable[[int], None] = lambda _: None,
) -> Exported:
    """Write what was chosen to `path`, whole or not at all. told: called with how many records are written so far.

    Raises Refused when this person may not export or says no purpose where one is needed, ValueError for filters that
    cannot be understood. Takes seconds for tens of thousands of records: call it in a worker, never in the loop.
    """
    definition = reading.definition(app, by, 'export')
    purpose = accepted(definition, choice.purpose, purposes)
    if choice.format not in FORMATS:
        known = '、'.join(FORMATS)
        raise Refused('invalid', detail=f'「{choice.format}」という形式はありません。{known} から選んでください。')
    wanted = Wanted(text=choice.text, filters=choice.filters)
    documents = _allowed(reading, definition, reading.every(app, choice.view, wanted, by=by), by)
    facts = [*_facts(reading, definition, by), *_chosen(choice, purpose), *_withheld(reading, definition, by)]
    parts, about = _parts(reading, definition, choice, by)
    facts += about
    part, unwritten = path.with_name(f'.{path.name}.part'), 0
    try:
        if choice.format == 'geojson':
            count = write_geojson(part, parts[0], documents, facts, told)
        elif choice.format in ENCODINGS:
            encoding = ENCODINGS[choice.format]
            count, unwritten = write_data_csv(part, definition, parts, documents, facts, encoding, told)
        else:
            count = write_data_workbook(part, definition, parts, documents, facts, told)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return Exported(path, count, purpose, unwritten)


def _allowed(reading: Reading, definition: AppDefinition, seen: Iterator[Doc], by: Person) -> Iterator[Doc]:
    """Of the records that somebody sees, those that they may export."""
    sight = reading.sight(definition, by)
    everywhere = any('export' in rule.can and rule.records == 'all' for _, rule in sight.rules or ())
    if sight.rules is None or everywhere:
        return seen
    store = reading.seen(definition, View(name=''), {}, by).store
    stored = ((each, store.get(each.coll, each.doc_id)) for each in seen)
    return (each for each, whole in stored if whole is not None and sight.may_on('export', whole))


def _parts(
    reading: Reading, definition: AppDefinition, choice: Choice, by: Person
) -> tuple[Sequence[Any], list[tuple[str, object]]]:
    """The tables to be written, and what is to be said about them. Raises Refused where there are no places."""
    world = reading.world(by)
    if choice.format not in POINTS:
        return tables(definition, world, long=choice.long), []
    view = view_of(definition, choice.view) if choice.view else None
    name = point_field(definition, view)
    if not name:
        raise Refused('invalid', detail='このアプリには位置の項目がないので、座標は書き出せません。')
    return [PointTable(definition, name, view, world)], point_facts(definition.fields[name], view)


def formats_of(definition: AppDefinition) -> dict[str, str]:
    """The formats that make sense for an app."""
    return {name: title for name, title in FORMATS.items() if name not in POINTS or point_field(definition, None)}


def _facts(reading: Reading, definition: AppDefinition, by: Person) -> list[tuple[str, object]]:
    return [
        ('アプリ', definition.title),
        ('アプリの名前', definition.name),
        ('所管課', reading.owner(definition) or None),
        ('定義の版', definition.version),
        ('出力日時', reading.now().replace(tzinfo=None, microsecond=0)),
        ('出力した人', by.name),
    ]


def _chosen(choice: Choice, purpose: str) -> list[tuple[str, object]]:
    filters = {name: each if isinstance(each, str) else '、'.join(each) for name, each in choice.filters.items()}
    narrowed = '、'.join(f'{name}={value}' for name, value in filters.items() if value)
    view = choice.view or 'すべてのレコード'
    facts = {'目的': purpose, '一覧': view, '絞り込み': narrowed, '検索の言葉': choice.text}
    return [(name, value or None) for name, value in facts.items()]


def _withheld(reading: Reading, definition: AppDefinition, by: Person) -> list[tuple[str, object]]:
    """What this person may not see is absent, and the file says that it is."""
    sight = reading.sight(definition, by)
    whole = sight.definition
    hidden = [each.title for name, each in whole.fields.items() if name not in definition.fields]
    masked = [each.title for name, each in definition.fields.items() if name in sight.veiled]
    told: list[tuple[str, object]] = []
    if hidden:
        told.append(('含まれていない項目', '閲覧の権限がないため: ' + '、'.join(hidden)))
    if masked:
        told.append(('伏せてある項目', '閲覧の権限がないため: ' + '、'.join(masked)))
    if not sight.sees_all:
        told.append(('含まれていないレコード', '閲覧できるレコードだけを書き出しています'))
    return told
