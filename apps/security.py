"""The outermost wall: who may reach which address, from which page, and what the browser is told to refuse."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Protocol
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from apps.api.problem import problem_response
from apps.people import Person

COOKIE = 'madoguchi_session'
OPEN_PATHS = (
    '/healthz',
    '/sign-in',
    '/set-up',
    '/api/v1/session',
    '/favicon.ico',
    '/_nicegui/',
    '/design/',
    '/public/',
)
"""Beginnings of the addresses that answer without a session; uploads of a page are not among them."""

SAFE_METHODS = frozenset({'GET', 'HEAD', 'OPTIONS'})
_SCRIPT = re.compile(rb'<script(?=[\s>])')
_HEADERS = {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()',
}


class SessionLookup(Protocol):
    def person(self, token: str) -> Person | None: ...


class Wall:
    """ASGI middleware. Sets `scope['state']['person']` for everything behind it (None without a session).

    tokens: of programs, which show them under the API's addresses only; a cookie then counts for nothing.
    origins: addresses besides the request's own Host from which forms may be sent.
    """

    def __init__(
        self,
        app: ASGIApp,
        sessions: SessionLookup,
        *,
        tokens: SessionLookup | None = None,
        origins: Iterable[str] = (),
        https: bool = False,
    ) -> None:
        self.app = app
        self.sessions = sessions
        self.tokens = tokens
        self.origins = frozenset(origins)
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope['type'] not in {'http', 'websocket'}:
            await self.app(scope, receive, send)
            return
        bearer = bearer_token(scope)
        shown, keeper = (session_token(scope), self.sessions) if bearer is None else (bearer, self.tokens)
        person = keeper.person(shown) if keeper is not None else None
        scope.setdefault('state', {})['person'] = person
        if refusal := self._refusal(scope, person) if bearer is None else _refusal_of_token(person):
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, _Guarded(send, self.https) if scope['type'] == 'http' else send)

    def _refusal(self, scope: Scope, person: Person | None) -> ASGIApp | None:
        socket = scope['type'] == 'websocket'
        if (socket or scope['method'] not in SAFE_METHODS) and not same_origin(scope, self.origins):
            return _close if socket else problem_response('forbidden', 'このアドレスからは送信できません。')
        if person or is_open(scope['path']):
            return None
        if socket:
            return _close
        if scope['path'].startswith('/api/') or scope['method'] not in SAFE_METHODS:
            return problem_response('unauthorized', 'サインインしてください。')
        return RedirectResponse(_door(scope), 303)


def _refusal_of_token(person: Person | None) -> ASGIApp | None:
    """No page of another site can make a browser send a token, so where a request comes from does not matter."""
    if person is not None:
        return None
    answer = problem_response('unauthorized', 'APIトークンが正しくないか、取り消されたか、期限が切れています。')
    answer.headers['WWW-Authenticate'] = 'Bearer error="invalid_token"'
    return answer


def _door(scope: Scope) -> str:
    """The sign-in page, which leads on to what was asked for: a link in a mail still arrives."""
    query = scope['query_string'].decode('latin-1')
    goal = quote(scope['path']) + (f'?{query}' if query else '')
    return '/sign-in' if goal == '/' else f'/sign-in?to={quote(goal, safe="")}'


def is_open(path: str) -> bool:
    """Whether an address answers without a session."""
    if path.startswith('/_nicegui/client/'):
        return False
    return any(path == each or path.startswith(each if each.endswith('/') else f'{each}/') for each in OPEN_PATHS)


def bearer_token(scope: Scope) -> str | None:
    """The token a program shows; None where none is shown or none may be: on pages and sockets."""
    if scope['type'] != 'http' or not scope['path'].startswith('/api/v1/'):
        return None
    scheme, _, token = Headers(scope=scope).get('authorization', '').partition(' ')
    return token.strip() if scheme.lower() == 'bearer' else None


def session_token(scope: Scope) -> str:
    """The session cookie of a request, or ''."""
    try:
        cookies = SimpleCookie(Headers(scope=scope).get('cookie', ''))
    except CookieError:
        return ''
    return cookies[COOKIE].value if COOKIE in cookies else ''


def same_origin(scope: Scope, origins: frozenset[str] = frozenset()) -> bool:
    """Whether the page that sends is ours. A caller without Origin is a program: browsers send it when it matters."""
    headers = Headers(scope=scope)
    origin = headers.get('origin')
    if origin is None:
        return headers.get('sec-fetch-site', 'same-origin') in {'same-origin', 'none'}
    return origin in origins or origin.partition('://')[2] == headers.get('host', '')


async def _close(scope: Scope, receive: Receive, send: Send) -> None:
    await send({'type': 'websocket.close', 'code': 1008})


class _Guarded:
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


def content_security_policy(nonce: str) -> str:
    """As strict as NiceGUI allows: Vue compiles templates in the browser (unsafe-eval), Quasar writes styles."""
    return (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
