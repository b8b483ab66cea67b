"""Photos in a public form: received one by one before the application, and never readable by the public again.

Only who shows number and code sees small pictures of their own, where the definition names the field among `shows`.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from apps.operations.files import shown_outside
from apps.operations.world import FILES
from apps.outcome import Refused
from apps.people import PUBLIC
from apps.public.addresses import FORMS
from apps.public.form.visits import visit_of
from apps.received_files import HEAD_BYTES, IMAGES, recognise
from apps.thumbnails import thumbnail_of
from forms.field import Value

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.public.form.counter import Counter

MOST_MB = 10
"""A phone's own photo, should the browser not have shrunk it; the office's own limit holds where it is lower."""

MOST_WAITING = 500
"""Photos that wait for their applications at once, all forms together; within a day the unused ones are gone."""

MOST_OF_ONE = 100
"""Of these from one address, so that nobody alone takes the photos away from all others for a day."""

_FULL = 'いま写真を受け取れません。写真なしで送るか、しばらくしてからもう一度送ってください。'
_NO_PHOTO = '写真(JPEG、PNG、WebP)を選んでください。'


def register(server: FastAPI, context: AppContext, counter: Counter) -> None:
    most = min(context.settings.upload_mb, MOST_MB) * 1_000_000
    senders: dict[str, str] = {}  # blob -> address; only in memory, for nobody needs to know it longer

    def is_full(address: str) -> bool:
        kept = waiting(context)
        for blob in senders.keys() - kept:
            del senders[blob]
        return len(kept) >= MOST_WAITING or sum(each == address for each in senders.values()) >= MOST_OF_ONE

    @server.post(FORMS + '/{address}/api/files', status_code=201, include_in_schema=False)
    async def upload(request: Request, address: str) -> dict[str, Any]:
        counter.admit(request)
        form = counter.form(address)
        if form is None or not form.is_open or not form.asks('photo'):
            raise HTTPException(404)
        counter.limits.check('upload', f'public/{address}/{visit_of(request)}')
        _refuse_larger(most, _stated(request))
        address_of_sender = request.client.host if request.client else ''
        if is_full(address_of_sender):
            raise Refused('too_many', detail=_FULL)
        async with request.form(max_files=1, max_fields=2) as parts:
            file = parts.get('file')
            if not isinstance(file, UploadFile):
                raise Refused('invalid', detail=_NO_PHOTO)
            _refuse_larger(most, file.size or 0)
            if recognise(file.file.read(HEAD_BYTES), '') not in IMAGES:
                raise Refused('unsupported', detail=_NO_PHOTO)
            file.file.seek(0)
            received = await context.operations.receive(file.file, file.filename or '', file.size or 0, by=PUBLIC)
        senders[received.blob] = address_of_sender
        return received.told()


def waiting(context: AppContext) -> frozenset[str]:
    """The photos of the public that no application names yet."""
    store = context.store
    kept = (store.scratch.get(key) or {} for key in store.scratch.keys('file/'))
    sent = (each['blob'] for each in kept if each.get('by') == PUBLIC.account)
    return frozenset(blob for blob in sent if store.get(FILES, blob) is None)


def small_pictures(context: AppContext, photos: Value) -> list[str]:
    """The photos as small JPEGs in data addresses, so that no address of the server leads to them."""
    found = []
    for each in shown_outside(context.store, photos):
        small = thumbnail_of(context.store.blobs.path(each['blob']))
        if small is not None:
            found.append('data:image/jpeg;base64,' + base64.b64encode(small.read_bytes()).decode())
    return found


def _stated(request: Request) -> int:
    text = request.headers.get('content-length', '')
    return int(text) if text.isdigit() else 0


def _refuse_larger(most: int, size: int) -> None:
    if size > most:
        raise Refused('too_large', detail=f'写真は{most // 1_000_000}MBまでです。')
