"""The Excel file of a list: every record of the view with its filters, not only the page that is shown."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from nicegui import app as server
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from apps.api.answers import person_of
from apps.excel.export import export_app
from apps.outcome import Refused

if TYPE_CHECKING:
    from apps.context import AppContext
    from forms.definition import AppDefinition

_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'


def register(context: AppContext) -> None:
    """A route of its own: it runs in a worker thread and streams the file, which the page's socket must not carry."""

    @server.get('/apps/{app}/export.xlsx', include_in_schema=False)
    def export(request: Request, app: str) -> Response:
        person = person_of(request)
        given = request.query_params
        filters = {name.removeprefix('filter.'): value for name, value in given.items() if name.startswith('filter.')}
        definition = context.reading.definition(app, person, 'export')
        folder = tempfile.TemporaryDirectory(prefix='export-')
        path = Path(folder.name) / 'export.xlsx'
        try:
            export_app(
                context.reading,
                app,
                path,
                view=given.get('view', ''),
                filters=filters,
                text=given.get('q', ''),
                by=person,
            )
        except ValueError as error:
            folder.cleanup()
            raise Refused('invalid', detail=f'この条件では書き出せません({error})。') from error
        name = quote(f'{definition.title}_{given.get("view") or "すべて"}_{context.clock.now():%Y%m%d}.xlsx')
        return FileResponse(
            path,
            media_type=_TYPE,
            headers={'Content-Disposition': f"attachment; filename*=UTF-8''{name}", 'Cache-Control': 'no-store'},
            background=BackgroundTask(folder.cleanup),
        )


def export_address(definition: AppDefinition, view: str, text: str, filters: Mapping[str, str]) -> str:
    """Where the file is; filters with their defaults, so that the file holds what the list counts."""
    query = {'view': view, 'q': text, **{f'filter.{name}': value for name, value in filters.items()}}
    return (
        f'/apps/{quote(definition.name)}/export.xlsx?{urlencode({key: value for key, value in query.items() if value})}'
    )
