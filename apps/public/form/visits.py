"""Which visitor sends: a cookie without meaning, so that one visitor's haste does not stop a whole library."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response

COOKIE = 'madoguchi_visit'


def begun(request: Request, response: Response) -> Response:
    """The page, and a cookie for the visit when there is none yet; it ends with the browser."""
    if COOKIE not in request.cookies:
        secure = request.url.scheme == 'https'
        response.set_cookie(COOKIE, secrets.token_urlsafe(16), httponly=True, samesite='strict', secure=secure)
    return response


def visit_of(request: Request) -> str:
    """The visit; who sends no cookie shares one with all others at that address."""
    kept = request.cookies.get(COOKIE, '')
    return kept[:40] or f'address/{request.client.host if request.client else ""}'
