"""What a counter does beyond one visit: the next call, people without a number, the end of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from apps.api.answers import person_of, saved_json
from apps.api.described import WRITING, described
from apps.api.sent_once import IdempotencyKey, RequestId, one_request_id
from apps.api.shapes import SavedTold

if TYPE_CHECKING:
    from apps.context import AppContext
_TAG = '窓口受付'


class NextCall(BaseModel):
    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None
    section: Annotated[str, Field(description='課')]
    counter: Annotated[str, Field(description='窓口')]
    clerk: Annotated[str, Field(description='担当者の職員番号。1台を何人かで使うときに書きます')] = ''


class WalkUp(NextCall):
    values: Annotated[dict[str, Any], Field(description='用件など、受付の項目の値')]


class DayEnd(BaseModel):
    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None


class DayEnded(BaseModel):
    closed: Annotated[int, Field(description='閉庁の処理で変わった受付の数')]


def register(router: APIRouter, context: AppContext) -> None:
    operations = context.operations

    @router.post(
        '/api/v1/apps/{app}/next',
        response_model=SavedTold,
        **described('次の人の呼び出し', 'act', _TAG, *WRITING),
    )
    async def call_next(
        request: Request, app: str, given: NextCall, idempotency_key: IdempotencyKey = None
    ) -> dict[str, Any]:
        saved = await operations.call_next(
            app,
            given.section,
            given.counter,
            by=person_of(request),
            clerk=given.clerk,
            request_id=one_request_id(idempotency_key, given.request_id),
        )
        return saved_json(saved)

    @router.post(
        '/api/v1/apps/{app}/walk-up',
        response_model=SavedTold,
        **described(
            '整理券なしの受付', 'act', _TAG, *WRITING, text='受け付けて番号を出し、その窓口で対応を始めます。'
        ),
    )
    async def walk_up(
        request: Request, app: str, given: WalkUp, idempotency_key: IdempotencyKey = None
    ) -> dict[str, Any]:
        saved = await operations.walk_up(
            app,
            given.values,
            given.section,
            given.counter,
            by=person_of(request),
            clerk=given.clerk,
            request_id=one_request_id(idempotency_key, given.request_id),
        )
        return saved_json(saved)

    @router.post(
        '/api/v1/apps/{app}/close-day',
        response_model=DayEnded,
        **described('閉庁の処理', 'act', _TAG, *WRITING, text='残っている整理券を、定義に書いた扱いにします。'),
    )
    async def close_day(
        request: Request, app: str, given: DayEnd, idempotency_key: IdempotencyKey = None
    ) -> dict[str, Any]:
        request_id = one_request_id(idempotency_key, given.request_id)
        return {'closed': await operations.close_queue(app, by=person_of(request), request_id=request_id)}
