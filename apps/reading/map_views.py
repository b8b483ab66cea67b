"""The map of a view for one person: permission asked first, as for every list."""

from __future__ import annotations

from dataclasses import dataclass

from apps.outcome import Refused
from apps.people import Person
from apps.reading import Filters, Reading, view_of
from apps.reading.map_picture import Look, MapPicture, picture
from apps.reading.map_points import MapPoints
from apps.reading.seen import Seen


@dataclass(frozen=True, slots=True)
class MapViews:
    """Blocking, but quick: the points of a question are read once and kept."""

    reading: Reading
    points: MapPoints

    def seen(self, app: str, view: str, filters: Filters, *, by: Person) -> Seen:
        """A map view as this person looks at it now. Raises Refused."""
        definition = self.reading.definition(app, by)
        found = view_of(definition, view)
        if found.type != 'map' or found.by not in definition.fields:
            raise Refused('not_found', detail=f'「{view}」という地図はありません。')
        return self.reading.seen(definition, found, filters, by)

    def picture(self, seen: Seen, look: Look, text: str = '') -> MapPicture:
        """Raises ValueError (Japanese) for a filter that cannot be understood."""
        return picture(seen, self.points, look, text)
