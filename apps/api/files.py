"""Uploads and downloads of photos and attachments, on a route of our own: NiceGUI's would take any size and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Message, Receive

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.shapes import FileTold
from apps.outcome import Refused
from apps.received_files import IMAGES, SHOWN_INLINE
from apps.thumbnails import thumbnail_of

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.operations.files import Received
    from apps.people import Person

_TAG = '写真と添付ファイル'
_UPLOAD = '答えをそのまま、レコードの写真・添付の項目のリストに入れて登録します。1日のうちに入れなければ消えます。'
_FORM: dict[str, Any] = {
    'required': True,
    'content': {
        'multipart/form-data': {
            'schema': {
                'type': 'object',
                'required': ['file'],
                'properties': {'file': {'type': 'string', 'format': 'binary'}},
            }
        }
    },
}

_ROUND_THE_FILE = 64_000
"""Bytes of a multipart message that are not the file."""


def register(router: APIRouter, context: AppContext) -> None:
    @router.post(
        '/api/v1/files',
        status_code=201,
        response_model=FileTold,
        response_model_exclude_none=True,
        **described('ファイルの送信', 'files', _TAG, 413, 415, text=_UPLOAD, requestBody=_FORM),
    )
    async def upload(request: Request) -> dict[str, Any]:
        return (await taken(context, request, by=person_of(request))).told()

    @router.get('/api/v1/files/{blob}', **described('ファイルの受け取り', 'files', _TAG, files=('*/*',)))
    def download(request: Request, blob: str, thumb: bool = False) -> Response:
        """thumb=1: a small picture, of a photo of which one can be made."""
        person = person_of(request)
        kept = context.reading.file(blob, by=person)
        if kept is None:
            raise Refused('not_found', detail='このファイルはありません。')
        for place in kept.get('covered', ()):
            app, _, record = place.partition('/')
            context.audit.note_soon('original', person, app=app, record=record)
        place = 'inline' if kept['type'] in SHOWN_INLINE else 'attachment'
        headers = {
            'Content-Disposition': f"{place}; filename*=UTF-8''{quote(kept['name'])}",
            'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            # What lies under boxes is looked at by few, and every look is noted: none comes out of a cache.
            'Cache-Control': 'no-store' if kept.get('covered') else 'private, max-age=86400, immutable',
        }
        try:
            file = context.store.blobs.path(blob)
            small = thumbnail_of(file) if thumb and kept['type'] in IMAGES else None
            return FileResponse(small or file, media_type='image/jpeg' if small else kept['type'], headers=headers)
        except FileNotFoundError as error:
            raise Refused('not_found', detail='このファイルはありません。') from error


async def taken(context: AppContext, request: Request, *, by: Person) -> Received:
    """The file of a multipart message, kept until a record names it. Raises Refused for none, and one too large."""
    most = context.settings.upload_mb * 1_000_000
    counted = Request(request.scope, _counting(request.receive, most + _ROUND_THE_FILE))
    async with counted.form(max_files=1, max_fields=2) as form:
        file = form.get('file')
        if not isinstance(file, UploadFile):
            raise Refused('invalid', detail='送信するファイルがありません。')
        size = file.size or 0
        if size > most:
            raise _too_large(most)
        return await context.operations.receive(file.file, file.filename or '', size, by=by)


def _counting(receive: Receive, most: int) -> Receive:
    """Stops reading when more arrives than may; the length that a sender states is no promise."""
    arrived = 0

    async def counted() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get('body', b''))
        if arrived > most:
            raise _too_large(most)
        return message

    return counted


def _too_large(most: int) -> Refused:
    return Refused('too_large', detail=f'ファイルは{most // 1_000_000}MBまでです。')
