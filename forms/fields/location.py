"""A place on the map: {'lat', 'lon', 'place'}; the coordinates (WGS 84, degrees) may be unknown, or the words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.field import WIDTHS, Cell, Field, Parsed, Surroundings, Value, field_type, setting
from forms.formula.value_type import NUMBER, TEXT, ValueType, record
from forms.japanese.width import fold
from forms.raw import one_line, typed_text

KEYS = frozenset(('lat', 'lon', 'place'))
DECIMALS = 6
"""0.000001 degrees are 11 cm."""
LONGEST_PLACE = 200

_COORDINATES = re.compile(
    r'(?:北緯|緯度|N)?\s*(?P<lat>-?\d{1,3}\.\d+)度?\s*[,、，\s]\s*(?:東経|経度|E)?\s*(?P<lon>-?\d{1,3}\.\d+)度?\s*(?P<place>.*)'
)


@field_type('location', title='位置')
@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Field):
    WIDGET: ClassVar[str] = 'location'
    TAKES: ClassVar[str] = '場所の名前、緯度と経度、またはその両方。36.5613, 136.6562 のように緯度を先に書きます。'
    EXAMPLE: ClassVar[str] = '{name: 位置, type: location}'

    width: str = setting('full', label='幅', choices=WIDTHS)

    @property
    def value_type(self) -> ValueType:
        return record({'lat': NUMBER, 'lon': NUMBER, 'place': TEXT})

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        if isinstance(raw, dict):
            return self._from_parts(raw) if raw.keys() <= KEYS else self.refused('not_a_place')
        typed = typed_text(raw)
        if typed is None:
            return self.refused('not_a_place')
        text = one_line(typed)
        found = _COORDINATES.fullmatch(fold(text))
        return self._from_parts(found.groupdict() if found else {'place': text})

    def _from_parts(self, parts: dict[str, Value]) -> Parsed:
        place = typed_text(parts.get('place'))
        if place is None:
            return self.refused('not_a_place')
        place = one_line(place)
        if len(place) > LONGEST_PLACE:
            return self.refused('too_long', limit=LONGEST_PLACE, length=len(place))
        given = [part for part in (parts.get('lat'), parts.get('lon')) if part not in (None, '')]
        if not given:
            return Parsed({'lat': None, 'lon': None, 'place': place} if place else None)
        if len(given) == 1:
            return self.refused('half_coordinates')
        return self._placed(_degrees(given[0]), _degrees(given[1]), place)

    def _placed(self, lat: float | None, lon: float | None, place: str) -> Parsed:
        if lat is None or lon is None:
            return self.refused('not_a_place')
        if 90 < lat <= 180 and abs(lon) <= 90:
            return self.refused('swapped_coordinates')
        if abs(lat) > 90 or abs(lon) > 180:
            return self.refused('no_such_coordinates')
        return Parsed({'lat': round(lat, DECIMALS), 'lon': round(lon, DECIMALS), 'place': place})

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        if not isinstance(value, dict):
            return str(value or '')
        return value.get('place') or _coordinates(value)

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        return str(value.get('place') or '') if isinstance(value, dict) else str(value or '')

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        return (
            (self.name, lambda value: (value or {}).get('place') or None),
            (f'{self.name}_緯度', lambda value: (value or {}).get('lat')),
            (f'{self.name}_経度', lambda value: (value or {}).get('lon')),
        )


def _degrees(raw: Value) -> float | None:
    """36.5613 of a number or a text; None for anything else."""
    text = typed_text(raw)
    try:
        number = float(fold(text or ''))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _coordinates(value: dict[str, Value]) -> str:
    lat, lon = value.get('lat'), value.get('lon')
    return '' if lat is None or lon is None else f'{lat:.{DECIMALS}f}, {lon:.{DECIMALS}f}'
