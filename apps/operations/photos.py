"""What is done to the photos of a record besides changing it in the form: boxes painted over them, late arrivals."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from functools import partial
from typing import Any

from apps.audit import Audit
from apps.operations import Operations, files, redact
from apps.operations.add_photo import PhotoPlace, add
from apps.operations.hall import Hall
from apps.operations.save import Task
from apps.outcome import Saved
from apps.painted_boxes import Box, painted
from apps.people import Person
from forms.field import Value
from storage import Store

REDACTING = '写真の塗りつぶし'
REVERSING = '塗りつぶしの取り消し'
LETTING_GO = '塗りつぶす前の写真の消去'
ADDING = '写真の追加'


class Photos:
    """Every method is one transaction on the record, with its revision and request id, as in Operations."""

    def __init__(self, store: Store, operations: Operations, hall: Hall, audit: Audit) -> None:
        self._store = store
        self._operations = operations
        self._hall = hall
        self._audit = audit

    async def redact(  # noqa: PLR0913 - which photo of which record, how, by whom
        self,
        app: str,
        record_id: str,
        blob: str,
        boxes: Sequence[Box],
        *,
        by: Person,
        if_rev: int,
        request_id: str = '',
        keep_original: bool = True,
    ) -> Saved:
        """Paint black boxes over a photo. The original stays only for those whom the definition names, if at all.

        Raises Refused 'conflict' when the record was changed meanwhile, 'not_found' when it shows no such photo.
        """
        definition = self._hall.permitted(app, 'change', by)
        redact.permitted_redaction(definition)
        new = await asyncio.to_thread(self._painted, blob, boxes)
        do = partial(redact.redact, blob=blob, painted=new, if_rev=if_rev, keep_original=keep_original)
        reason = REDACTING if keep_original else f'{REDACTING}(元の写真は残さない)'
        asked = (blob, [astuple(each) for each in boxes], keep_original)
        return await self._on_photo(app, record_id, do, by=by, request_id=request_id, reason=reason, asked=asked)

    async def reverse(  # noqa: PLR0913
        self, app: str, record_id: str, blob: str, *, by: Person, if_rev: int, request_id: str = ''
    ) -> Saved:
        """Take the last boxes away again. Raises Refused 'closed' when the original was not kept."""
        do = partial(redact.reverse, blob=blob, if_rev=if_rev)
        return await self._on_photo(
            app, record_id, do, by=by, request_id=request_id, reason=REVERSING, asked=blob
        )

    async def let_go(  # noqa: PLR0913
        self, app: str, record_id: str, blob: str, *, by: Person, if_rev: int, request_id: str = ''
    ) -> Saved:
        """Remove what is under the boxes, for good."""
        do = partial(redact.let_go, blob=blob, if_rev=if_rev)
        return await self._on_photo(
            app, record_id, do, by=by, request_id=request_id, reason=LETTING_GO, asked=blob
        )

    async def add(  # noqa: PLR0913 - what, where, by whom
        self,
        app: str,
        record_id: str,
        place: PhotoPlace,
        file: Mapping[str, Value],
        *,
        by: Person,
        request_id: str = '',
    ) -> Saved:
        """Put one more photo behind those that a field has; whatever else was changed meanwhile stays as it is."""
        definition = self._hall.permitted(app, 'see', by)
        received = files.received_by(self._store, [dict(file)], by)
        return await self._operations.on_record(
            definition,
            record_id,
            lambda task: add(task, place, file),
            by=by,
            request_id=request_id,
            reason=ADDING,
            asked=(astuple(place), dict(file)),
            received=received,
        )

    async def _on_photo(  # noqa: PLR0913
        self, app: str, record_id: str, do: Any, *, by: Person, request_id: str, reason: str, asked: Any
    ) -> Saved:
        definition, gone = self._hall.permitted(app, 'change', by), list[str]()

        def work(task: Task) -> dict[str, Any]:
            answer: dict[str, Any] = do(task)
            gone[:] = answer.pop(redact.GONE)
            return answer

        saved = await self._operations.on_record(
            definition, record_id, work, by=by, request_id=request_id, reason=reason, asked=asked
        )
        await asyncio.to_thread(self._remove, gone)
        blob = asked if isinstance(asked, str) else asked[0]
        self._store.scratch.delete(f'file/{blob}')
        await self._audit.note('redact', by, app=app, record=record_id, way=reason)
        return saved

    def _painted(self, blob: str, boxes: Sequence[Box]) -> dict[str, Value] | None:
        """Written durably before any record names it; None when its original is gone already."""
        try:
            content = self._store.blobs.open(blob)
        except FileNotFoundError:
            return None
        with content:
            photo = painted(content, boxes)
        return {'blob': self._store.blobs.save(photo.content), 'type': photo.type, 'size': photo.size}

    def _remove(self, gone: Sequence[str]) -> None:
        for blob in gone:
            if not self._store.attached_to(blob):
                self._store.blobs.remove(blob)
