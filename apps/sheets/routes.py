"""The addresses of printed sheets: of one record, of chosen records, and of what a list shows."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import FastAPI
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from apps.addresses import app_address, prefix_of, record_address
from apps.api.answers import person_of
from apps.api.export import XLSX
from apps.design import design_address
from apps.outcome import Refused
from apps.screens.refusal import refused_response
from apps.sheets.chosen import Chosen
from apps.sheets.excel_form import filled_form
from apps.sheets.list_sheet import list_sheet, revealed
from apps.sheets.page import Paper, sheets_page
from apps.sheets.printing import Print, sheet_of

if TYPE_CHECKING:
    from apps.context import AppContext

Answering = Callable[..., Awaitable[Response]]


def register(server: FastAPI, context: AppContext) -> None:
    """Before NiceGUI's pages, which take every address below /apps."""

    def asked(request: Request, app: str, name: str, *, is_list: bool | None = None) -> Print:
        person, prefix = person_of(request), prefix_of(request)
        definition = context.reading.definition(app, person)
        sheet = sheet_of(definition, name, is_list=is_list)
        here = f'{request.url.scheme}://{request.url.netloc}'
        origin = (context.settings.origins[0] if context.settings.origins else here) + prefix
        return Print(context, definition, sheet, person, prefix, origin)

    @server.get('/apps/{app}/records/{record}/sheets/{name}', include_in_schema=False)
    @_as_pages
    async def sheet_of_record(request: Request, app: str, record: str, name: str) -> Response:
        printing = asked(request, app, name, is_list=False)
        papers = await run_in_threadpool(printing.papers, [record])
        await printing.note(1, record)
        return _answer(printing, papers, record_address(app, record))

    @server.get('/apps/{app}/records/{record}/sheets/{name}/excel', include_in_schema=False)
    @_as_pages
    async def excel_of_record(request: Request, app: str, record: str, name: str) -> Response:
        """The same sheet in the office's own Excel file."""
        printing = asked(request, app, name, is_list=False)
        file = Path(tempfile.mkstemp(suffix='.xlsx')[1])
        try:
            called = await run_in_threadpool(filled_form, printing, record, file)
            await printing.note(1, record, format='Excel')
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        headers = {'Content-Disposition': f"attachment; filename*=UTF-8''{quote(called)}", 'Cache-Control': 'no-store'}
        return FileResponse(file, media_type=XLSX, headers=headers, background=BackgroundTask(file.unlink))

    @server.get('/apps/{app}/sheets/{name}', include_in_schema=False)
    @_as_pages
    async def sheets(request: Request, app: str, name: str) -> Response:
        """records: ids with commas between; without them what the view shows (view, q, filter.x, sort)."""
        printing = asked(request, app, name)
        chosen = Chosen.asked(context, printing.definition, request.query_params, by=printing.by)
        papers, count = await run_in_threadpool(_papers, printing, chosen)
        plain = revealed(chosen, printing.sheet) if printing.sheet.is_list else []
        await printing.note(count, view=chosen.view.name, filters=chosen.narrowed, fields=plain or None)
        return _answer(printing, papers, app_address(app, chosen.view.name))


def _papers(printing: Print, chosen: Chosen) -> tuple[list[Paper], int]:
    """The sheets, and on how many records they are."""
    if printing.sheet.is_list:
        paper, count = list_sheet(chosen, printing.sheet)
        return [paper], count
    ids = chosen.ids()
    return printing.papers(ids), len(ids)


def _as_pages(answering: Answering) -> Answering:
    """People read here, not programs: a refusal is a page."""

    @wraps(answering)
    async def answered(request: Request, *given: str, **named: str) -> Response:
        try:
            return await answering(request, *given, **named)
        except Refused as refused:
            return refused_response(request, refused, prefix_of(request) + design_address('screens.css'))

    return answered


def _answer(printing: Print, papers: Sequence[Paper], back: str) -> Response:
    """back: address of the screen it was opened from."""
    nonce = secrets.token_urlsafe(16)
    page = sheets_page(papers, printing.sheet, printing.margins(), back=printing.prefix + back, nonce=nonce)
    policy = (
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
        f"script-src 'nonce-{nonce}'; frame-ancestors 'self'"
    )
    headers = {'Cache-Control': 'no-store', 'Content-Security-Policy': policy, 'X-Frame-Options': 'SAMEORIGIN'}
    return HTMLResponse(page, headers=headers)
