"""All addresses of the API under one roof, for NiceGUI's application and for tests alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from apps.api import (
    accounts,
    actions,
    audit,
    bulk,
    call,
    counter,
    draws,
    duplicates,
    export,
    files,
    health,
    imports,
    listing,
    lookups,
    map_view,
    maps,
    notices,
    openapi,
    operators,
    photos,
    places,
    postal,
    previous,
    queue,
    records,
    replies,
    routing,
    same_reports,
    session,
    summary,
    unknown,
)
from apps.api.answers import refusal_response
from apps.api.json_route import JsonRoute, unreadable_response
from apps.outcome import Refused
from apps.proxy import BehindProxy
from apps.request_size import BESIDE_A_FILE, RequestSize
from apps.security import Wall
from apps.single_sign_on import routes as single_sign_on
from apps.single_sign_on.routes import trusted_header

if TYPE_CHECKING:
    from apps.context import AppContext


def install(app: FastAPI, context: AppContext) -> None:
    """Add the wall, the addresses and the Japanese problems to an application."""
    router = APIRouter(route_class=JsonRoute)
    parts = (health, session, listing, records, actions, same_reports, draws, export, summary, files, photos)
    typing = (lookups, previous, postal, duplicates, call, replies, places, maps, map_view, routing)
    for part in (*parts, *typing, queue, counter, notices, audit, bulk, imports, operators, accounts, single_sign_on):
        part.register(router, context)
    openapi.register(router)
    unknown.register(router)
    app.include_router(router)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    settings = context.settings
    app.add_middleware(RequestSize, most=settings.upload_mb * 1_000_000 + BESIDE_A_FILE)
    app.add_middleware(
        Wall,
        sessions=context.sessions,
        tokens=context.tokens,
        origins=settings.origins,
        https=settings.https,
        limits=context.rate_limits,
        header=trusted_header(context),
    )
    app.add_middleware(BehindProxy, proxy=settings.proxy)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refusal_response(error)


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return unreadable_response(error)
