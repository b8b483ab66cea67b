"""The addresses of a reply link: the page, its photos, what is uploaded, and the answer.

Nothing here tells a link that never was from one that ended long ago, and no log tells a token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from apps.addresses import prefix_of
from apps.api.files import taken
from apps.api.problem import problem_response
from apps.operations.files import received_by
from apps.operations.reply_links import CLOSED, UNKNOWN, LinkedTask
from apps.outcome import Refused
from apps.public.addresses import REPLIES
from apps.public.reply.page import over_page, task_page, unknown_page
from apps.public.reply.shown import photos_of
from apps.received_files import IMAGES
from apps.thumbnails import thumbnail_of

if TYPE_CHECKING:
    from apps.context import AppContext

_LONGEST = 200_000
"""Bytes of one answer, without its photos."""

_GONE = 'このファイルはありません。'


class Answer(BaseModel):
    """As the entry form sends it."""

    model_config = ConfigDict(extra='ignore')

    request_id: str = Field(min_length=22, max_length=64, pattern=r'^[A-Za-z0-9._:-]+$')
    values: dict[str, Any]


def register(server: FastAPI, context: AppContext) -> None:
    """Make the addresses known; before the waiting room's display, whose address would catch them."""
    links, limits = context.reply_links, context.rate_limits

    def open_task(token: str) -> LinkedTask:
        found = links.find(token)
        if found is None:
            raise Refused('not_found', detail=UNKNOWN)
        if found.offer is None:
            raise Refused('closed', detail=CLOSED)
        return found

    @server.get(REPLIES + '/{token}', include_in_schema=False)
    def page(request: Request, token: str) -> Response:
        found, prefix = links.find(token), prefix_of(request)
        if found is None:
            return unknown_page(prefix)
        if found.offer is None:
            return over_page(found.link, context.clock.now(), prefix)
        return task_page(context, found, token, prefix)

    @server.post(REPLIES + '/{token}/answer', include_in_schema=False)
    async def answer(request: Request, token: str, given: Answer) -> Any:
        if len(await request.body()) > _LONGEST:
            return problem_response('too_large', '入力の文字が多すぎます。短くしてください。')
        found = links.find(token)
        limits.check('public_send', f'reply/{found.link.id if found else ""}')
        await links.answer(token, given.values, request_id=given.request_id)
        return {'id': '', 'rev': 0, 'title': '', 'notes': [], 'values': {}}

    @server.post(REPLIES + '/{token}/api/files', include_in_schema=False, status_code=201)
    async def upload(request: Request, token: str) -> dict[str, Any]:
        found = open_task(token)
        limits.check('upload', f'reply/{found.link.id}')
        return (await taken(context, request, by=found.link.person)).told()

    @server.get(REPLIES + '/{token}/api/files/{blob}', include_in_schema=False)
    def photo(token: str, blob: str, thumb: bool = False) -> Response:
        kept = _visible(open_task(token), blob)
        if kept is None:
            raise Refused('not_found', detail=_GONE)
        headers = {
            'Content-Disposition': f"inline; filename*=UTF-8''{quote(kept['name'])}",
            'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            'Cache-Control': 'private, no-store',
        }
        try:
            file = context.store.blobs.path(blob)
            small = thumbnail_of(file) if thumb and kept['type'] in IMAGES else None
            return FileResponse(small or file, media_type='image/jpeg' if small else kept['type'], headers=headers)
        except FileNotFoundError as error:
            raise Refused('not_found', detail=_GONE) from error

    def _visible(found: LinkedTask, blob: str) -> dict[str, Any] | None:
        """A photo of this task, or one that was just uploaded here."""
        if own := received_by(context.store, [{'blob': blob}], found.link.person):
            return dict(own[blob])
        kept = photos_of(found, context.store).get(blob)
        return dict(kept) if kept is not None else None
