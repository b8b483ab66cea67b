"""The addresses of a visitor's own tickets: the page, its state for asking again, and the line on which it hears."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nicegui import app as server
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket

from apps.addresses import prefix_of
from apps.proxy import address_of
from apps.public.addresses import TICKETS
from apps.public.open_lines import GONE, OpenLines
from apps.public.ticket.page import ticket_page, unknown_page
from apps.public.ticket.words import language_of
from apps.reading.ticket_picture import Picture, ticket_pictures

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.reading.waiting_room import WaitingRoom

BEAT = 10.0
"""Seconds after which a phone hears from us even when nothing happens; it trusts nothing three times as old."""

MOST_PHONES = 2000
"""Open lines per queue."""

_NO_STORE = {'Cache-Control': 'no-store'}


def register(context: AppContext) -> None:
    """Make the addresses known; before the waiting room's display, whose line would catch the page of a ticket."""
    tickets = OwnTickets(context)

    @server.get(TICKETS + '/{code}', include_in_schema=False)
    async def page(request: Request, code: str, lang: str = '') -> Response:
        found, prefix = tickets.find(code), prefix_of(request)
        language = language_of(lang, request.headers.get('accept-language', ''))
        if found is None or (definition := found.room.definition) is None:
            return unknown_page(language, prefix)
        return ticket_page(definition, code, found.picture(), language=language, prefix=prefix)

    @server.get(TICKETS + '/{code}/state', include_in_schema=False)
    async def state(code: str) -> Response:
        found = tickets.find(code)
        return JSONResponse(found.picture() if found else [], 200 if found else 404, headers=_NO_STORE)

    @server.websocket(TICKETS + '/{code}/live')
    async def live(socket: WebSocket, code: str) -> None:
        await socket.accept()
        found = tickets.find(code) if context.rate_limits.take('public_page', address_of(socket.scope)) else None
        if found is None:
            await socket.close(GONE)
        else:
            await tickets.lines(found.app).hold(socket, found.told)


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """The tickets of one visit of today. record: of the visit."""

    app: str
    room: WaitingRoom
    record: str

    def picture(self) -> Picture:
        """Nothing when the day is over or the reception was removed."""
        return ticket_pictures(self.room).get(self.record, []) if self.room.definition is not None else []

    def told(self) -> str | None:
        """As JSON; None when there is nothing any more."""
        picture = self.picture()
        return json.dumps(picture, ensure_ascii=False) if picture else None


class OwnTickets:
    """Finds a visit by the code in its address; only among those of today, so yesterday's address opens nothing."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._lines: dict[str, OpenLines] = {}

    def find(self, code: str) -> OwnVisit | None:
        for definition in self._context.catalogue.all():
            if 'queue' in definition.capabilities:
                room = self._context.waiting_rooms.of(definition.name)
                record = room.once('codes', lambda app=definition.name, room=room: self._codes(app, room)).get(code)
                if record is not None:
                    return OwnVisit(definition.name, room, record)
        return None

    def lines(self, app: str) -> OpenLines:
        if app not in self._lines:
            self._lines[app] = OpenLines(self._context.live, app, most=MOST_PHONES, beat=BEAT)
        return self._lines[app]

    def _codes(self, app: str, room: WaitingRoom) -> dict[str, str]:
        """Code -> record, of today."""
        return {self._context.own_codes.in_address(app, each.record): each.record for each in room.lines()}
