"""One print: reads the records through permission, and is noted before it is given out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.addresses import file_address, record_address
from apps.api.maps import TILES
from apps.outcome import Refused
from apps.owners import owner_of
from apps.people import Person
from apps.qr_code import qr_picture
from apps.reading import ON_RECORD
from apps.reading.shown import moment_text
from apps.sheets.map_sketch import Point, Tiles
from apps.sheets.page import Margins, Paper
from apps.sheets.record_sheet import Around, Written, record_sheet
from forms.capabilities.sheets import KEY, Sheet, Sheets
from forms.definition import AppDefinition

if TYPE_CHECKING:
    from apps.context import AppContext

_POLE = '電柱番号'
"""Kind of places of which there are so many that a sketch of them would show one street."""
MOST_RECORDS = 200
"""Sheets in one print: more photos than that no browser lays out."""


@dataclass(frozen=True, slots=True)
class Print:
    """What `by` wants on paper. prefix: of a proxy; origin: where staff open this server, for the QR codes."""

    context: AppContext
    definition: AppDefinition
    sheet: Sheet
    by: Person
    prefix: str
    origin: str

    def papers(self, ids: Sequence[str]) -> list[Paper]:
        """One sheet per record, in this order.

        Raises Refused 'not_found' when one of the records is not there for this person: a pile of paper in which one
        sheet is missing without a word is worse than none.
        """
        context, definition, sheet, by = self.context, self.definition, self.sheet, self.by
        reading, around = context.reading, self._around()
        world, sight = reading.world(by, ON_RECORD), reading.sight(definition, by)

        def paper(record: str) -> Paper:
            shown = reading.record(definition.name, record, by=by, masks=ON_RECORD)
            stored = reading.stored(definition.name, record, by=by)
            hidden = sight.hidden(stored) if sight.withholds else frozenset()
            history = reading.history(definition.name, record, by=by, masks=ON_RECORD) if sheet.history else ()
            code = qr_picture(self.origin + record_address(definition.name, record), border=2) if sheet.code else ''
            return record_sheet(definition, sheet, Written(shown, hidden, history, code), world, around)

        return [paper(each) for each in ids]

    def margins(self) -> Margins:
        """Class, time and name for every page."""
        sections = '、'.join(self.by.sections)
        who = f'{self.by.name}({sections})' if sections else self.by.name
        return Margins(self.sheet.marking, f'印刷 {moment_text(self.context.clock.now().isoformat())} {who}')

    async def note(self, count: int, record: str = '', **more: Any) -> None:
        """Raises Refused when it cannot be noted; then nothing may be given out."""
        told = {'name': self.sheet.name, 'count': None if record else count, **more}
        await self.context.audit.note('print', self.by, app=self.definition.name, record=record, **told)

    def _around(self) -> Around:
        city = self.context.settings.city
        sender = ' '.join(filter(None, (city, owner_of(self.context.store, self.definition))))
        return Around(
            sender,
            file=lambda blob: self.prefix + file_address(blob),
            places=self._places() if self.sheet.map else (),
            tiles=self._tiles() if self.sheet.map else None,
        )

    def _places(self) -> list[Point]:
        places = self.context.places.gazetteer().places
        return [Point(each.latitude, each.longitude, each.name, each.kind != _POLE) for each in places]

    def _tiles(self) -> Tiles | None:
        told = self.context.maps.settings(self.prefix + TILES, '')['tiles']
        if told is None:
            return None

        def address(zoom: int, x: int, y: int) -> str:
            return str(told['address']).format(z=zoom, x=x, y=y)

        return Tiles(address, told['min'], told['max'], told['attribution'])


def sheet_of(definition: AppDefinition, name: str, *, is_list: bool | None = None) -> Sheet:
    """is_list: which kind it must be, None for either. Raises Refused 'not_found' (Japanese)."""
    sheets = definition.capabilities.get(KEY)
    found = sheets.named(name) if isinstance(sheets, Sheets) else None
    if found is None or is_list not in {None, found.is_list}:
        raise Refused('not_found', detail=f'「{definition.title}」に「{name}」という紙の様式はありません。')
    return found
