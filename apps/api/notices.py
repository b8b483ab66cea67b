"""What was frozen for paper: letters as a page to print, and the file for a word processor."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from apps.api.answers import person_of
from apps.api.export import XLSX
from apps.outbox.letters import letters_page
from apps.outbox.merge_file import csv_text, write_workbook
from apps.outbox.notice import MERGED, PRINTED, Notice
from apps.owners import owner_of
from forms.japanese.era import wareki

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person

_NO_STORE = {'Cache-Control': 'no-store'}


def register(router: APIRouter, context: AppContext) -> None:
    async def frozen(app: str, event: str, batch: str, state: str, person: Person) -> list[Notice]:
        found = await run_in_threadpool(context.outbox.frozen, app, event, by=person, batch=batch, state=state)
        kind = 'print' if state == PRINTED else 'export'
        await context.audit.note(kind, person, app=app, count=len(found), purpose=f'通知: {event}')
        return found

    @router.get('/api/v1/apps/{app}/notices/letters', summary='通知の手紙(印刷用のページ)')
    async def letters(request: Request, app: str, event: str, batch: str = '') -> Response:
        found = await frozen(app, event, batch, PRINTED, person_of(request))
        nonce, owner = secrets.token_urlsafe(16), owner_of(context.store, context.catalogue.get(app))
        day = wareki(context.clock.now().date(), weekday=False)
        page = letters_page(found, city=context.settings.city, owner=owner, day=day, nonce=nonce)
        policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; frame-ancestors 'none'"
        return HTMLResponse(page, headers={**_NO_STORE, 'Content-Security-Policy': policy})

    @router.get('/api/v1/apps/{app}/notices/merge.xlsx', summary='通知の差込ファイル(Excel)')
    async def workbook(request: Request, app: str, event: str, batch: str = '') -> Response:
        found = await frozen(app, event, batch, MERGED, person_of(request))
        file = Path(tempfile.mkstemp(suffix='.xlsx')[1])
        await run_in_threadpool(write_workbook, file, found)
        headers = {**_NO_STORE, **_named(f'通知_{event}.xlsx')}
        return FileResponse(file, media_type=XLSX, headers=headers, background=BackgroundTask(file.unlink))

    @router.get('/api/v1/apps/{app}/notices/merge.csv', summary='通知の差込ファイル(CSV)')
    async def table(request: Request, app: str, event: str, batch: str = '') -> Response:
        found = await frozen(app, event, batch, MERGED, person_of(request))
        headers = {**_NO_STORE, **_named(f'通知_{event}.csv')}
        return Response(csv_text(found).encode(), media_type='text/csv; charset=utf-8', headers=headers)


def _named(name: str) -> dict[str, str]:
    return {'Content-Disposition': f"attachment; filename*=UTF-8''{quote(name)}"}
