"""Records as points for the city's GIS: GeoJSON (RFC 7946), and the table of a CSV with latitude and longitude."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from apps.excel.tables import RECORD_ID, Column, MainTable
from apps.operations.world import World
from forms.definition import AppDefinition
from forms.field import Field, Masked
from forms.view import View
from storage import Doc

LATITUDE, LONGITUDE = '緯度', '経度'


def point_field(definition: AppDefinition, view: View | None) -> str:
    """The field whose places are written: that of a map view, else the first one; '' where there is none."""
    own = view.by if view is not None and view.type == 'map' else ''
    places = [name for name, each in definition.fields.items() if each.WIDGET == 'location' and not each.retired]
    return own if own in places else next(iter(places), '')


class PointTable:
    """One row per record: its id, latitude, longitude, then its columns, without the place's own two numbers.

    view: whose columns are written, so that a map gets no more of people than the list shows; None for all fields.
    """

    name = '座標'

    def __init__(self, definition: AppDefinition, name: str, view: View | None, world: World) -> None:
        kept = {*view.columns, name} if view is not None and view.columns else {*definition.fields}
        self._field = name
        self._main = MainTable(definition, world, without=frozenset(definition.fields) - kept)
        own = {header for header, _ in definition.fields[name].cells(world)[1:]}
        headers = [each.header for each in self._main.columns]
        self._places = [at for at, header in enumerate(headers) if at and header not in own]
        rest = [self._main.columns[at] for at in self._places]
        taken = {each.header for each in rest}
        place = (each if each not in taken else f'{name}の{each}' for each in (LATITUDE, LONGITUDE))
        self.columns: Sequence[Column] = [Column(RECORD_ID), *(Column(each, 'number') for each in place), *rest]

    def rows(self, record: Doc) -> Iterator[Sequence[Any]]:
        place = coordinates(record.get(self._field))
        for row in self._main.rows(record):
            yield [row[0], *(place or (None, None)), *(row[at] for at in self._places)]


def coordinates(value: Any) -> tuple[float, float] | None:
    """(latitude, longitude) of a location; None of one that nobody knows, or that this person may not read."""
    if not isinstance(value, dict) or isinstance(value, Masked) or value.get('lat') is None:
        return None
    return value['lat'], value['lon']


def write_geojson(
    path: Path,
    table: PointTable,
    records: Iterable[Doc],
    facts: Sequence[tuple[str, Any]],
    told: Callable[[int], None] = lambda _: None,
) -> int:
    """Write the file; returns how many records it holds. Those without a place are there too, without a geometry."""
    headers = [each.header for each in table.columns]
    count = 0
    with path.open('w', encoding='utf-8') as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for record in records:
            for row in table.rows(record):
                file.write(',\n' if count else '\n')
                file.write(_json(_feature(headers, row)))
                count += 1
            told(count)
        about = {name: _plain(value) for name, value in (*facts, ('件数', count)) if value is not None}
        file.write(f'\n], "出力情報": {_json(about)}}}\n')
    return count


def point_facts(field: Field, view: View | None) -> list[tuple[str, Any]]:
    """What a reader must know of the numbers."""
    columns = f'一覧「{view.name}」の列' if view is not None and view.columns else 'すべての項目'
    return [('位置の項目', field.title), ('緯度と経度', '世界測地系(WGS 84、EPSG:4326)の度'), ('書き出した列', columns)]


def _feature(headers: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """Longitude first, as RFC 7946 asks."""
    record_id, latitude, longitude, *rest = row
    placed = latitude is not None
    return {
        'type': 'Feature',
        'id': record_id,
        'geometry': {'type': 'Point', 'coordinates': [longitude, latitude]} if placed else None,
        'properties': {header: _plain(value) for header, value in zip(headers[3:], rest, strict=True)},
    }


def _plain(value: Any) -> Any:
    """Numbers and yes or no as such; days and times as ISO 8601."""
    if isinstance(value, date | time):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
