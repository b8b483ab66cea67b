"""The records of a view as a file, made in another process and taken away after it was sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.listing import filters_on_screen
from apps.excel.desk import file_name
from apps.excel.export import FORMATS, Choice

if TYPE_CHECKING:
    from apps.context import AppContext

XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
ZIP = 'application/zip'
GEOJSON = 'application/geo+json'
KINDS = {'xlsx': XLSX, 'geojson': GEOJSON}
_TEXT = (
    'filter.<項目名>=値 で、画面と同じように絞り込めます。個人情報のあるアプリでは purpose(目的)が必要です。'
    '目的は監査記録とファイルの「出力情報」に残ります。'
)


def register(router: APIRouter, context: AppContext) -> None:
    desk = context.exports

    @router.get(
        '/api/v1/apps/{app}/export',
        **described('データの書き出し', 'export', '書き出し', text=_TEXT, files=(XLSX, ZIP, GEOJSON)),
    )
    async def export(  # noqa: PLR0913, PLR0917 - query parameters
        request: Request,
        app: str,
        view: str = '',
        q: str = '',
        purpose: Annotated[str, Query(max_length=200, description='書き出す目的')] = '',
        format: Annotated[str, Query(description='、'.join(FORMATS))] = 'xlsx',
        long: Annotated[bool, Query(description='複数選択を、別の表に1行ずつ書く')] = False,
    ) -> FileResponse:
        person = person_of(request)
        given = context.searched_words.shown(person.account, request.query_params)
        filters = filters_on_screen(given)
        choice = Choice(view, filters, given.get('q', ''), purpose, format, long)
        title = context.reading.definition(app, person, 'export').title
        done = await desk.export(app, choice, by=person)
        return _file(done.path, file_name(title, format, context.clock.now()), format)

    @router.get('/api/v1/exports/{job}', include_in_schema=False)
    async def fetch(request: Request, job: str) -> FileResponse:
        """What the screen has had written; once."""
        found = desk.take(job, person_of(request))
        return _file(found.path, found.name, found.choice.format)


def _file(path: Path, name: str, format: str) -> FileResponse:
    headers = {'Content-Disposition': f"attachment; filename*=UTF-8''{quote(name)}", 'Cache-Control': 'no-store'}
    media_type = KINDS.get(format, ZIP)
    return FileResponse(path, media_type=media_type, headers=headers, background=BackgroundTask(path.unlink))
