"""A map with the same records as a list beside it: both follow the filters, the search words and each other."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import background_tasks, run

from apps.live import RecordChanged
from apps.outcome import Refused
from apps.people import may
from apps.reading import Wanted
from apps.reading.map_picture import Look
from apps.screens.export_dialog import ExportDialog
from apps.screens.list.asked import Asked, defaults
from apps.screens.list.elements import FilterBar
from apps.screens.map.pane import MapPane
from apps.screens.print_button import draw_print_button
from apps.screens.view_screen import ViewScene, ViewScreen, view_screen
from apps.tags import button, icon, tag


@view_screen('map')
class MapScreen(ViewScreen):
    """What the address says is what is shown; the browser asks the API for it, wherever the map is moved."""

    def __init__(self, scene: ViewScene) -> None:
        super().__init__(scene)
        person = scene.person()
        assert person is not None
        definition = scene.definition
        self._asked = Asked.read(scene.query)
        self._narrowings = scene.context.reading.narrowings(definition.name, scene.view.name, by=person)
        today = scene.context.clock.now().date()
        self._usual = defaults(
            self._narrowings, today, definition.fiscal_start, has_condition=scene.view.filter is not None
        )
        self._noted = ''

    def draw(self) -> None:
        title = self.scene.definition.title
        self._bar = FilterBar(f'{title}をさがす', self._narrowings, self._ask)
        self._pane = MapPane(self.scene.definition, self.scene.view)
        self._foot = tag('div', '', 'list-foot')
        self._dialogs = tag('div')
        self._draw_foot()
        self._show()

    def follow(self, query: Mapping[str, str]) -> None:
        asked = Asked.read(query)
        if asked != self._asked:
            self._asked = asked
            self._show()

    def happened(self, happening: object) -> None:
        if isinstance(happening, RecordChanged) and happening.app == self.scene.definition.name:
            self._pane.refresh()

    def _ask(self, words: str, chosen: Mapping[str, str]) -> None:
        unusual = {name: value for name, value in chosen.items() if value != self._usual.get(name, '')}
        self.scene.go(Asked(words.strip()[:200], '', 1, unusual).query())

    def _show(self) -> None:
        wanted = self._wanted()
        names = [each.name for each in self._narrowings]
        self._bar.show(self._asked.text, {name: str(wanted.filters.get(name, '')) for name in names})
        asked = {'q': wanted.text, **{f'filter.{name}': str(value) for name, value in wanted.filters.items()}}
        self._pane.show(self.scene.hidden({name: value for name, value in asked.items() if value}))
        if self._asked.text and self._asked.text != self._noted:
            background_tasks.create(self._note_search(self._asked.text), name='search on a map')
        self._noted = self._asked.text

    def _wanted(self) -> Wanted:
        return self._asked.wanted(self._narrowings, self._usual)

    def _draw_foot(self) -> None:
        person = self.scene.person()
        with self._foot:
            draw_print_button()
            if person is not None and may(person, self.scene.definition, 'export'):
                with button('', self._open_export, 'button quiet'):
                    icon('download')
                    tag('span', 'この条件の記録を書き出す')

    async def _note_search(self, words: str) -> None:
        """Once for each search, not for every movement of the map."""
        person, total = self.scene.person(), await run.io_bound(self._total)
        if person is not None and total is not None:
            self.scene.context.audit.searched(person, self.scene.definition.name, words, total)

    async def _open_export(self) -> None:
        total = await run.io_bound(self._total)
        wanted, scene = self._wanted(), self.scene
        if total is not None:
            ExportDialog(
                scene.context,
                scene.definition,
                self._dialogs,
                person=scene.person,
                view=scene.view.name,
                filters=wanted.filters,
                text=wanted.text,
                count=total,
            ).open()

    def _total(self) -> int | None:
        """Blocking. How many records the map and its list stand for; None when there is nothing to be seen any more."""
        person, views, wanted = self.scene.person(), self.scene.context.map_views, self._wanted()
        if person is None:
            return None
        try:
            seen = views.seen(self.scene.definition.name, self.scene.view.name, wanted.filters, by=person)
            return views.picture(seen, Look(limit=0), wanted.text).total
        except (Refused, ValueError):
            return None
