"""How large a request may be: what is stated is refused at once, what is not stated is counted while it arrives."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from apps.api.problem import problem_response

BESIDE_A_FILE = 1_000_000
"""Bytes that a request may have besides the largest file: the values of a record, the parts of a message."""


class RequestSize:
    """ASGI middleware. most: bytes."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope['type'] != 'http':
            await self.app(scope, receive, send)
            return
        refusal = problem_response('too_large', f'送れるのは{self.most // 1_000_000}MBまでです。')
        stated = Headers(scope=scope).get('content-length', '')
        if stated.isdigit() and int(stated) > self.most:
            await refusal(scope, receive, send)
            return
        counted = _Counted(receive, send, self.most)
        await self.app(scope, counted.receive, counted.send)
        if counted.over and not counted.begun:
            await refusal(scope, receive, send)


class _Counted:
    """Hangs up when too much arrives; the answer to that is not the application's."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive, self._send, self._left = receive, send, most
        self.over = self.begun = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get('body', b''))
        self.over = self.over or self._left < 0
        return {'type': 'http.disconnect'} if self.over else message

    async def send(self, message: Message) -> None:
        if not self.over or self.begun:
            self.begun = True
            await self._send(message)
