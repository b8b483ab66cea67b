"""Exporting the records of an app: who may, which records, in which order, told in the file itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from apps.excel.data_workbook import Origin, write_data_workbook
from apps.people import Person
from apps.reading import Reading, Wanted
from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, and how many records."""

    path: Path
    count: int


def export_app(  # noqa: PLR0913 - keyword arguments that read as a sentence
    reading: Reading,
    app: str,
    path: Path,
    *,
    view: str = '',
    filters: Mapping[str, str] | None = None,
    text: str = '',
    purpose: str = '',
    by: Person,
) -> Exported:
    """Write every record of a view (all records when `view` is '') to `path`, whole or not at all.

    Raises Refused when this person may not export, ValueError for filters that cannot be understood. Takes seconds for
    tens of thousands of records: call it in a worker, never in the loop.
    """
    definition = reading.definition(app, by, 'export')
    documents = reading.every(app, view, Wanted(text=text, filters=filters or {}), by=by)
    part = path.with_name(f'.{path.name}.part')
    chosen = '、'.join(f'{name}={value}' for name, value in (filters or {}).items() if value)
    facts = {'目的': purpose, '一覧': view or 'すべてのレコード', '絞り込み': chosen, '検索の言葉': text}
    origin = Origin([*_facts(reading, definition, by), *((name, value or None) for name, value in facts.items())])
    try:
        count = write_data_workbook(part, definition, documents, origin, reading.world(by))
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return Exported(path, count)


def _facts(reading: Reading, definition: AppDefinition, by: Person) -> list[tuple[str, object]]:
    return [
        ('アプリ', definition.title),
        ('アプリの名前', definition.name),
        ('定義の版', definition.version),
        ('出力日時', reading.now().replace(tzinfo=None, microsecond=0)),
        ('出力した人', by.name),
    ]
