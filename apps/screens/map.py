"""A map without tiles: numbered pins on a plain grid, north up, and the same records as a list beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import background_tasks, run
from tinydb import where

from apps.addresses import record_address
from apps.live import RecordChanged
from apps.outcome import Refused
from apps.reading.seen import Seen
from apps.reading.shown import Row
from apps.screens.narrowing_row import NarrowingRow, as_query
from apps.screens.record_line import draw_record_line
from apps.screens.view_screen import ViewScene, ViewScreen, view_screen
from apps.tags import link, notice, tag

MOST = 200
"""Pins at once; more could not be told apart."""

LINES = 4
_METRES_PER_DEGREE = 111_320
_SMALLEST = 200.0
"""A map shows at least so many metres, so that one pin does not fill it."""


@dataclass(frozen=True, slots=True)
class Pin:
    """x, y: 0 to 1 from the upper left corner."""

    row: Row
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Places:
    """total: records of the view; placed: those with coordinates. metres: width of the map on the ground."""

    pins: Sequence[Pin]
    total: int
    placed: int
    metres: float


@view_screen('map')
class MapScreen(ViewScreen):
    """Newest records first; what is beyond the limit or has no coordinates is counted in words."""

    def __init__(self, scene: ViewScene) -> None:
        super().__init__(scene)
        self._query = dict(scene.query)
        self._reading = 0

    def draw(self) -> None:
        self._row = NarrowingRow(self.scene, lambda filters: self.scene.go(as_query(filters)))
        self._place = tag('div', '', 'map-screen', aria_busy='true')
        self.follow(self._query)

    def follow(self, query: Mapping[str, str]) -> None:
        self._query = dict(query)
        self._row.draw(query)
        self._read()

    def happened(self, happening: object) -> None:
        if isinstance(happening, RecordChanged) and happening.app == self.scene.definition.name:
            self._read()

    def _read(self) -> None:
        self._reading += 1
        background_tasks.create(self._show(self._reading), name='map')

    async def _show(self, reading: int) -> None:
        person = self.scene.person()
        if person is None:
            return
        reader = self.scene.context.reading
        seen = reader.seen(self.scene.definition, self.scene.view, self._row.chosen(self._query), person)
        try:
            found = await run.io_bound(places, seen)
        except (Refused, ValueError) as refused:
            self._place.clear()
            with self._place:
                notice('error', str(refused) or 'この条件では表示できません。')
            return
        if found is None or reading != self._reading or self._place.is_deleted:
            return
        self._place.clear()
        self._place.props.pop('aria-busy', None)
        with self._place:
            self._draw_words(found)
            if found.pins:
                with tag('div', '', 'map-and-list'):
                    self._draw_pins(found)
                    self._draw_list(found)

    def _draw_words(self, found: Places) -> None:
        words = [f'{found.total:,}件のうち、場所の分かる{found.placed:,}件']
        if found.placed > len(found.pins):
            words.append(f'新しい{len(found.pins):,}件だけを表示しています')
        if len(found.pins) > 1:
            words.append('重なった印は、番号を一覧からさがせます')
        tag('p', '。'.join(words) + '。', 'list-count', role='status')
        if not found.pins:
            text = '緯度と経度の入った記録はまだありません。記録の位置の項目に入力すると、ここに出ます。'
            tag('p', text, 'card empty')

    def _draw_pins(self, found: Places) -> None:
        with tag('div', '', 'map', role='group', aria_label='位置の図'):
            for line in range(1, LINES):
                tag('span', '', 'map-line across', aria_hidden='true').style(f'top: {line * 100 / LINES}%')
                tag('span', '', 'map-line down', aria_hidden='true').style(f'left: {line * 100 / LINES}%')
            tag('span', '北', 'map-north')
            tag('span', f'1目盛り 約{_length(found.metres / LINES)}', 'map-scale')
            for number, pin in enumerate(found.pins, start=1):
                address = record_address(self.scene.definition.name, pin.row.id)
                with link(str(number), address, 'pin', aria_label=f'{number} {pin.row.title}') as drawn:
                    drawn.style(f'left: {pin.x * 100:.2f}%; top: {pin.y * 100:.2f}%')

    def _draw_list(self, found: Places) -> None:
        with tag('div', '', 'card card-body map-list', tabindex='0', role='region', aria_label='図の記録'):
            with tag('ol', '', 'record-links numbered'):
                for pin in found.pins:
                    draw_record_line(self.scene.definition, pin.row)


def places(seen: Seen) -> Places:
    """Blocking. The newest records with coordinates, laid out on a square."""
    definition, by = seen.definition, seen.view.by
    condition, own = seen.condition(), where(by).lat.exists() & where(by).lon.exists()
    query = own if condition is None else condition & own
    found = seen.store.find(definition.name, query, sort=seen.order(), limit=MOST).docs
    placed = seen.store.count(definition.name, query) if len(found) == MOST else len(found)
    total = seen.store.count(definition.name, condition)
    return laid_out([(seen.row(each), each[by]) for each in found], total, placed)


def laid_out(found: Sequence[tuple[Row, Mapping[str, Any]]], total: int, placed: int) -> Places:
    """Pins on a square map with north up; a degree of longitude is as long as it is at that latitude."""
    if not found:
        return Places((), total, placed, 0.0)
    middle = math.radians(_middle(float(at['lat']) for _, at in found))
    points = [(one, float(at['lon']) * math.cos(middle), float(at['lat'])) for one, at in found]
    centre_x, centre_y = _middle(x for _, x, _ in points), _middle(y for _, _, y in points)
    spread = max(max(abs(x - centre_x), abs(y - centre_y)) for _, x, y in points)
    half = max(spread * 1.1, _SMALLEST / 2 / _METRES_PER_DEGREE)
    pins = [Pin(one, 0.5 + (x - centre_x) / half / 2, 0.5 - (y - centre_y) / half / 2) for one, x, y in points]
    return Places(pins, total, placed, 2 * half * _METRES_PER_DEGREE)


def _middle(values: Iterable[float]) -> float:
    known = list(values)
    return (min(known) + max(known)) / 2


def _length(metres: float) -> str:
    return f'{metres / 1000:.1f}km' if metres >= 1000 else f'{metres:.0f}m'
