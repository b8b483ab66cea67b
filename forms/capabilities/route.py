"""The places of a day in the order in which one goes: whose records, from where, and what is read on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, dataclass
from typing import TYPE_CHECKING, Any, Final

from forms.capabilities.duplicates.distance import Point
from forms.capability import Capability, FormulaSetting, capability
from forms.field import FormulaText, setting
from forms.problems import Problem, instead, problem
from forms.tour import length, tour

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'route'
MOST: Final = 100
"""Stops of one day; nobody sees more places between morning and evening."""
_SAME_PLACE = 5
"""Decimals of a degree: places within a metre are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where everybody sets out and comes back to."""

    name: str = setting(label='出発する所', help='紙の上での呼び名。例 見本市役所')
    latitude: float = setting(MISSING, label='緯度', help='必ず書きます。例 36.5613')
    longitude: float = setting(MISSING, label='経度', help='必ず書きます。例 136.6562')

    @property
    def point(self) -> Point:
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Stop:
    """A record on the way. place: its words for where it is, by which those without coordinates stand together."""

    id: str
    point: Point | None
    place: str = ''


@capability(KEY, title='今日の道順')
@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Capability):
    """Proposes an order; everybody changes theirs as they like, for one day."""

    location: str = setting(MISSING, label='位置の項目', help='必ず書きます。緯度と経度が入る項目。')
    start: Start = setting(MISSING, label='出発する所', help='必ず書きます。名前と緯度と経度。')
    place: str = setting(label='場所の項目', help='場所の言葉の項目。位置のない記録は、この言葉でまとめます。')
    filter: FormulaText | None = setting(None, label='条件', help='書くと、この式が成り立つ記録がはじめから入ります。')
    shows: tuple[str, ...] = setting((), label='見せる項目', help='紙と画面に出す項目。')

    def formula_settings(self) -> Iterable[FormulaSetting]:
        if self.filter:
            yield FormulaSetting(('filter',), self.filter, 'boolean')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        yield from _of_location(definition, self.location)
        for key, names in (('place', (self.place,) if self.place else ()), ('shows', self.shows)):
            for name in names:
                if name not in definition.fields:
                    near = instead(name, definition.fields)
                    yield problem('D209', at=(key,), setting=key, name=name, instead=near)
        if not (abs(self.start.latitude) <= 90 and abs(self.start.longitude) <= 180):
            yield problem('D738', at=('start',), latitude=self.start.latitude, longitude=self.start.longitude)

    def arranged(self, stops: Sequence[Stop]) -> list[str]:
        """Ids in an order that is short to go: records at one place together, those without coordinates at the end."""
        spots: dict[Point, list[str]] = {}
        words: dict[str, list[str]] = {}
        for each in stops:
            if each.point is None:
                words.setdefault(each.place, []).append(each.id)
            else:
                spot = round(each.point[0], _SAME_PLACE), round(each.point[1], _SAME_PLACE)
                spots.setdefault(spot, []).append(each.id)
        points = list(spots)
        near = (name for index in tour(self.start.point, points) for name in spots[points[index]])
        return [*near, *(name for place in sorted(words) for name in words[place])]

    def metres(self, stops: Sequence[Stop]) -> float:
        """From the start through the stops in this order and back, as the crow flies; unknown places left out."""
        points = [each.point for each in stops if each.point is not None]
        return length(self.start.point, points, range(len(points)))


def _of_location(definition: AppDefinition, name: str) -> Iterator[Problem]:
    field: Any = definition.fields.get(name)
    if field is None:
        near = instead(name, definition.fields)
        yield problem('D209', at=('location',), setting='location', name=name, instead=near)
    elif field.TYPE != 'location':
        yield problem('D210', at=('location',), setting='location', name=name, type=field.TITLE, wanted='位置')
