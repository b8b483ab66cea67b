"""Behind a reverse proxy: whose connection it really is, and for whom a proxy that we believe says it asks."""

from __future__ import annotations

from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_PEER = 'peer'


class BehindProxy:
    """ASGI middleware, outermost. Notes the peer of the connection, then believes the X-Forwarded headers of `proxy`.

    The server itself must not rewrite the address (proxy_headers=False): the peer would be lost.
    """

    def __init__(self, app: ASGIApp, proxy: str) -> None:
        self._forwarded = ProxyHeadersMiddleware(app, proxy)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope['type'] in {'http', 'websocket'}:
            client = scope.get('client')
            scope.setdefault('state', {})[_PEER] = client[0] if client else ''
        await self._forwarded(scope, receive, send)  # type: ignore[arg-type]


def peer_of(scope: Scope) -> str:
    """The address at the other end of the connection, whatever any header says; '' when unknown."""
    return cast(str, scope.get('state', {}).get(_PEER, ''))


def address_of(scope: Scope) -> str:
    """Who asks: the peer, or whom the believed proxy names."""
    client = scope.get('client')
    return client[0] if client else ''
