"""What is due again: each line with a button that opens the form for just that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from nicegui import background_tasks, run

from apps.addresses import new_address, record_address
from apps.live import RecordChanged
from apps.panel import AppScene, app_panel
from apps.people import may
from apps.reading import IN_LISTS
from apps.reading.due_list import DueLine, due_list
from apps.tags import icon, link, tag
from forms.japanese.era import wareki

AHEAD = timedelta(days=30)
"""So far ahead things are shown as due soon."""

FIRST = 5


@app_panel('schedule')
def schedule(scene: AppScene) -> None:
    """On top of the app's first view."""
    if scene.is_first:
        DuePanel(scene).draw()


class DuePanel:
    """Read again when a record of the app changed."""

    def __init__(self, scene: AppScene) -> None:
        self._scene = scene
        self._reading = 0

    def draw(self) -> None:
        self._place = tag('section', '', 'due-panel', aria_labelledby='due-title')
        self._scene.listen(self._happened)
        self._read()

    def _happened(self, happening: object) -> None:
        if isinstance(happening, RecordChanged) and happening.app == self._scene.definition.name:
            self._read()

    def _read(self) -> None:
        self._reading += 1
        background_tasks.create(self._show(self._reading), name='due list')

    async def _show(self, reading: int) -> None:
        person = self._scene.person()
        if person is None:
            return
        context, definition = self._scene.context, self._scene.definition
        today = context.clock.now().date()
        world = context.reading.world(person, IN_LISTS)
        lines = await run.io_bound(due_list, context.store, definition, world, today + AHEAD)
        if lines is None or reading != self._reading or self._place.is_deleted:
            return
        self._place.clear()
        self._place.visible = bool(lines)
        self._place.classes('card card-body')
        overdue = sum(each.is_overdue(today) for each in lines)
        with self._place:
            with tag('div', '', 'due-head'):
                tag('h2', '次の予定', 'card-title', id='due-title')
                tag('p', f'期限超過 {overdue:,}件', 'due-count late' if overdue else 'due-count')
                tag('p', f'30日以内と未実施 {len(lines) - overdue:,}件', 'due-count')
            can_create = may(person, definition, 'create')
            self._draw_lines(lines[:FIRST], can_create)
            if len(lines) > FIRST:
                with tag('details', '', 'more'):
                    tag('summary', f'ほか {len(lines) - FIRST:,}件も見る')
                    self._draw_lines(lines[FIRST:], can_create)

    def _draw_lines(self, lines: Sequence[DueLine], can_create: bool) -> None:
        definition = self._scene.definition
        of = definition.capabilities['schedule'].of  # type: ignore[attr-defined]
        today = self._scene.context.clock.now().date()
        with tag('ul', '', 'due-lines'):
            for each in lines:
                with tag('li', '', 'due-line'):
                    tag('strong', each.title, 'due-name')
                    with tag('span', '', 'due-when'):
                        if each.next is None:
                            tag('span', 'まだ一度もありません')
                        else:
                            tag('span', wareki(each.next), 'overdue' if each.is_overdue(today) else '')
                            link('前回の記録', record_address(definition.name, each.last), 'due-last')
                    if can_create:
                        address = f'{new_address(definition.name)}?{urlencode({of: each.thing})}'
                        with link('', address, 'button outline', aria_label=f'{each.title}を登録する'):
                            icon('edit_note')
                            tag('span', '登録する')
