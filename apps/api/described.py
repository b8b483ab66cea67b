"""What is written about an address in its OpenAPI description, and the scope a token needs there."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from apps.api.problem import KINDS
from apps.outcome import Refused
from apps.scopes import SCOPES

PROBLEM_TYPE = 'application/problem+json'
_ALWAYS = (401, 403, 404, 422, 429, 500, 503)
WRITING = (409, 413, 415)
"""What a request with content may meet besides."""


def described(
    summary: str,
    scope: str,
    tag: str,
    *more: int,
    text: str = '',
    files: tuple[str, ...] = (),
    **extra: Any,
) -> dict[str, Any]:
    """Keyword arguments of a route. scope: of apps/scopes.py. more: HTTP states of problems beyond the usual ones.

    files: kinds of files, of one of which the answer is. extra: further parts of the OpenAPI operation.
    """
    content = {each: {'schema': {'type': 'string', 'format': 'binary'}} for each in files}
    file_answer = {'response_class': Response} if files else {}
    answers = {200: {'description': 'ファイル', 'content': content}} if files else {}
    return {
        'summary': summary,
        'description': text or summary,
        'tags': [tag],
        'responses': {**answers, **{state: _problem(state) for state in (*_ALWAYS, *more)}},
        'dependencies': [Depends(_asks_for(scope))],
        'openapi_extra': {'security': [{'token': []}, {'session': []}], 'x-scope': scope, **extra},
        **file_answer,
    }


def _problem(state: int) -> dict[str, Any]:
    titles = [title for known, title in KINDS.values() if known == state]
    told = '、'.join(titles) or HTTPStatus(state).phrase
    return {'description': told, 'content': {PROBLEM_TYPE: {'schema': {'$ref': '#/components/schemas/Problem'}}}}


def _asks_for(scope: str) -> Any:
    async def check(request: Request) -> None:
        """Raises Refused 'forbidden' for a token without the scope; notes that the address is one for tokens."""
        reach = request.state.person.reach if request.state.person is not None else None
        if reach is not None and scope not in reach.scopes:
            raise Refused('forbidden', detail=f'このAPIトークンの範囲に「{SCOPES[scope]}」({scope})がありません。')
        request.state.scope = scope

    return check
