"""The display in the waiting room: numbers, sections, counters and counts, live; it says when it is behind."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from nicegui import app as server
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.websockets import WebSocket

from apps.addresses import prefix_of
from apps.public.files import file_address
from apps.public.open_lines import GONE, OpenLines
from apps.reading.waiting_room import public_picture

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.reading.waiting_room import WaitingRoom

BEAT = 4.0
"""Seconds after which a display hears from us even when nothing happens; it trusts no picture three times as old."""

MOST_DISPLAYS = 500
"""Open displays per queue; more would be somebody playing, and staff must not wait for them."""


def register(context: AppContext) -> None:
    """The page, and the line on which it hears what happens."""
    boards: dict[str, Board] = {}

    def board_of(app: str) -> Board | None:
        room = context.waiting_rooms.of(app) if app in boards or context.catalogue.find(app) else None
        if room is None or room.definition is None:
            return None
        if app not in boards:
            boards[app] = Board(context, room, app)
        return boards[app]

    @server.get('/public/{app}', include_in_schema=False)
    async def page(request: Request, app: str) -> Response:
        board = board_of(app)
        if board is None:
            raise HTTPException(404)
        return HTMLResponse(_page(board.title, prefix_of(request)), headers={'Cache-Control': 'no-store'})

    @server.websocket('/public/{app}/live')
    async def live(socket: WebSocket, app: str) -> None:
        board = board_of(app)
        await socket.accept()
        if board is None:
            await socket.close(GONE)
        else:
            await board.show_on(socket)


class Board:
    """One picture for all displays of a queue, written once per change however many there are."""

    def __init__(self, context: AppContext, room: WaitingRoom, app: str) -> None:
        self._room = room
        self._lines = OpenLines(context.live, app, most=MOST_DISPLAYS, beat=BEAT)

    @property
    def title(self) -> str:
        definition = self._room.definition
        return definition.title if definition is not None else ''

    async def show_on(self, socket: WebSocket) -> None:
        """Until the display goes away."""
        await self._lines.hold(socket, self._picture)

    def _picture(self) -> str | None:
        if self._room.definition is None:
            return None
        return self._room.once('board as text', lambda: json.dumps(public_picture(self._room), ensure_ascii=False))


def _page(title: str, prefix: str) -> str:
    name = escape(title)
    style, script = (prefix + file_address(f'waiting_board.{kind}') for kind in ('css', 'js'))
    return f"""<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name} お呼び出し</title>
<link rel="stylesheet" href="{escape(style)}">
</head>
<body>
<header class="head"><h1>{name}</h1><p class="clock" id="clock"></p></header>
<main id="board" class="board" aria-live="polite"></main>
<div id="lost" class="lost" role="alert" hidden><p class="lost-title">接続が切れています</p>
<p>番号は更新されていません。職員がお呼びします。つながりしだい、表示に戻ります。</p></div>
<button id="sound" class="sound" type="button" hidden>音を出す</button>
<script type="module" src="{escape(script)}"></script>
</body>
</html>
"""
