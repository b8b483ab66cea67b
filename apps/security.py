"""The outermost wall: who may reach which address, from which page, and what the browser is told to refuse."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Protocol
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from apps.api.problem import problem_response
from apps.people import Person
from apps.rate_limits import RateLimits, TooMany, limit_of
from apps.security_headers import Guarded

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


class SessionLookup(Protocol):
    def person(self, token: str) -> Person | None: ...


class HeaderLookup(Protocol):
    def account(self, scope: Scope) -> str: ...


class Wall:
    """ASGI middleware. Sets `scope['state']['person']` for everything behind it (None without a session).

    tokens: of programs, which show them under the API's addresses only; a cookie then counts for nothing.
    origins: the addresses at which people open this server; when given, no other Host is answered (the health check
    is), and forms may be sent from them. limits: how often anybody may ask. header: whom the city's proxy has checked;
    a session of somebody else then counts for nothing.
    """

    def __init__(  # noqa: PLR0913 - each is a wish of its own
        self,
        app: ASGIApp,
        sessions: SessionLookup,
        *,
        tokens: SessionLookup | None = None,
        origins: Iterable[str] = (),
        https: bool = False,
        limits: RateLimits | None = None,
        header: HeaderLookup | None = None,
    ) -> None:
        self.app = app
        self.sessions = sessions
        self.tokens = tokens
        self.origins = frozenset(origins)
        self.hosts = frozenset(urlsplit(each).netloc for each in self.origins)
        self.https = https
        self.limits = limits
        self.header = header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope['type'] not in {'http', 'websocket'}:
            await self.app(scope, receive, send)
            return
        bearer = bearer_token(scope)
        shown, keeper = (session_token(scope), self.sessions) if bearer is None else (bearer, self.tokens)
        person = keeper.person(shown) if keeper is not None else None
        if bearer is not None:
            scope['headers'] = [each for each in scope['headers'] if each[0] != b'cookie']
        told = self.header.account(scope) if self.header else ''
        if told and bearer is None and person and person.account != told:
            person = None
        scope.setdefault('state', {}).update(person=person, told_by_proxy=told)
        guarded = Guarded(send, self.https) if scope['type'] == 'http' else send
        refusal = self._not_here(scope, person)
        refusal = refusal or (self._refusal(scope, person) if bearer is None else _refusal_of_token(person))
        await (refusal or self.app)(scope, receive, guarded)

    def _not_here(self, scope: Scope, person: Person | None) -> ASGIApp | None:
        """Under another name, or too often."""
        if self.hosts and Headers(scope=scope).get('host', '') not in self.hosts and scope['path'] != '/healthz':
            return problem_response('forbidden', 'このアドレスでは開けません。') if scope['type'] == 'http' else _close
        limit = limit_of(scope, person.account if person else '') if scope['type'] == 'http' else None
        if self.limits is None or limit is None:
            return None
        try:
            self.limits.check(*limit)
        except TooMany as refused:
            return _too_many(scope, refused)
        return None

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


def _too_many(scope: Scope, refused: TooMany) -> ASGIApp:
    """Plain words for a person, problem details for a program."""
    if 'text/html' not in Headers(scope=scope).get('accept', ''):
        return problem_response('too_many', refused.detail, retry_after=refused.seconds)
    title = '<!doctype html><html lang="ja"><meta charset="utf-8"><title>お待ちください - 窓口</title>'
    page = f'{title}<h1>お待ちください</h1><p>{refused.detail}</p>'
    return HTMLResponse(page, 429, {'Retry-After': str(refused.seconds)})


def _door(scope: Scope) -> str:
    """The sign-in page, which leads on to what was asked for: a link in a mail still arrives.

    Whom the city's proxy has checked goes in at once.
    """
    query = scope['query_string'].decode('latin-1')
    goal = quote(scope['path']) + (f'?{query}' if query else '')
    door = '/sign-in/header' if scope['state']['told_by_proxy'] else '/sign-in'
    return door if goal == '/' else f'{door}?to={quote(goal, safe="")}'


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
