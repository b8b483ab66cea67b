"""The audit: handed out as a file, and told of what only the browser knows (that a page was printed)."""

from __future__ import annotations

import asyncio
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse

from apps.api.answers import person_of
from apps.audit_export import export_audit
from apps.audit_trail import Asked

if TYPE_CHECKING:
    from apps.context import AppContext

Day = Annotated[date | None, BeforeValidator(lambda value: value or None)]
"""A form sends '' for a day that was left empty."""

_TYPES = {'xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'csv': 'text/csv'}


class Printed(BaseModel):
    model_config = ConfigDict(extra='forbid')

    app: Annotated[str, Field(max_length=100)]
    record: Annotated[str, Field(max_length=100)] = ''


def register(router: APIRouter, context: AppContext) -> None:
    @router.get('/api/v1/audit/export', include_in_schema=False)
    async def export(  # noqa: PLR0913, PLR0917 - query parameters
        request: Request,
        since: Day = None,
        until: Day = None,
        person: str = '',
        kind: str = '',
        app: str = '',
        record: str = '',
        purpose: str = '',
        other: str = '',
        format: str = 'xlsx',
    ) -> FileResponse:
        by = person_of(request)
        handle, name = tempfile.mkstemp(suffix=f'.{format}' if format in _TYPES else '')
        os.close(handle)
        file = Path(name)
        asked = Asked(since, until, person, kind, app, record)
        told = f'{purpose}: {other}' if other else purpose
        try:
            await asyncio.to_thread(export_audit, context, file, asked, told, format, by=by)
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        shown = f'audit_{context.clock.now():%Y%m%d}.{format}'
        headers = {'Content-Disposition': f'attachment; filename={shown}', 'Cache-Control': 'no-store'}
        return FileResponse(
            file, media_type=_TYPES[format], headers=headers, background=BackgroundTask(file.unlink)
        )

    @router.post('/api/v1/printed', status_code=204, include_in_schema=False)
    async def printed(request: Request, given: Printed) -> None:
        """The browser's print window was opened on a page of this app."""
        by = person_of(request)
        context.reading.definition(given.app, by)
        context.audit.note_soon('print', by, app=given.app, record=given.record)
