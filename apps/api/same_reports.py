"""Records about the same thing: what hangs together with a record, and linking, merging and separating them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from apps.api.answers import person_of, saved_json
from apps.api.described import WRITING, described
from apps.api.sent_once import IdempotencyKey, IfMatch, RequestId, etag, one_request_id, one_revision
from apps.api.shapes import RecordId, Revision, SavedTold

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.outcome import Saved

_ONE = '/api/v1/apps/{app}/records/{record}/same'
_TAG = '重複'
_STEPS = {
    'link': ('関係するレコードとしてつなぐ', 'どちらも開いたままです。両方から相手が見えます。'),
    'merge': (
        'ほかのレコードにまとめる',
        'このレコードは other をまとめ先とし、状態はまとめ先にならいます。other もまとめてあれば、その先にまとめます。',
    ),
    'separate': ('別々にする', 'つながりを取り消します。まとめてあったレコードは、前の状態に戻ります。'),
}


class Both(BaseModel):
    """rev, other_rev: the revisions the sender had seen of the two, or nothing for whatever they are at."""

    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None
    other: Annotated[str, Field(min_length=1, max_length=200, description='相手のレコードの番号')]
    rev: Annotated[int | None, Field(ge=0, description='見ていた版。書かなければ、いまの版')] = None
    other_rev: Annotated[int | None, Field(ge=0, description='見ていた相手の版。書かなければ、いまの版')] = None


class TiedTold(BaseModel):
    id: RecordId
    rev: Revision
    title: Annotated[str, Field(description='見られないときと、なくなっているときは空')]
    status: str
    done: Annotated[bool, Field(description='終わっているか')]


class SameReportsTold(BaseModel):
    original: Annotated[TiedTold | None, Field(description='まとめ先。まとめていなければ null')]
    followers: Annotated[list[TiedTold], Field(description='このレコードにまとめたもの')]
    linked: Annotated[list[TiedTold], Field(description='つないだもの')]
    reports: Annotated[int, Field(description='まとめたものも入れた申出の数')]


def register(router: APIRouter, context: AppContext) -> None:
    @router.get(_ONE, response_model=SameReportsTold, **described('同じことのレコード', 'read', _TAG))
    def tied(request: Request, app: str, record: str) -> dict[str, Any]:
        return asdict(context.reading.same_reports(app, record, by=person_of(request)))

    for name in _STEPS:
        _add(router, name, getattr(context.same_reports, name))


def _add(router: APIRouter, name: str, step: Callable[..., Awaitable[Saved]]) -> None:
    title, text = _STEPS[name]

    @router.post(
        f'{_ONE}/{name}',
        name=f'same_{name}',
        response_model=SavedTold,
        **described(title, 'write', _TAG, *WRITING, text=f'{text}両方のレコードを変更できる人だけが使えます。'),
    )
    async def tie(  # noqa: PLR0913, PLR0917 - headers and content
        request: Request,
        response: Response,
        app: str,
        record: str,
        given: Both,
        idempotency_key: IdempotencyKey = None,
        if_match: IfMatch = None,
    ) -> dict[str, Any]:
        saved = await step(
            app,
            record,
            given.other,
            by=person_of(request),
            request_id=one_request_id(idempotency_key, given.request_id),
            if_rev=one_revision(if_match, given.rev),
            other_rev=given.other_rev,
        )
        response.headers['ETag'] = etag(saved.rev)
        return saved_json(saved)
