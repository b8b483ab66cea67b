"""Records one by one: read, create, change, remove, and what happened to one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from apps.api.answers import person_of, saved_json
from apps.api.described import WRITING, described
from apps.api.noted import note_look
from apps.api.sent_once import (
    IdempotencyKey,
    IfMatch,
    RequestId,
    aware,
    etag,
    known_revision,
    one_request_id,
    one_revision,
)
from apps.api.shapes import AppsTold, HistoryTold, RecordTold, RemovedTold, SavedTold
from apps.api.values_schema import schema_of
from apps.outcome import Refused

if TYPE_CHECKING:
    from apps.context import AppContext

_ONE = '/api/v1/apps/{app}/records/{record}'
_TAG = 'レコード'
_CREATE = '入力の規則は画面と同じです。誤りがあれば、すべてを `errors` で返し、何も登録しません。'
_CHANGE = """送った項目だけが変わります。空にする項目は `null` にします。見ていた版を `rev` か `If-Match` で送ります。

ほかの人が先に変えていたら409で、いまの値 `current` と、項目ごとの両方の値 `fields` を返します。
"""


class Submission(BaseModel):
    """Raw values as typed; request_id: made by the sender, so that sending twice makes one record."""

    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None
    values: Annotated[dict[str, Any], Field(description='項目名と、入力する値。画面と同じ書き方でかまいません')]
    opened_at: Annotated[datetime | None, Field(description='入力を始めた日時')] = None
    version: Annotated[str, Field(description='入力に使った定義の版')] = ''


class NewRecord(Submission):
    """same_as: for a report of what is known already, in the same sending."""

    same_as: Annotated[
        str, Field(max_length=200, description='同じことのレコードの番号。書くと、そのレコードにまとめて登録します')
    ] = ''


class Change(Submission):
    """rev: the revision the sender had seen."""

    rev: Annotated[int | None, Field(ge=0, description='見ていた版')] = None


class Removal(BaseModel):
    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None
    reason: Annotated[str, Field(max_length=500, description='削除する理由。変更履歴に残ります')]
    rev: Annotated[int | None, Field(ge=0, description='見ていた版')] = None


def register(router: APIRouter, context: AppContext) -> None:
    operations, reading = context.operations, context.reading

    @router.get('/api/v1/apps', response_model=AppsTold, **described('見ることのできるアプリ', 'read', 'アプリ'))
    def apps(request: Request) -> dict[str, Any]:
        seen = reading.apps(person_of(request))
        return {'apps': [{'app': each.name, 'title': each.title, 'version': each.version} for each in seen]}

    @router.get(
        '/api/v1/apps/{app}/schema',
        **described('レコードの値の形(JSON Schema)', 'read', 'アプリ', text='アプリの定義から作ります。'),
    )
    def schema(request: Request, app: str) -> dict[str, Any]:
        person = person_of(request)
        return schema_of(reading.definition(app, person))

    @router.post(
        '/api/v1/apps/{app}/records',
        status_code=201,
        response_model=SavedTold,
        **described('登録', 'write', _TAG, *WRITING, text=_CREATE),
    )
    async def create(
        request: Request, response: Response, app: str, given: NewRecord, idempotency_key: IdempotencyKey = None
    ) -> dict[str, Any]:
        saved = await operations.submit(
            app,
            given.values,
            by=person_of(request),
            request_id=one_request_id(idempotency_key, given.request_id),
            opened_at=aware(given.opened_at),
            same_as=given.same_as,
        )
        response.headers['ETag'] = etag(saved.rev)
        return saved_json(saved)

    @router.get(_ONE, response_model=RecordTold, **described('1件のレコード', 'read', _TAG))
    def read(
        request: Request,
        response: Response,
        app: str,
        record: str,
        show: Annotated[bool, Query(description='true なら、画面に出る文字(texts)も付けます')] = False,
    ) -> dict[str, Any]:
        person = person_of(request)
        found = reading.record(app, record, by=person)
        note_look(context, person, app, [found.values], record=record)
        response.headers['ETag'] = etag(found.rev)
        texts = dict(found.texts) if show else None
        return {'id': found.id, 'rev': found.rev, 'values': found.values, 'title': found.title, 'texts': texts}

    @router.patch(
        _ONE, response_model=SavedTold, **described('変更', 'write', _TAG, *WRITING, 428, text=_CHANGE)
    )
    async def change(  # noqa: PLR0913, PLR0917 - headers and content
        request: Request,
        response: Response,
        app: str,
        record: str,
        given: Change,
        idempotency_key: IdempotencyKey = None,
        if_match: IfMatch = None,
    ) -> dict[str, Any]:
        person = person_of(request)
        saved = await operations.change(
            app,
            record,
            given.values,
            by=person,
            if_rev=known_revision(if_match, given.rev),
            request_id=one_request_id(idempotency_key, given.request_id),
        )
        response.headers['ETag'] = etag(saved.rev)
        return saved_json(saved, reading.same_changes(saved, by=person))

    @router.delete(_ONE, response_model=RemovedTold, **described('削除', 'write', _TAG, *WRITING))
    async def remove(  # noqa: PLR0913, PLR0917 - headers and content
        request: Request,
        app: str,
        record: str,
        given: Removal,
        idempotency_key: IdempotencyKey = None,
        if_match: IfMatch = None,
    ) -> dict[str, Any]:
        saved = await operations.remove(
            app,
            record,
            given.reason,
            by=person_of(request),
            request_id=one_request_id(idempotency_key, given.request_id),
            if_rev=one_revision(if_match, given.rev),
        )
        return {'id': saved.id, 'title': saved.title}

    @router.get(f'{_ONE}/history', response_model=HistoryTold, **described('変更履歴', 'read', _TAG))
    def history(request: Request, app: str, record: str) -> dict[str, Any]:
        found = reading.history(app, record, by=person_of(request))
        if not found:
            raise Refused('not_found', detail='このレコードはありません。')
        return {
            'entries': [
                {
                    'at': each.at,
                    'by': each.by,
                    'what': each.what,
                    'changes': [
                        {'field': one.field, 'label': one.label, 'before': one.before, 'after': one.after}
                        for one in each.changes
                    ],
                }
                for each in found
            ]
        }
