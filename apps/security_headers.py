"""What every answer tells the browser to refuse: the headers, and a content security policy with a nonce per page."""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

_SCRIPT = re.compile(rb'<script(?=[\s>])')
_HEADERS = {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()',
}

_RECORDS = ('application/json', 'application/problem+json')
"""Answers of the API: what they tell of people stays in no cache."""


class Guarded:
    """Adds the headers, and a nonce to the script tags of NiceGUI's pages (the one place that has inline scripts)."""

    def __init__(self, send: Send, https: bool) -> None:
        self.send = send
        self.https = https
        self.nonce = secrets.token_urlsafe(16)
        self.page: list[bytes] | None = None
        self.start: Message = {}

    async def __call__(self, message: Message) -> None:
        if message['type'] == 'http.response.start':
            await self._begin(message)
        elif message['type'] == 'http.response.body' and self.page is not None:
            await self._collect(message)
        else:
            await self.send(message)

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault('Content-Security-Policy', content_security_policy(self.nonce))
        if headers.get('content-type', '').startswith(_RECORDS):
            headers.setdefault('Cache-Control', 'no-store')
        if self.https:
            headers['Strict-Transport-Security'] = 'max-age=31536000'
        if headers.get('x-nicegui-content') == 'page':
            headers['Cache-Control'] = 'no-store'
            self.page, self.start = [], message
        else:
            await self.send(message)

    async def _collect(self, message: Message) -> None:
        assert self.page is not None
        self.page.append(message.get('body', b''))
        if message.get('more_body'):
            return
        body = _SCRIPT.sub(b'<script nonce="' + self.nonce.encode() + b'"', b''.join(self.page))
        MutableHeaders(scope=self.start)['content-length'] = str(len(body))
        await self.send(self.start)
        await self.send({'type': 'http.response.body', 'body': body})


def every_header() -> dict[str, str]:
    """The headers for an answer that is given outside of the wall; its page may run no script of its own."""
    return {**_HEADERS, 'Content-Security-Policy': content_security_policy(secrets.token_urlsafe(16))}


def content_security_policy(nonce: str) -> str:
    """As strict as NiceGUI allows: Vue compiles templates in the browser (unsafe-eval), Quasar writes styles."""
    return (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
