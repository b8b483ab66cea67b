"""Actions that records offer, and taking the last one back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from apps.api.answers import person_of, saved_json
from apps.api.described import WRITING, described
from apps.api.sent_once import IdempotencyKey, IfMatch, RequestId, aware, etag, one_request_id, one_revision
from apps.api.shapes import OffersTold, SavedTold

if TYPE_CHECKING:
    from apps.context import AppContext
_TAG = '操作'


class Taken(BaseModel):
    """values: what the action asks for. rev: the revision the sender had seen, or nothing for whatever it is at.

    opened_at: when the record was opened, by which the time of completing it is measured. version: what the entry form
    says with everything it sends.
    """

    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None
    rev: Annotated[int | None, Field(ge=0, description='見ていた版。書かなければ、いまの版')] = None
    values: Annotated[dict[str, Any], Field(description='操作といっしょに入力する値')] = {}
    opened_at: datetime | None = None
    version: str = ''


def register(router: APIRouter, context: AppContext) -> None:
    operations, reading = context.operations, context.reading

    @router.get(
        '/api/v1/apps/{app}/records/{record}/actions',
        response_model=OffersTold,
        **described('いまできる操作', 'read', _TAG),
    )
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

    @router.post(
        '/api/v1/apps/{app}/records/{record}/actions/{action}',
        response_model=SavedTold,
        **described('操作', 'act', _TAG, *WRITING, text='action は「いまできる操作」の name です。'),
    )
    async def act(  # noqa: PLR0913, PLR0917 - headers and content
        request: Request,
        response: Response,
        app: str,
        record: str,
        action: str,
        given: Taken,
        idempotency_key: IdempotencyKey = None,
        if_match: IfMatch = None,
    ) -> dict[str, Any]:
        saved = await operations.act(
            app,
            record,
            action,
            given.values,
            by=person_of(request),
            request_id=one_request_id(idempotency_key, given.request_id),
            if_rev=one_revision(if_match, given.rev),
            opened_at=aware(given.opened_at),
        )
        response.headers['ETag'] = etag(saved.rev)
        return saved_json(saved)

    @router.post(
        '/api/v1/apps/{app}/records/{record}/undo',
        response_model=SavedTold,
        **described('最後の操作の取り消し', 'act', _TAG, *WRITING),
    )
    async def undo(  # noqa: PLR0913, PLR0917 - headers and content
        request: Request,
        response: Response,
        app: str,
        record: str,
        given: Taken,
        idempotency_key: IdempotencyKey = None,
        if_match: IfMatch = None,
    ) -> dict[str, Any]:
        saved = await operations.undo(
            app,
            record,
            by=person_of(request),
            request_id=one_request_id(idempotency_key, given.request_id),
            if_rev=one_revision(if_match, given.rev),
            given=given.values,
        )
        response.headers['ETag'] = etag(saved.rev)
        return saved_json(saved)
