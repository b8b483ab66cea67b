"""The addresses of Open311, once for use and once for trying out; see discovery.xml."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from apps.addresses import prefix_of
from apps.public.open311 import reports, requests
from apps.public.open311.answers import FORMATS, Wrong, answer
from apps.public.open311.jurisdiction import Told, definition_told, iso, service, services_told, told_apps
from apps.rate_limits import TooMany

if TYPE_CHECKING:
    from pathlib import Path

    from apps.context import AppContext

OPEN311: Final = '/public/open311/v2'
TRIAL: Final = '/public/open311/test/v2'
_SPECIFICATION: Final = 'http://wiki.open311.org/GeoReport_v2'

Answering = Callable[..., Awaitable[Response]]


def register(server: FastAPI, context: AppContext) -> None:
    """Make both endpoints known; which apps stand behind them is asked at every request."""
    changed = iso(context.clock.now())
    for here in (OPEN311, TRIAL):
        _register_reading(server, context, here, changed)
        _register_reports(server, context, here)


def _register_reading(server: FastAPI, context: AppContext, here: str, changed: str) -> None:
    def apps_of(request: Request) -> list[Told]:
        return told_apps(context, request.query_params.get('jurisdiction_id', ''))

    @server.get(f'{here}/discovery.{{form}}', include_in_schema=False)
    @_as_errors
    async def discovery(request: Request, form: str) -> Response:
        return answer('discovery', _discovery(context, request, changed), form)

    @server.get(f'{here}/services.{{form}}', include_in_schema=False)
    @_as_errors
    async def services(request: Request, form: str) -> Response:
        return answer('services', services_told(apps_of(request)), form)

    @server.get(f'{here}/services/{{code}}.{{form}}', include_in_schema=False)
    @_as_errors
    async def definition(request: Request, code: str, form: str) -> Response:
        app, _ = service(apps_of(request), code)
        return answer('service_definition', definition_told(app, code), form)

    @server.get(f'{here}/requests.{{form}}', include_in_schema=False)
    @_as_errors
    async def listed(request: Request, form: str) -> Response:
        given = requests.asked(request.query_params, context.clock.now())
        found = requests.found(context, apps_of(request), given)
        base = _base(context, request, here)
        return answer('service_requests', [requests.told(*each, base) for each in found], form)

    @server.get(f'{here}/requests/{{number}}.{{form}}', include_in_schema=False)
    @_as_errors
    async def one(request: Request, number: str, form: str) -> Response:
        found = requests.numbered(context, apps_of(request), number)
        if found is None:
            raise Wrong(404, 'service_request_id was not found')
        return answer('service_requests', [requests.told(*found, _base(context, request, here))], form)

    @server.get(f'{here}/tokens/{{token}}.{{form}}', include_in_schema=False)
    @_as_errors
    async def token(request: Request, token: str, form: str) -> Response:
        """Every report gets its number at once, so the number is its own token."""
        if requests.numbered(context, apps_of(request), token) is None:
            raise Wrong(404, 'token was not found')
        return answer('service_requests', [{'service_request_id': token, 'token': token}], form)

    @server.get(f'{here}/media/{{number}}', include_in_schema=False)
    async def media(request: Request, number: str) -> Response:
        try:
            kept = requests.photo(context, apps_of(request), number)
        except Wrong as wrong:
            raise HTTPException(wrong.status) from wrong
        if kept is None:
            raise HTTPException(404)
        return FileResponse(context.store.blobs.path(kept['blob']), media_type=kept['type'])


def _register_reports(server: FastAPI, context: AppContext, here: str) -> None:
    @server.post(f'{here}/requests.{{form}}', include_in_schema=False)
    @_as_errors
    async def send(request: Request, form: str) -> Response:
        address = request.client.host if request.client else ''
        context.rate_limits.check('public_send', f'open311/{address}')
        given = await reports.parameters(request)
        single = dict(given)
        _check_key(context.settings.open311_keys, single.get('api_key', ''))
        apps = told_apps(context, single.get('jurisdiction_id', ''))
        key = request.headers.get('idempotency-key', '').strip('"')[:200]
        told = await reports.report(context, apps, given, test=here == TRIAL, sender=address, key=key)
        return answer('service_requests', [told], form, 201)


def _as_errors(answering: Answering) -> Answering:
    """Refusals as the standard's list of errors, in the format that was asked for."""

    @wraps(answering)
    async def answered(request: Request, form: str, **given: Any) -> Response:
        try:
            if form not in FORMATS:
                raise Wrong(404, 'format is not xml or json')
            return await answering(request=request, form=form, **given)
        except Wrong as wrong:
            return wrong.answer(form)
        except TooMany as refused:
            return Wrong(429, refused.detail, seconds=refused.seconds).answer(form)

    return answered


def _check_key(file: Path | None, key: str) -> None:
    """The file holds one key per line; without a file nobody needs one. Raises Wrong."""
    if file is None:
        return
    keys = [each.strip() for each in file.read_text('utf-8').splitlines() if each.strip()]
    if not any(hmac.compare_digest(each.encode(), key.encode()) for each in keys):
        raise Wrong(403, 'api_key was not provided' if not key else 'api_key is not valid')


def _discovery(context: AppContext, request: Request, changed: str) -> dict[str, Any]:
    kinds = (('production', OPEN311), ('test', TRIAL))
    return {
        'changeset': changed,
        'contact': context.settings.city,
        'key_service': 'APIキーは、市の窓口にお問い合わせください。' if context.settings.open311_keys else '',
        'endpoints': [
            {
                'specification': _SPECIFICATION,
                'url': _base(context, request, here),
                'changeset': changed,
                'type': kind,
                'formats': list(FORMATS.values()),
            }
            for kind, here in kinds
        ],
    }


def _base(context: AppContext, request: Request, here: str) -> str:
    """The endpoint as others reach it: by the public origin, else as this request came here."""
    came = f'{request.url.scheme}://{request.url.netloc}{prefix_of(request)}'
    return (context.settings.public_origin or came) + here
