"""The console of a counter: calling, serving, parking, taking back; live on every console at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Container
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from nicegui import background_tasks, ui
from nicegui.dependencies import register_esm
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from apps.live import DefinitionsChanged, OperatorChanged, RecordChanged, SeatsChanged
from apps.outcome import Refused, Saved
from apps.panels.queue.picture import left_at_closing, moves, picture, seats
from apps.reading.queue_forecasts import Seat
from forms.capabilities.queue.moves import MOVES

if TYPE_CHECKING:
    from apps.panel import AppScene

_FAILED = 'いまは操作できません。少し待ってから、もう一度押してください。'
_GIVEN = {'transfer': ('section', 'counter', 'place'), 'add': ('items', 'other', 'section'), 'collect': ('minutes',)}
_TAKEN_MEANWHILE = 'そのあいだに、ほかの人が操作しました。画面の新しい状態を確かめてください。'

Done = TypeVar('Done')
PARTS = Path(__file__).parent / 'desk'
register_esm('madoguchi-queue', PARTS, max_time=max(path.stat().st_mtime for path in PARTS.glob('*.js')))


class Console(Element, component='console.js'):
    """One per open page. What it shows comes from the waiting room, what it does goes through the operations."""

    def __init__(self, scene: AppScene) -> None:
        super().__init__()
        self._scene = scene
        self._app = scene.definition.name
        self._room = scene.context.waiting_rooms.of(self._app)
        self._last: tuple[Saved, str] | None = None
        self._drawing = self._seating = False
        place = self._remembered('place', self._places())
        self.props.update({'place': place, 'moves': moves(), 'left': None, 'last': '', 'refused': '', 'busy': False})
        self._greet()
        self.props.update(self._told())
        self.on('sit', lambda event: self._sit(str(event.args)))
        self.on('clerk', lambda event: self._work_as(str(event.args)))
        self.on('next', self._next, args=[])
        self.on('walk_up', self._walk_up)
        self.on('closing', self._tell_left, args=[])
        self.on('close_day', self._close_day, args=[])
        self.on('take', self._take)
        self.on('undo', self._undo, args=[])
        scene.listen(self._happened)
        # Appointments come due and estimates run down though nobody presses anything.
        ui.timer(60, self._draw)
        # At once, not when the page is given up: a tablet that is put away must not look staffed for a minute.
        self.client.on_disconnect(self._leave)
        self.client.on_connect(self._take_seat)
        self.client.on_delete(self._leave)

    # ---- what is shown

    def _happened(self, happening: object) -> None:
        if isinstance(happening, OperatorChanged) and happening.page == self.client.id:
            self._greet()
        if isinstance(happening, SeatsChanged) and happening.app == self._app and not self._seating:
            # A second later: after a dropout all consoles sit down again at once.
            self._seating = True
            background_tasks.create(self._draw_seats(), name='queue seats')
        own = isinstance(happening, RecordChanged) and happening.app == self._app
        if (own or isinstance(happening, DefinitionsChanged)) and not self._drawing:
            # After all have heard of it: several changes at once are drawn once.
            self._drawing = True
            background_tasks.create(self._draw(), name='queue console')

    async def _draw_seats(self) -> None:
        await asyncio.sleep(1)
        self._seating = False
        if not self.is_deleted and self._room.definition is not None:
            self.props['seats'] = seats(self._room, self._scene.context.directory, self._scene.context.desks)

    async def _draw(self) -> None:
        self._drawing = False
        if not self.is_deleted and self._room.definition is not None:
            self.props.update(self._told())

    def _told(self) -> dict[str, Any]:
        """now: by which the minutes are counted, whatever the tablet's clock says."""
        context = self._scene.context
        told = picture(self._room, context.directory)
        taken = seats(self._room, context.directory, context.desks)
        return {'told': told, 'seats': taken, 'now': self._room.now().isoformat()}

    # ---- where this console stands

    def _remembered(self, name: str, known: Container[str]) -> str:
        """What was chosen last on this device; '' when there is no such counter or person any more."""
        request = ui.context.client.request
        cookie = unquote(request.cookies.get(f'madoguchi_{name}_{self._app}', '')) if request else ''
        kept = str(ui.context.client.storage.get(self._key(name), cookie))
        return kept if kept in known else ''

    def _key(self, name: str) -> str:
        return f'madoguchi_{name}_{self._app}'

    def _places(self) -> set[str]:
        return {f'{each.name}/{one}' for each in self._room.queue.sections for one in each.places}

    def _staff(self) -> dict[str, str]:
        """Who may be chosen: the people of the sections, and who is signed in. Account -> name."""
        directory = self._scene.context.directory
        found = {one: name for each in self._room.queue.sections for one, name in directory.staff(each.name)}
        person = self._scene.person()
        return {**({person.account: person.name} if person is not None else {}), **found}

    def _greet(self) -> None:
        """Whoever is signed in works here, unless they chose on this device to work for somebody else."""
        staff, account = self._staff(), self._account()
        people = [{'account': one, 'name': name} for one, name in staff.items()]
        chosen = self._remembered('clerk', {f'{account}/{one}' for one in staff})
        clerk = chosen.removeprefix(f'{account}/') or account
        self.props.update({'account': account, 'staff': people, 'clerk': clerk})
        self._take_seat()

    def _account(self) -> str:
        person = self._scene.person()
        return person.account if person is not None else ''

    def _sit(self, place: str) -> None:
        if place in self._places():
            self.props['place'] = place
            self.client.storage[self._key('place')] = place
            self._take_seat()

    def _work_as(self, clerk: str) -> None:
        if clerk in self._staff():
            self.props['clerk'] = clerk
            self.client.storage[self._key('clerk')] = f'{self._account()}/{clerk}'
            self._take_seat()

    def _take_seat(self) -> None:
        section, _, counter = str(self.props['place']).partition('/')
        if section and not self.is_deleted:
            seat = Seat(section, counter, str(self.props['clerk']))
            self._scene.context.desks.sit(self._app, self.client.id, seat)

    def _leave(self) -> None:
        self._scene.context.desks.leave(self._app, self.client.id)

    # ---- what it does

    async def _next(self) -> None:
        section, _, counter = str(self.props['place']).partition('/')
        by = self._scene.person()
        if section and by is not None:
            call = self._scene.context.operations.call_next
            saved = await self._tried(call(self._app, section, counter, by=by, clerk=self._clerk))
            if saved is not None:
                called = saved.values[self._room.queue.steps][-1]
                self._remember(saved, str(called['ticket']), MOVES['call'].label)

    async def _walk_up(self, event: GenericEventArguments) -> None:
        asked = event.args if isinstance(event.args, dict) else {}
        section, _, counter = str(self.props['place']).partition('/')
        by = self._scene.person()
        if not section or by is None:
            return
        queue = self._room.queue
        raw: dict[str, Any] = {queue.items: list(asked.get('items') or ())}
        if queue.other and asked.get('other'):
            raw.update({queue.other.text: str(asked['other']), queue.other.section: section})
        start = self._scene.context.operations.walk_up
        saved = await self._tried(start(self._app, raw, section, counter, by=by, clerk=self._clerk))
        if saved is not None:
            started = saved.values[queue.steps][-1]
            self._remember(saved, str(started['ticket']), MOVES['arrive'].label)

    async def _take(self, event: GenericEventArguments) -> None:
        asked = event.args if isinstance(event.args, dict) else {}
        record, ticket, move = (str(asked.get(name) or '') for name in ('record', 'ticket', 'move'))
        by = self._scene.person()
        if by is None or move not in MOVES:
            return
        given: dict[str, Any] = {'ticket': ticket, 'clerk': self._clerk}
        given.update({name: asked[name] for name in _GIVEN.get(move, ()) if asked.get(name)})
        if move in {'call', 'arrive'}:
            given['counter'] = str(self.props['place']).partition('/')[2]
        saved = await self._tried(self._scene.context.operations.act(self._app, record, move, given, by=by))
        if saved is not None and move != 'add':
            self._remember(saved, ticket, MOVES[move].label)

    def _tell_left(self) -> None:
        self.props['left'] = {'lines': left_at_closing(self._room), 'at': self._room.now().isoformat()}

    async def _close_day(self) -> None:
        by = self._scene.person()
        if by is not None:
            await self._tried(self._scene.context.operations.close_queue(self._app, by=by))

    @property
    def _clerk(self) -> str:
        return str(self.props['clerk'])

    async def _undo(self) -> None:
        by = self._scene.person()
        if by is None or self._last is None:
            return
        saved, ticket = self._last
        undoing = self._scene.context.operations.undo(
            self._app, saved.id, by=by, given={'ticket': ticket, 'clerk': self._clerk}, if_rev=saved.rev
        )
        if await self._tried(undoing) is not None:
            self._last = None
            self.props['last'] = ''

    async def _tried(self, doing: Awaitable[Done]) -> Done | None:
        """The answer, or None after a refusal, which is shown. While it runs the buttons wait."""
        self.props.update({'busy': True, 'refused': ''})
        try:
            saved = await doing
        except Refused as refused:
            text = _TAKEN_MEANWHILE if refused.kind == 'conflict' else refused.detail or _FAILED
            self._ended(text)
            return None
        self._ended('')
        return saved

    def _ended(self, refused: str) -> None:
        if not self.is_deleted:
            self.props.update({'busy': False, 'refused': refused})

    def _remember(self, saved: Saved, ticket: str, done: str) -> None:
        self._last = saved, ticket
        if not self.is_deleted:
            self.props['last'] = f'{ticket} {done}'
