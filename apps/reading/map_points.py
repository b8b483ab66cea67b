"""Where the records of a map view lie: all of them from one query, kept until something changes."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from apps.live import Live, RecordChanged
from apps.map.tiles.tile import Box
from apps.reading.lists import search_words
from apps.reading.seen import Seen

_MOST_KEPT = 12
"""Sets of points in memory; one of 65,000 takes two megabytes."""


@dataclass(frozen=True, slots=True)
class Points:
    """Records in the order of the view. numbers: by which the store finds them. lat, lon: NaN where nobody knows.

    signs: of each record the place of its value in `values`; that of the last, '', where it has none.
    """

    numbers: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    signs: NDArray[np.int32]
    values: tuple[str, ...]

    @property
    def placed(self) -> NDArray[np.bool_]:
        """Which of them have coordinates."""
        return ~np.isnan(self.lat)

    def within(self, box: Box) -> NDArray[np.bool_]:
        """Which of them lie in the box."""
        south, west, north, east = box
        inside: NDArray[np.bool_] = (
            (self.lat >= south) & (self.lat <= north) & (self.lon >= west) & (self.lon <= east)
        )
        return inside

    def box(self) -> Box | None:
        """The smallest box around them; None without any."""
        if not self.placed.any():
            return None
        lat, lon = self.lat[self.placed], self.lon[self.placed]
        return float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max())


class MapPoints:
    """Asked from any thread. The same question is answered from memory until a record of the app is written.

    What another process writes (a command) is seen within a minute.
    """

    def __init__(self, live: Live) -> None:
        self._kept: OrderedDict[Hashable, Points] = OrderedDict()
        self._changes: Counter[str] = Counter()
        self._lock = Lock()
        live.subscribe(self._heard)

    def _heard(self, happening: object) -> None:
        if isinstance(happening, RecordChanged):
            self._changes[happening.app] += 1

    def points(self, seen: Seen, text: str, sign: str) -> Points:
        """Of all records that this view shows. sign: the field whose value each pin tells; '' for none.

        Raises ValueError (Japanese) for a filter that cannot be understood.
        """
        key = self._key(seen, text, sign)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = _read(seen, search_words(text), sign)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def _key(self, seen: Seen, text: str, sign: str) -> Hashable:
        """A condition may ask for the time: within a minute its answer is the same."""
        filters = tuple(sorted((name, value) for name, value in seen.filters.items() if value))
        minute = seen.moment.now.replace(second=0, microsecond=0)
        app, person = seen.sight.definition, seen.sight.person
        return (person, app.name, app.version, self._changes[app.name], seen.view.name, filters, text, sign, minute)


def _read(seen: Seen, words: str, sign: str) -> Points:
    definition, by = seen.definition, seen.view.by
    wanted = [by, sign] if sign else [by]
    query = seen.condition(words)
    rows = seen.store.columns(definition.name, query, wanted, text=words, sort=seen.order())
    places = [_place(row[1]) for row in rows]
    texts = [str(row[2]) if sign and row[2] is not None else '' for row in rows]
    values = (*sorted({*texts} - {''}), '')
    at = {value: number for number, value in enumerate(values)}
    return Points(
        np.fromiter((row[0] for row in rows), np.int64, len(rows)),
        np.fromiter((each[0] for each in places), np.float64, len(rows)),
        np.fromiter((each[1] for each in places), np.float64, len(rows)),
        np.fromiter((at[each] for each in texts), np.int32, len(rows)),
        values,
    )


_NOWHERE = (float('nan'), float('nan'))


def _place(text: Any) -> tuple[float, float]:
    """(lat, lon) of a location as the store tells it."""
    if not isinstance(text, str) or not text.startswith('{'):
        return _NOWHERE
    told = orjson.loads(text)
    lat, lon = told.get('lat'), told.get('lon')
    return (float(lat), float(lon)) if isinstance(lat, int | float) and isinstance(lon, int | float) else _NOWHERE
