"""All addresses of the API under one roof, for NiceGUI's application and for tests alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from apps.api import actions, draws, export, files, health, lookups, postal, previous, records, session, summary
from apps.api.answers import refusal_response
from apps.api.problem import problem_response
from apps.outcome import Refused
from apps.security import Wall

if TYPE_CHECKING:
    from apps.context import AppContext


def install(app: FastAPI, context: AppContext) -> None:
    """Add the wall, the addresses and the Japanese problems to an application."""
    router = APIRouter()
    for part in (health, session, records, actions, draws, export, summary, files, lookups, previous, postal):
        part.register(router, context)
    app.include_router(router)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    settings = context.settings
    app.add_middleware(Wall, sessions=context.sessions, tokens=context.tokens, origins=settings.origins, https=settings.https)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refusal_response(error)


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    places = ['.'.join(str(part) for part in each['loc'][1:]) for each in error.errors()]
    return problem_response('invalid', f'送られた内容の形が正しくありません({"、".join(places)})。')
