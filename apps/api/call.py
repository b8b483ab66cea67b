"""What the phone screen asks while somebody is on the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import WRITING, described
from apps.api.shapes import RecordId, Values
from apps.reading import ON_RECORD
from apps.reading.earlier_requests import digits_of, earlier_requests
from forms.view import View

if TYPE_CHECKING:
    from apps.context import AppContext

_EARLIER = (
    '同じ電話番号の前の要望を、終わっていないもの、新しいものから8件まで返します。番号のけた数がそろうまでは空です。'
    '探したことは、検索と同じく監査に残ります。'
)


class Caller(BaseModel):
    """In the body, for addresses are kept in logs."""

    model_config = ConfigDict(extra='forbid')
    number: Annotated[str, Field(max_length=60, description='打ったままの電話番号')]


class EarlierTold(BaseModel):
    id: RecordId
    title: str
    day: Annotated[str, Field(description='受け付けた日')]
    status: str
    done: Annotated[bool, Field(description='終わっているか')]
    texts: Annotated[dict[str, str], Field(description='項目の呼び名と、画面に出る文字')]
    values: Annotated[Values, Field(description='引き継げる値')]
    again: Annotated[int | None, Field(description='また電話があった回数。数えないアプリでは null')]
    url: Annotated[str, Field(description='画面のアドレス')]


class EarlierListTold(BaseModel):
    records: list[EarlierTold]
    total: Annotated[int, Field(description='この番号の要望の数')]


def register(router: APIRouter, context: AppContext) -> None:
    @router.post(
        '/api/v1/apps/{app}/call/earlier',
        response_model=EarlierListTold,
        **described('同じ電話番号の前の要望', 'read', '入力の助け', *WRITING, text=_EARLIER),
    )
    def earlier(request: Request, app: str, caller: Caller) -> dict[str, Any]:
        person = person_of(request)
        seen = context.reading.seen(context.reading.definition(app, person), View(name=''), {}, person, ON_RECORD)
        records, total = earlier_requests(seen, caller.number)
        if digits := digits_of(caller.number):
            context.audit.searched(person, app, digits, total)
        if records:
            context.audit.note_soon('view', person, app=app, way='電話受付', count=len(records))
        return {'records': records, 'total': total}
