"""One change or one action on many records: tried, done, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import WRITING, described
from apps.api.sent_once import IdempotencyKey, RequestId, one_request_id
from apps.api.shapes import ProblemError, RecordId, Revision
from apps.operations.bulk import MOST, Plan
from apps.operations.bulk_outcome import BulkOutcome
from apps.outcome import Refused
from forms.bulk_form import Unreadable, read_values

if TYPE_CHECKING:
    from apps.context import AppContext

_TAG = 'まとめて変更'
_PREVIEW = '実際に試して、元に戻します。何も残りません。結果を見てから、同じ内容で「まとめて変更」を送ってください。'
_UNDO = 'done は、取り消す送信の request_id です。そのあとに変更されたレコードは、戻しません。'
_BULK = (
    '1件でも変更できないレコードがあれば、何も変更しません。'
    'passing_only を true にすると、変更できるものだけを変更します。'
)


class Seen(BaseModel):
    model_config = ConfigDict(extra='forbid')

    id: RecordId
    rev: Revision


class Wanted(BaseModel):
    """values: the same for every record. action: one of «いまできる操作», or nothing to change values only."""

    model_config = ConfigDict(extra='forbid')

    records: Annotated[list[Seen], Field(description=f'レコードと見ていた版。{MOST:,}件まで')]
    values: Annotated[dict[str, Any], Field(description='項目名と値。空にする項目は null')] = {}
    action: Annotated[str, Field(description='操作の名前。書かなければ値だけを変えます')] = ''

    def plan(self, app: str) -> Plan:
        return Plan(app, {each.id: each.rev for each in self.records}, self.values, self.action)


class BulkChange(Wanted):
    request_id: RequestId | None = None
    passing_only: Annotated[bool, Field(description='変更できるものだけを変更する')] = False


class BulkUndo(BaseModel):
    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None


class BulkValues(BaseModel):
    """What the form of a bulk change sends: values only, to be understood and not yet stored."""

    model_config = ConfigDict(extra='ignore')

    values: dict[str, Any]


class RefusalTold(BaseModel):
    id: RecordId
    title: Annotated[str, Field(description='画面での呼び名')]
    type: Annotated[str, Field(description='断られた理由の種類')]
    detail: str
    errors: list[ProblemError]


class OutcomeTold(BaseModel):
    changed: Annotated[int, Field(description='変わる(変わった)レコードの数')]
    same: Annotated[int, Field(description='もうそうなっているレコードの数')]
    refused: Annotated[int, Field(description='変更できないレコードの数')]
    refusals: Annotated[list[RefusalTold], Field(description='変更できない理由')]


def register(router: APIRouter, context: AppContext) -> None:
    @router.post(
        '/api/v1/apps/{app}/bulk/preview',
        response_model=OutcomeTold,
        **described('まとめて変更の下見', 'write', _TAG, 413, 415, text=_PREVIEW),
    )
    async def preview(request: Request, app: str, given: Wanted) -> dict[str, Any]:
        return _told(await context.bulk.preview(given.plan(app), by=person_of(request)))

    @router.post(
        '/api/v1/apps/{app}/bulk',
        response_model=OutcomeTold,
        **described('まとめて変更', 'write', _TAG, *WRITING, text=_BULK),
    )
    async def bulk(
        request: Request, app: str, given: BulkChange, idempotency_key: IdempotencyKey = None
    ) -> dict[str, Any]:
        done = await context.bulk.carry_out(
            given.plan(app),
            by=person_of(request),
            request_id=one_request_id(idempotency_key, given.request_id),
            passing_only=given.passing_only,
        )
        return _told(done)

    @router.post(
        '/api/v1/apps/{app}/bulk/{done}/undo',
        response_model=OutcomeTold,
        **described('まとめて変更の取り消し', 'write', _TAG, *WRITING, text=_UNDO),
    )
    async def undo(
        request: Request, app: str, done: str, given: BulkUndo, idempotency_key: IdempotencyKey = None
    ) -> dict[str, Any]:
        request_id = one_request_id(idempotency_key, given.request_id)
        return _told(await context.bulk.undo(app, done, by=person_of(request), request_id=request_id))

    @router.post('/api/v1/apps/{app}/bulk/values', include_in_schema=False)
    async def values(request: Request, app: str, given: BulkValues) -> dict[str, Any]:
        """For the form of the screen: whether each value can be read; the records judge them in the preview."""
        person = person_of(request)
        definition = context.reading.definition(app, person)
        try:
            read = read_values(definition, given.values, context.reading.world(person))
        except Unreadable as unreadable:
            raise Refused('invalid', unreadable.messages) from unreadable
        return {'id': '', 'rev': 0, 'values': read, 'title': '', 'notes': [], 'offers': [], 'url': ''}


def _told(outcome: BulkOutcome) -> dict[str, Any]:
    return {
        'changed': outcome.changed,
        'same': outcome.same,
        'refused': outcome.refused_count,
        'refusals': [
            {
                'id': each.id,
                'title': each.title,
                'type': each.kind,
                'detail': each.detail,
                'errors': [{'path': one.path, 'code': one.code, 'message': one.text} for one in each.messages],
            }
            for each in outcome.refused
        ],
    }
