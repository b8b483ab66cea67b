"""The Excel file of a view, made in another process and taken away after it was sent."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse

from apps.api.answers import person_of
from apps.api.described import described
from apps.excel.worker import ExportWorkers, Order
from apps.outcome import Refused

if TYPE_CHECKING:
    from apps.context import AppContext

XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'


def register(router: APIRouter, context: AppContext) -> None:
    workers = ExportWorkers()

    @router.get('/api/v1/apps/{app}/export', **described('Excelへの書き出し', 'export', '書き出し', files=(XLSX,)))
    async def export(request: Request, app: str, view: str = '', q: str = '', purpose: str = '') -> FileResponse:
        """filter.<field>=value narrows it as on screen. purpose: kept in the file itself."""
        person = person_of(request)
        definition = context.reading.definition(app, person, 'export')
        given = context.searched_words.shown(person.account, request.query_params)
        filters = {name.removeprefix('filter.'): value for name, value in given.items() if name.startswith('filter.')}
        file = Path(tempfile.mkstemp(suffix='.xlsx')[1])
        order = Order(context.settings, app, file, view, filters, given.get('q', ''), purpose, person, context.clock.now())
        try:
            await workers.export(order)
        except BaseException as error:
            file.unlink(missing_ok=True)
            if isinstance(error, ValueError):
                raise Refused('invalid', detail=f'一覧の条件を読み取れません({error})。') from error
            raise
        name = quote(f'{definition.title}_{context.clock.now():%Y%m%d}.xlsx')
        headers = {'Content-Disposition': f"attachment; filename*=UTF-8''{name}", 'Cache-Control': 'no-store'}
        return FileResponse(file, media_type=XLSX, headers=headers, background=BackgroundTask(file.unlink))
