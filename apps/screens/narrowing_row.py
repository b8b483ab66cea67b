"""The filters over a board, a summary, a calendar or a map: plain selects, what they say stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nicegui.events import GenericEventArguments

from apps.reading import Narrowing
from apps.screens.list.asked import defaults
from apps.screens.view_screen import ViewScene
from apps.tags import tag

_PREFIX = 'filter.'


class NarrowingRow:
    """go: called with {filter: value} of all filters when one was changed."""

    def __init__(self, scene: ViewScene, go: Callable[[Mapping[str, str]], None]) -> None:
        self._scene = scene
        self._go = go
        person = scene.person()
        definition = scene.definition
        offered = scene.context.reading.narrowings(definition.name, scene.view.name, by=person) if person else []
        self._offered: Sequence[Narrowing] = [each for each in offered if each.kind == 'choice']
        today = scene.context.clock.now().date()
        self._usual = defaults(
            self._offered, today, definition.fiscal_start, has_condition=scene.view.filter is not None
        )
        self._place = tag('div', '', 'toolbar opened')

    def chosen(self, query: Mapping[str, str]) -> dict[str, str]:
        """What the address says, else what is usual; '' means all."""
        return {each.name: query.get(f'{_PREFIX}{each.name}', self._usual.get(each.name, '')) for each in self._offered}

    def words(self, query: Mapping[str, str]) -> list[str]:
        """The chosen filters as people read them, for paper."""
        chosen = self.chosen(query)
        return [
            f'{each.label} {dict(each.options).get(chosen[each.name], "すべて")}' for each in self._offered
        ]

    def draw(self, query: Mapping[str, str]) -> None:
        """Draw the selects as the address says."""
        self._place.clear()
        self._place.visible = bool(self._offered)
        chosen = self.chosen(query)
        with self._place:
            for each in self._offered:
                self._select(each, chosen)

    def _select(self, one: Narrowing, chosen: Mapping[str, str]) -> None:
        own = f'narrow-{self._offered.index(one)}'
        with tag('div', '', 'filter'):
            tag('label', one.label, 'toolbar-label', for_=own)
            with tag('select', '', 'field-box', id=own) as box:
                for value, label in (('', 'すべて'), *one.options):
                    tag('option', label, value=value or '', selected=value == chosen[one.name])

        def changed(event: GenericEventArguments) -> None:
            value = str(event.args or '')
            if value in {'', *(option for option, _ in one.options)}:
                self._go({**chosen, one.name: value})

        box.on('change', changed, js_handler='(e) => emit(e.target.value)')


def as_query(filters: Mapping[str, str]) -> dict[str, str]:
    """Filters as they stand in an address."""
    return {f'{_PREFIX}{name}': value for name, value in filters.items()}
