"""Addresses below the API's that lead nowhere, and methods they do not know: told as problems, like everything."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from apps.api.problem import problem_response

METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']


def register(router: APIRouter) -> None:
    """To be called last: what comes here fitted no other address."""
    known = [each for each in router.routes if isinstance(each, APIRoute)]

    @router.api_route('/api/{rest:path}', methods=METHODS, include_in_schema=False)
    def unknown(request: Request, rest: str) -> Response:
        allowed = sorted(set(_methods(known, request)))
        if not allowed:
            return problem_response('not_found', 'このアドレスはありません。')
        answer = problem_response('wrong_method')
        answer.headers['Allow'] = ', '.join(allowed)
        return answer


def _methods(known: Iterable[APIRoute], request: Request) -> Iterable[str]:
    for each in known:
        if each.matches(request.scope)[0] is not Match.NONE:
            yield from each.methods or ()
