"""Records chosen in a list, and the bar that offers what can be done with all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from nicegui import run, ui

from apps.addresses import route_address
from apps.operations.bulk import MOST, Plan
from apps.outcome import Refused
from apps.people import Person, may
from apps.reading import Wanted
from apps.route_days import RouteDays
from apps.screens.list.bulk_choices import choose_action, choose_assignee, choose_fields
from apps.screens.list.bulk_preview import Wish, draw_preview
from apps.screens.list.elements import RecordTable
from apps.screens.list.sheet_links import draw_sheet_links, sheets_in
from apps.screens.view_screen import ViewScene
from apps.tags import button, icon, notice, tag
from forms.bulk_form import bulk_fields
from forms.capabilities.workflow.assigning import may_assign
from forms.definition import AppDefinition

UNKNOWN = '結果を確認できません。もう一度押しても二重にはなりません。'


def may_bulk(person: Person, definition: AppDefinition) -> bool:
    """Whether ticking records leads anywhere for this person."""
    changes = may(person, definition, 'change') and bool(bulk_fields(definition))
    acts = may(person, definition, 'act') and 'workflow' in definition.capabilities
    return changes or acts or bool(sheets_in(definition))


class BulkBar:
    """Keeps the choice over pages and searches. wanted: what the list shows now; done: after something was changed."""

    def __init__(
        self, scene: ViewScene, table: RecordTable, wanted: Callable[[], Wanted], done: Callable[[], None]
    ) -> None:
        self.scene = scene
        self._table = table
        self._wanted = wanted
        self._done = done
        self._ids: dict[str, None] = {}
        self._total = 0
        self._said = tag('div', '', 'bulk-said')
        self._place = tag('div', '', 'bulk-bar')
        self._dialogs = tag('div')
        self._place.visible = False

    @property
    def ids(self) -> list[str]:
        return list(self._ids)

    def shows(self, total: int) -> None:
        """The list shows another page or search; the choice stays."""
        self._total = total
        self._table.show_picked(self._ids)
        self._draw()

    def pick(self, ids: list[str], on: bool) -> None:
        """Ticked or unticked."""
        for each in ids:
            if on:
                self._ids[each] = None
            else:
                self._ids.pop(each, None)
        self._said.clear()
        self._table.props['picked'] = tuple(self._ids)
        self._draw()

    # ---- the bar

    def _draw(self) -> None:
        self._place.clear()
        self._place.visible = bool(self._ids)
        person = self.scene.person()
        if not self._ids or person is None:
            return
        with self._place:
            with tag('div', '', 'bulk-count'):
                tag('strong', f'{len(self._ids):,}件を選択中', role='status')
                if self._total > len(self._ids):
                    button(f'見つかった{self._total:,}件すべてを選ぶ', self._pick_all, 'button plain')
                button('選択をやめる', self.clear, 'button plain')
            with tag('div', '', 'bulk-ways'):
                for text, symbol, press in self._ways(person):
                    with button('', press, 'button solid' if symbol == 'person' else 'button outline'):
                        icon(symbol)
                        tag('span', text)
                self._draw_sheet_links()

    def _draw_sheet_links(self) -> None:
        """A printed list of what is ticked has the columns and the order of the view."""
        definition, asked = self.scene.definition, {'view': self.scene.view.name, 'records': ','.join(self._ids)}
        draw_sheet_links(definition, sheets_in(definition), asked)

    def _ways(self, person: Person) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        definition = self.scene.definition
        workflow: Any = definition.capabilities.get('workflow')
        changes = may(person, definition, 'change')
        names = {each.name for each in bulk_fields(definition)}
        assigns = workflow is not None and may_assign(workflow, self.scene.context.reading.moment(person))
        if workflow is not None and (assigns or (changes and workflow.assignee in names)):
            label = definition.fields[workflow.assignee].title
            yield f'{label}を決める', 'person', self._choose_assignee
        if workflow is not None and may(person, definition, 'act'):
            yield '操作をする', 'play_arrow', self._choose_action
        if changes and names:
            yield '項目を変更する', 'edit', self._choose_fields
        if 'route' in definition.capabilities:
            yield '道順に入れる', 'route', self._take_along

    def clear(self) -> None:
        self._ids.clear()
        self._table.show_picked(())
        self._draw()

    async def _pick_all(self) -> None:
        person = self.scene.person()
        if person is None:
            return
        found = await run.io_bound(self._all, person)
        if found is None:
            return
        if len(found) > MOST:
            self._tell('error', f'一度に選べるのは{MOST:,}件までです。条件を付けて、分けてください。')
            return
        self._ids = dict.fromkeys(found)
        self._table.show_picked(self._ids)
        self._draw()

    def _all(self, person: Person) -> list[str]:
        """Every record the list shows, one more than can be taken when there are too many."""
        found: list[str] = []
        scene = self.scene
        for each in scene.context.reading.every(scene.definition.name, scene.view.name, self._wanted(), by=person):
            found.append(each.doc_id)
            if len(found) > MOST:
                break
        return found

    # ---- what is wished

    def _choose_assignee(self) -> None:
        choose_assignee(self, self._dialogs)

    def _choose_action(self) -> None:
        choose_action(self, self._dialogs)

    def _choose_fields(self) -> None:
        choose_fields(self, self._dialogs)

    def _take_along(self) -> None:
        """Into one's own way of today."""
        person, context = self.scene.person(), self.scene.context
        if person is not None:
            day = context.clock.now().date()
            RouteDays(context.store).add(person.account, self.scene.definition.name, day, self.ids)
            ui.navigate.to(route_address(self.scene.definition.name))

    async def preview(self, wish: Wish) -> None:
        """What would become of it, and the button that does it."""
        person = self.scene.person()
        if person is None:
            return
        bulk, app = self.scene.context.bulk, self.scene.definition.name
        try:
            plan = wish.plan(app, await run.io_bound(bulk.revisions, app, self.ids) or {})
            outcome = await bulk.preview(plan, by=person)
        except Refused as refused:
            self._close()
            self._tell('error', refused.detail or UNKNOWN)
            return
        request_id = str(uuid4())

        async def carry_out() -> None:
            await self._carry_out(plan, request_id, passing_only=bool(outcome.refused))

        draw_preview(self._dialogs, self.scene, wish, outcome, carry_out, self._close)

    async def _carry_out(self, plan: Plan, request_id: str, *, passing_only: bool) -> None:
        person = self.scene.person()
        if person is None:
            return
        try:
            done = await self.scene.context.bulk.carry_out(
                plan, by=person, request_id=request_id, passing_only=passing_only
            )
        except Refused as refused:
            self._close()
            self._tell('error', refused.detail or UNKNOWN)
            return
        self._close()
        self.clear()
        self._done()
        left = f'{done.refused_count:,}件は変更していません。' if done.refused_count else ''
        self._tell('success', f'{done.changed:,}件を変更しました。{left}', request_id if done.changed else '')

    async def _undo(self, request_id: str) -> None:
        person = self.scene.person()
        if person is None:
            return
        try:
            undone = await self.scene.context.bulk.undo(
                self.scene.definition.name, request_id, by=person, request_id=f'undo-{request_id}'
            )
        except Refused as refused:
            self._tell('error', refused.detail or UNKNOWN)
            return
        self._done()
        left = f'{undone.refused_count:,}件は、そのあとに変更されたため、そのままです。' if undone.refused_count else ''
        self._tell('success', f'{undone.changed:,}件を元に戻しました。{left}')

    def _tell(self, kind: str, text: str, undo: str = '') -> None:
        """How it ended; it goes with the next choice."""
        if self._said.is_deleted:
            return
        self._said.clear()
        with self._said, notice(kind, text, role='alert' if kind == 'error' else 'status'):
            if undo:
                button('元に戻す', lambda: self._undo(undo), 'button outline')

    def _close(self) -> None:
        if not self._dialogs.is_deleted:
            self._dialogs.clear()
