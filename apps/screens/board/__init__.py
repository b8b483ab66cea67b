"""A board: the records of a view in lanes by status, moved by the actions that each of them allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import background_tasks, run
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from apps.addresses import app_address
from apps.live import RecordChanged
from apps.operations.world import World
from apps.outcome import Refused
from apps.panels.action_dialog import UNKNOWN, ActionDialog
from apps.people import may
from apps.reading import BoardColumn
from apps.reading.shown import Row, label_of
from apps.screens.list.columns import Columns
from apps.screens.narrowing_row import NarrowingRow, as_query
from apps.screens.view_screen import ViewScene, ViewScreen, view_screen
from apps.tags import button, icon, notice, tag
from forms.capability import Offer
from forms.definition import AppDefinition
from forms.view import View


class Lanes(Element, component='board.js'):
    """The lanes in the browser. on_ask(id): the menu of a card was opened; on_take: {id, rev, name} of a chosen action.

    rev: of the card as it was drawn.
    """

    def __init__(self, on_ask: Any, on_take: Any) -> None:
        super().__init__()
        self.props.update({'lanes': (), 'menus': False})
        self.on('ask', lambda event: on_ask(str(event.args)))
        self.on('take', on_take)

    def show(self, lanes: Sequence[Mapping[str, Any]], menus: bool) -> None:
        """All lanes anew. menus: whether this person may act at all."""
        with self.props.suspend_updates():
            self.props.update({'lanes': tuple(lanes), 'menus': menus})
        self.update()

    def put(self, card: Mapping[str, Any], lane: str, totals: Mapping[str, int]) -> None:
        """A changed card on top of its lane, marked; lane '': it does not belong here any more."""
        self.run_method('put', card, lane, totals)

    def offer(self, record_id: str, moves: Sequence[Mapping[str, Any]]) -> None:
        """What can be done with the card whose menu is open."""
        self.run_method('offer', record_id, moves)


@view_screen('board')
class BoardScreen(ViewScreen):
    """Reads at most fifty cards per lane; what is beyond them is counted and linked."""

    def __init__(self, scene: ViewScene) -> None:
        super().__init__(scene)
        self._query = dict(scene.query)
        self._reading = 0
        self._columns = Columns(scene.definition, scene.view.columns or scene.definition.record_title)

    def draw(self) -> None:
        self._row = NarrowingRow(self.scene, lambda filters: self.scene.go(as_query(filters)))
        self._news = tag('div', '', 'board-news')
        self._lanes = Lanes(self._ask, self._take)
        self._dialog = tag('div')
        self.follow(self._query)

    def follow(self, query: Mapping[str, str]) -> None:
        self._query = dict(query)
        self._row.draw(query)
        self._read()

    def happened(self, happening: object) -> None:
        if not isinstance(happening, RecordChanged) or happening.app != self.scene.definition.name:
            return
        if happening.id and not self._lanes.is_deleted:
            background_tasks.create(self._put(happening.id), name='card of a board')
        else:
            self._read()

    # ---- reading

    def _read(self) -> None:
        self._reading += 1
        background_tasks.create(self._show(self._reading), name='board')

    async def _show(self, reading: int) -> None:
        person = self.scene.person()
        if person is None:
            return
        definition, view = self.scene.definition, self.scene.view
        filters = self._row.chosen(self._query)
        board = self.scene.context.reading.board
        try:
            found = await run.io_bound(board, definition.name, view.name, filters, by=person)
        except (Refused, ValueError) as refused:
            self._say('error', str(refused))
            return
        if found is not None and reading == self._reading and not self._lanes.is_deleted:
            world = self.scene.context.reading.world(person)
            self._lanes.show([self._lane(each, world) for each in found], may(person, definition, 'act'))

    async def _put(self, record_id: str) -> None:
        """Only the changed card and the counts go to the browser."""
        found = await run.io_bound(self._card_now, record_id)
        if found is not None and not self._lanes.is_deleted:
            self._lanes.put(*found)

    def _card_now(self, record_id: str) -> tuple[dict[str, Any], str, dict[str, int]] | None:
        person = self.scene.person()
        if person is None:
            return None
        definition, view, context = self.scene.definition, self.scene.view, self.scene.context
        seen = context.reading.seen(definition, view, self._row.chosen(self._query), person)
        condition = seen.condition()
        totals = {str(value): count for value, count in context.store.group(definition.name, condition, [view.by])}
        doc = context.store.get(definition.name, record_id)
        if doc is None or (condition is not None and not condition(doc)):
            return {'id': record_id}, '', totals
        card = self._card(seen.row(doc, self._columns.names), seen.world)
        return card, str(doc.get(view.by, '')), totals

    # ---- what a lane and a card say

    def _lane(self, column: BoardColumn, world: World) -> dict[str, Any]:
        return {
            'value': column.value,
            'label': column.label,
            'color': column.color,
            'total': column.total,
            'cards': [self._card(each, world) for each in column.cards],
            'rest': self._rest_address(column.value),
        }

    def _card(self, one: Row, world: World) -> dict[str, Any]:
        told = self._columns.row(one, '', world)
        definition = self.scene.definition
        cells = [
            {**cell, 'label': label_of(definition, name)}
            for name, cell in zip(self._columns.names, told['cells'], strict=True)
        ]
        return {'id': told['id'], 'rev': one.rev, 'address': told['address'], 'title': told['title'], 'cells': cells}

    def _rest_address(self, value: str) -> str:
        """The list of all records of a lane; '' when no list shows just these."""
        found = list_of_lane(self.scene.definition, self.scene.view)
        if found is None:
            return ''
        year = {'年度': ''} if '年度' in found.filters else {}
        filters = {**year, **self._row.chosen(self._query), self.scene.view.by: value}
        return app_address(self.scene.definition.name, found.name, as_query(filters))

    # ---- what a person does

    def _offers(self, record_id: str) -> list[Offer]:
        person = self.scene.person()
        if person is None:
            return []
        try:
            return self.scene.context.reading.offers(self.scene.definition.name, record_id, by=person)
        except Refused:
            return []

    def _ask(self, record_id: str) -> None:
        moves = [
            {'name': each.name, 'label': each.label, 'closed': each.closed} for each in self._offers(record_id)
        ]
        self._lanes.offer(record_id, moves)

    async def _take(self, event: GenericEventArguments) -> None:
        asked = event.args if isinstance(event.args, dict) else {}
        record_id, name = str(asked.get('id') or ''), str(asked.get('name') or '')
        offered = (each for each in self._offers(record_id) if each.name == name)
        offer = next(offered, Offer(name, name))  # not offered any more: the action itself says why
        rev = asked.get('rev')
        self._news.clear()
        await ActionDialog(
            self.scene,
            record_id,
            offer,
            self._dialog,
            done=lambda: self._say_done(record_id, offer.label),
            refused=lambda text: self._say('error', text),
            if_rev=rev if isinstance(rev, int) else None,
        ).press()

    def _say_done(self, record_id: str, label: str) -> None:
        """What was done, with the way back beside it."""
        person = self.scene.person()
        frame = self._say('success', f'「{label}」を行いました。')
        if person is None or frame is None:
            return
        rev = self.scene.context.reading.record(self.scene.definition.name, record_id, by=person).rev
        with frame, button('', lambda: self._undo(record_id, rev), 'button quiet'):
            icon('undo')
            tag('span', '元に戻す')

    async def _undo(self, record_id: str, rev: int) -> None:
        """Only what was just done: a later step of somebody else stays."""
        person = self.scene.person()
        if person is None:
            return
        try:
            await self.scene.context.operations.undo(self.scene.definition.name, record_id, by=person, if_rev=rev)
        except Refused as refused:
            meanwhile = 'そのあいだに、ほかの人が変更しました。記録を開いて確かめてください。'
            self._say('error', meanwhile if refused.kind == 'conflict' else refused.detail or UNKNOWN)
        else:
            self._say('info', '元に戻しました。')

    def _say(self, kind: str, text: str) -> Element | None:
        if self._news.is_deleted:
            return None
        self._news.clear()
        with self._news:
            return notice(kind, text, role=None if kind == 'error' else 'status')


def list_of_lane(definition: AppDefinition, view: View) -> View | None:
    """A list with the board's own condition, or without any, that can be narrowed to one lane."""
    lists = [each for each in definition.views if each.type == 'list' and view.by in each.filters]
    same = (each for each in lists if each.filter == view.filter)
    return next(same, None) or next((each for each in lists if each.filter is None), None)
