"""The answer to a look at the map as the server makes it: our clusters, and every record as a pin of its own."""

from __future__ import annotations

from typing import Any, Protocol

import orjson

from apps.api.map_view import map_told
from apps.context import AppContext
from apps.map.tiles.tile import Box
from apps.reading.map_picture import Look, picture
from apps.reading.map_points import MapPoints
from bench.screens.road_office import APP, CLERK
from forms.view import View


class Way(Protocol):
    def answer(self, box: Box, zoom: int) -> bytes: ...

    def count(self) -> int: ...

    def forget(self) -> None: ...


class Ours:
    """What the API answers: pins and clusters of the box, counts of everything, the first page of the list."""

    def __init__(self, office: AppContext, view: View) -> None:
        self._office, self._view = office, view
        self.forget()

    def answer(self, box: Box, zoom: int) -> bytes:
        reading = self._office.reading
        seen = reading.seen(reading.definition(APP, CLERK), self._view, {}, CLERK)
        return orjson.dumps(map_told(seen, picture(seen, self._points, Look(box, zoom)), ''))

    def count(self) -> int:
        reading = self._office.reading
        seen = reading.seen(reading.definition(APP, CLERK), self._view, {}, CLERK)
        return picture(seen, self._points, Look(limit=0)).placed

    def forget(self) -> None:
        self._points = MapPoints(self._office.live)


class Every:
    """Every record that has a place with its title and status, wherever one looks."""

    def __init__(self, office: AppContext, view: View) -> None:
        self._office, self._view = office, view

    def answer(self, box: Box, zoom: int) -> bytes:
        reading = self._office.reading
        seen = reading.seen(reading.definition(APP, CLERK), self._view, {}, CLERK)
        found = seen.store.find(APP, seen.condition(), sort=seen.order(), limit=None).docs
        pins: list[Any] = []
        for doc in found:
            if (place := doc.get(self._view.by)) and place.get('lat') is not None:
                row = seen.row(doc, ())
                pins.append([row.id, place['lat'], place['lon'], row.title, doc.get('状態')])
        return orjson.dumps(pins)

    def count(self) -> int:
        return len(orjson.loads(self.answer((0, 0, 0, 0), 0)))

    def forget(self) -> None:
        """It remembers nothing."""
