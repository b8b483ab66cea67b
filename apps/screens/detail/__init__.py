"""One record: what it says, what belongs to it, what can be done with it, and what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import background_tasks, run

from apps.addresses import edit_address
from apps.live import RecordChanged
from apps.operations.world import NOTHING_MASKED, World
from apps.outcome import Refused
from apps.panel import RecordScene, record_panels, told_by_panels
from apps.people import Person
from apps.reading import ON_RECORD, Shown
from apps.screens.detail.erased import draw_erased
from apps.screens.detail.facts import draw_fact, draw_sections
from apps.screens.detail.photos import PhotoFace
from apps.screens.detail.related import draw_related, related
from apps.screens.detail.timeline import draw_timeline
from apps.screens.print_button import draw_record_print_button
from apps.screens.refusal import draw_not_found
from apps.tags import button, icon, link, notice, tag

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition
    from forms.field import Field


def draw(frame: Frame, app: str, record_id: str) -> None:
    """The page of a record."""
    person = frame.person()
    if person is None:
        return
    try:
        definition = frame.context.reading.definition(app, person)
        shown = frame.context.reading.record(app, record_id, by=person, masks=ON_RECORD)
    except Refused as refused:
        draw_not_found(frame, refused.detail)
        return
    if shown.covered:
        frame.context.audit.note_soon('view', person, app=app, record=record_id, fields=sorted(shown.covered))
    RecordPage(frame, definition, shown).draw(person)


class RecordPage:
    """Alive: what others change appears; the panels stay as they are while somebody types in them."""

    def __init__(self, frame: Frame, definition: AppDefinition, shown: Shown) -> None:
        self.frame = frame
        self.definition = definition
        self.shown = shown
        self._held = False
        self._side_is_old = False
        self._masks = ON_RECORD
        self._opened_at = frame.context.clock.now()

    def draw(self, person: Person) -> None:
        title = self.shown.title or self.definition.title
        self.frame.title(f'{title} - {self.definition.title}', self.definition.title)
        with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
            link(self.definition.title, self.frame.list_address(self.definition.name))
            tag('span', '›', aria_hidden='true')
            tag('span', '詳細', aria_current='page')
        self._head = tag('div', '', 'page-head')
        self._news = tag('div', '', 'live-news', role='status')
        with tag('div', '', 'record'):
            self._main = tag('div', '', 'record-main')
            self._side = tag('div', '', 'record-side')
        self._fill(person)
        if news := self.frame.take_news():
            self._say(news, 'success')
        self.frame.listen(self._happened)

    # ---- drawing, again after every change

    def _fill(self, person: Person) -> None:
        for place in (self._head, self._main):
            place.clear()
        with self._head:
            self._draw_head(person)
        context = self.frame.context
        world = context.reading.world(person, self._masks)
        with self._main:
            draw_erased(context, self.definition.name, self.shown.id)
            draw_sections(self.definition, self.shown, world, self._photos(person))
            self._related = tag('div', '', 'record-related')
            reading, name = context.reading, self.definition.name
            draw_timeline(reading.history(name, self.shown.id, by=person, masks=self._masks))
        background_tasks.create(self._fill_related(person), name='related records')
        if self._held:
            self._side_is_old = True
        else:
            self._fill_side(person)

    def _photos(self, person: Person) -> PhotoFace:
        name, record_id = self.definition.name, self.shown.id
        known = self.frame.context.reading.photos(name, record_id, by=person)
        return PhotoFace.of(name, record_id, self.shown.rev, known)

    def _draw_head(self, person: Person) -> None:
        with tag('span', '', 'app-mark', aria_hidden='true'):
            icon(self.definition.icon)
        with tag('div', '', 'page-head-words'):
            tag('h1', self.shown.title or '(名前なし)', 'page-title')
            tag('p', _who_when(self.shown), 'page-lead')
        with tag('div', '', 'page-actions'):
            draw_record_print_button(self.definition, self.shown.id)
            if self.shown.covered:
                button('伏せた項目を表示する', self._reveal, 'button quiet')
            if self.frame.context.reading.may_on('change', self.definition.name, self.shown.id, by=person):
                with link('', edit_address(self.definition.name, self.shown.id), 'button solid'):
                    icon('edit')
                    tag('span', '編集する')

    def _fill_side(self, person: Person) -> None:
        self._side_is_old = False
        self._side.clear()
        scene = RecordScene(
            self.frame.context,
            self.definition,
            self.shown,
            self.frame.person,
            self.refresh,
            self._hold,
            self._opened_at,
        )
        world = self.frame.context.reading.world(person, self._masks)
        with self._side:
            self._draw_standing(world)
            for panel in record_panels(self.definition):
                panel(scene)

    def _draw_standing(self, world: World) -> None:
        """Next day, result: what the capabilities keep about the record and neither its title nor a panel shows."""
        fields = [each for each in self._kept_by_capabilities() if self.shown.values.get(each.name) is not None]
        if not fields:
            return
        with tag('section', '', 'card card-body', aria_label='いまの状態'), tag('dl', '', 'facts one-column standing'):
            for field in fields:
                if self._is_late(field):
                    with tag('div', '', 'fact'):
                        tag('dt', field.title)
                        with tag('dd'):
                            tag('span', self.shown.texts.get(field.name, ''), 'overdue')
                else:
                    draw_fact(self.definition, field, self.shown, world)

    def _kept_by_capabilities(self) -> list[Field]:
        written = {one.name for each in self.definition.written_fields for one in (each, *each.companions())}
        elsewhere = written | told_by_panels(self.definition) | set(self.definition.record_title)
        kept = ((name, each) for name, each in self.definition.fields.items() if each.TYPE != 'hidden')
        return [each for name, each in kept if name not in elsewhere]

    def _is_late(self, field: Field) -> bool:
        workflow = self.definition.capabilities.get('workflow')
        deadline = getattr(workflow, 'deadline', None)
        if workflow is None or deadline is None or deadline.field != field.name:
            return False
        today = self.frame.context.clock.now().date()
        return bool(workflow.overdue(self.shown.values, today))  # type: ignore[attr-defined]

    async def _fill_related(self, person: Person) -> None:
        place = self._related
        found = await run.io_bound(related, self.frame.context, self.definition.name, self.shown.id, person)
        if found and not place.is_deleted:
            with place:
                draw_related(found)

    # ---- what happens

    def refresh(self) -> None:
        """Read the record again and show it."""
        self._read_again()

    def _read_again(self) -> bool:
        """Whether it is still there to be seen."""
        person = self.frame.person()
        if person is None or self._main.is_deleted:
            return False
        try:
            reading, app = self.frame.context.reading, self.definition.name
            self.shown = reading.record(app, self.shown.id, by=person, masks=self._masks)
        except Refused:
            if self.frame.context.store.get(self.definition.name, self.shown.id) is None:
                self._say('この記録は削除されました。')
                return False
            for place in (self._head, self._main, self._side):
                place.clear()
            self._say('この記録は、いまはあなたには見えません。')
            return False
        self._fill(person)
        return True

    async def _reveal(self) -> None:
        """Show what is masked because of its class; noted before it is shown."""
        person = self.frame.person()
        if person is None or not self.shown.covered:
            return
        told = {'app': self.definition.name, 'record': self.shown.id, 'fields': sorted(self.shown.covered)}
        await self.frame.context.audit.note('reveal', person, **told)
        self._masks = NOTHING_MASKED
        self.refresh()

    def _hold(self, held: bool) -> None:
        self._held = held
        person = self.frame.person()
        if not held and self._side_is_old and person is not None:
            self._fill_side(person)

    def _happened(self, happening: object) -> None:
        if not isinstance(happening, RecordChanged) or happening.app != self.definition.name:
            return
        if happening.id != self.shown.id or happening.rev == self.shown.rev:
            return
        person = self.frame.person()
        there = self._read_again()
        if there and person is not None and happening.account != person.account:
            name = self.frame.context.directory.name(happening.account) or 'ほかの人'
            self._say(f'{name}さんが変更しました。新しい内容を表示しています。')

    def _say(self, text: str, kind: str = 'info') -> None:
        self._news.clear()
        with self._news:
            notice(kind, text)


def _who_when(shown: Shown) -> str:
    made, changed = (' '.join(filter(None, each)) for each in (shown.made, shown.changed))
    return f'登録 {made}' + (f' / 変更 {changed}' if changed != made else '')
