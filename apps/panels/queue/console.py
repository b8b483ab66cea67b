"""The console of a counter: calling, serving, parking, taking back; live on every console at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from nicegui import background_tasks, ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from apps.addresses import record_address
from apps.live import DefinitionsChanged, RecordChanged
from apps.outcome import Refused, Saved
from apps.public.addresses import board_address
from apps.reading.waiting_room import Line, WaitingRoom
from forms.capabilities.queue.moves import MOVES
from forms.capabilities.queue.tickets import CANCELLED, SERVED

if TYPE_CHECKING:
    from apps.directory import Directory
    from apps.panel import AppScene

_ENDED = (SERVED, CANCELLED)
_FAILED = 'いまは操作できません。少し待ってから、もう一度押してください。'
_TAKEN_MEANWHILE = 'そのあいだに、ほかの人が操作しました。画面の新しい状態を確かめてください。'


class Console(Element, component='console.js'):
    """One per open page. What it shows comes from the waiting room, what it does goes through the operations."""

    def __init__(self, scene: AppScene) -> None:
        super().__init__()
        self._scene = scene
        self._app = scene.definition.name
        self._room = scene.context.waiting_rooms.of(self._app)
        self._last: tuple[Saved, str] | None = None
        self._drawing = False
        place = self._remembered()
        state = picture(self._room, scene.context.directory)
        self.props.update({'state': state, 'place': place, 'last': '', 'refused': '', 'busy': False})
        self.on('sit', lambda event: self._sit(str(event.args)))
        self.on('next', self._next, args=[])
        self.on('take', self._take)
        self.on('undo', self._undo, args=[])
        scene.listen(self._happened)

    # ---- what is shown

    def _happened(self, happening: object) -> None:
        own = isinstance(happening, RecordChanged) and happening.app == self._app
        if (own or isinstance(happening, DefinitionsChanged)) and not self._drawing:
            # After all have heard of it: several changes at once are drawn once.
            self._drawing = True
            background_tasks.create(self._draw(), name='queue console')

    async def _draw(self) -> None:
        self._drawing = False
        if not self.is_deleted and self._room.definition is not None:
            self.props['state'] = picture(self._room, self._scene.context.directory)

    # ---- where this console stands

    def _remembered(self) -> str:
        """The place chosen last in this browser; '' when there is no such counter any more."""
        request = ui.context.client.request
        cookie = unquote(request.cookies.get(f'madoguchi_place_{self._app}', '')) if request else ''
        kept = ui.context.client.storage.get(self._cookie, cookie)
        return kept if kept in self._places() else ''

    @property
    def _cookie(self) -> str:
        return f'madoguchi_place_{self._app}'

    def _places(self) -> set[str]:
        return {f'{each.name}/{one}' for each in self._room.queue.sections for one in counters_of(each)}

    def _sit(self, place: str) -> None:
        if place in self._places():
            self.props['place'] = place
            self.client.storage[self._cookie] = place

    # ---- what it does

    async def _next(self) -> None:
        section, _, counter = str(self.props['place']).partition('/')
        if section:
            by = self._scene.person()
            if by is not None:
                calling = self._scene.context.operations.call_next(self._app, section, counter, by=by)
                saved = await self._tried(calling)
                if saved is not None:
                    steps = saved.values[self._room.queue.steps]
                    self._remember(saved, str(steps[-1]['ticket']), 'call')

    async def _take(self, event: GenericEventArguments) -> None:
        asked = event.args if isinstance(event.args, dict) else {}
        record, ticket, move = (str(asked.get(name) or '') for name in ('record', 'ticket', 'move'))
        by = self._scene.person()
        if by is None or move not in MOVES:
            return
        given = {'ticket': ticket}
        if move == 'transfer':
            given.update({name: str(asked[name]) for name in ('section', 'counter') if asked.get(name)})
        elif move in {'call', 'arrive'}:
            given['counter'] = str(self.props['place']).partition('/')[2]
        saved = await self._tried(self._scene.context.operations.act(self._app, record, move, given, by=by))
        if saved is not None:
            self._remember(saved, ticket, move)

    async def _undo(self) -> None:
        by = self._scene.person()
        if by is None or self._last is None:
            return
        saved, ticket = self._last
        undoing = self._scene.context.operations.undo(
            self._app, saved.id, by=by, given={'ticket': ticket}, if_rev=saved.rev
        )
        if await self._tried(undoing) is not None:
            self._last = None
            self.props['last'] = ''

    async def _tried(self, doing: Any) -> Saved | None:
        """The answer, or None after a refusal, which is shown. While it runs the buttons wait."""
        self.props.update({'busy': True, 'refused': ''})
        try:
            saved: Saved = await doing
        except Refused as refused:
            text = _TAKEN_MEANWHILE if refused.kind == 'conflict' else refused.detail or _FAILED
            self._ended(text)
            return None
        self._ended('')
        return saved

    def _ended(self, refused: str) -> None:
        if not self.is_deleted:
            self.props.update({'busy': False, 'refused': refused})

    def _remember(self, saved: Saved, ticket: str, move: str) -> None:
        self._last = saved, ticket
        if not self.is_deleted:
            self.props['last'] = f'{ticket} {MOVES[move].label}'


def counters_of(section: Any) -> tuple[str, ...]:
    """The counters of a section; one that names none has one, so that somebody can be called to it."""
    return section.counters or ('窓口',)


def picture(room: WaitingRoom, directory: Directory) -> dict[str, Any]:
    """The day as console.js draws it. now: by which the minutes are counted, whatever the tablet's clock says."""
    lines = room.lines()
    ended = Counter(each.ticket.status for each in lines)
    definition = room.definition
    return {
        'app': definition.name if definition is not None else '',
        'board': board_address(definition.name) if definition is not None else '',
        'now': room.now().isoformat(),
        'sections': [{'name': each.name, 'counters': list(counters_of(each))} for each in room.queue.sections],
        'lines': [_told(each, room, directory) for each in lines if each.ticket.status not in _ENDED],
        'total': len(lines),
        'served': ended[SERVED],
        'cancelled': ended[CANCELLED],
    }


def _told(line: Line, room: WaitingRoom, directory: Directory) -> dict[str, Any]:
    ticket = line.ticket
    moments = {'issued': ticket.issued_at, 'called': ticket.called_at, 'arrived': ticket.arrived_at}
    assert room.definition is not None
    return {
        'record': line.record,
        'address': record_address(room.definition.name, line.record),
        'ticket': ticket.name,
        'section': ticket.section,
        'status': ticket.status,
        'counter': ticket.counter,
        'onlyAt': ticket.only_at,
        'by': (directory.staff_name(ticket.by) or '') if ticket.counter else '',
        'calls': ticket.calls,
        'elsewhere': line.elsewhere,
        'items': list(line.items),
        'moves': [
            {'name': each.name, 'label': each.label, 'confirm': each.confirm, 'closed': each.closed}
            for each in line.moves
        ],
        **{name: moment.isoformat() if moment is not None else None for name, moment in moments.items()},
    }
