"""Actions that records offer, the queue's next call, and the draw."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request

from apps.api.answers import person_of, saved_json
from apps.api.records import RequestId

if TYPE_CHECKING:
    from apps.context import AppContext

UNDO = '元に戻す'


class Taken(BaseModel):
    """values: what the action asks for. rev: the revision the sender had seen, or nothing for whatever it is at.

    opened_at, version: what the entry form says with everything it sends; an action measures no time.
    """

    model_config = ConfigDict(extra='forbid')

    request_id: RequestId
    rev: int | None = None
    values: dict[str, Any] = {}
    opened_at: datetime | None = None
    version: str = ''


class NextCall(BaseModel):
    model_config = ConfigDict(extra='forbid')

    request_id: RequestId
    section: str
    counter: str


def register(router: APIRouter, context: AppContext) -> None:
    operations, reading = context.operations, context.reading

    @router.get('/api/v1/apps/{app}/records/{record}/actions', summary='いまできる操作')
    def offers(request: Request, app: str, record: str) -> dict[str, Any]:
        found = reading.offers(app, record, by=person_of(request))
        return {
            'actions': [
                {
                    'name': each.name,
                    'label': each.label,
                    'asks': each.asks,
                    'needs': each.needs,
                    'given': dict(each.given),
                    'confirm': each.confirm,
                    'closed': each.closed,
                    'main': each.main,
                }
                for each in found
            ]
        }

    @router.post('/api/v1/apps/{app}/records/{record}/actions/{action}', summary='操作')
    async def act(request: Request, app: str, record: str, action: str, given: Taken) -> dict[str, Any]:
        saved = await operations.act(
            app,
            record,
            action,
            given.values,
            by=person_of(request),
            request_id=given.request_id,
            if_rev=given.rev,
        )
        return saved_json(saved)

    @router.post('/api/v1/apps/{app}/records/{record}/undo', summary='最後の操作の取り消し')
    async def undo(request: Request, app: str, record: str, given: Taken) -> dict[str, Any]:
        saved = await operations.undo(
            app,
            record,
            by=person_of(request),
            request_id=given.request_id,
            if_rev=given.rev,
            given=given.values,
        )
        return saved_json(saved)

    @router.post('/api/v1/apps/{app}/next', summary='次の人の呼び出し')
    async def call_next(request: Request, app: str, given: NextCall) -> dict[str, Any]:
        saved = await operations.call_next(
            app, given.section, given.counter, by=person_of(request), request_id=given.request_id
        )
        return saved_json(saved)
