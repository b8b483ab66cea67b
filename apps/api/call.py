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
from apps.reading.decided import decided
from apps.reading.earlier_requests import digits_of, earlier_requests
from forms.view import View

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person
    from apps.reading.seen import Seen

_EARLIER = (
    '同じ電話番号の前の要望を、終わっていないもの、新しいものから8件まで返します。番号のけた数がそろうまでは空です。'
    '探したことは、検索と同じく監査に残ります。'
)


_DECIDED = (
    '書きかけの値を送ると、規則で決まる値(担当課、地区、期限など)と、その場で伝える言葉を返します。'
    '何も保存しません。読み取れない値は、ないものとみなします。'
)


class Typed(BaseModel):
    model_config = ConfigDict(extra='forbid')
    values: Annotated[dict[str, Any], Field(description='項目名と、入力中の値')]


class FactTold(BaseModel):
    field: Annotated[str, Field(description='項目名')]
    label: Annotated[str, Field(description='表示名')]
    text: Annotated[str, Field(description='値を人が読む文字にしたもの')]
    reason: Annotated[str, Field(description='わけ。規則の名前か、地図での距離')]


class WordsTold(BaseModel):
    name: Annotated[str, Field(description='見出し')]
    say: Annotated[str, Field(description='言葉')]
    who: Annotated[str, Field(description='連絡する相手')]
    call: Annotated[str, Field(description='伝える電話番号')]
    action: Annotated[str, Field(description='登録したあとに進める操作')]
    refuses: Annotated[bool, Field(description='登録できないか')]


class DecidedTold(BaseModel):
    facts: list[FactTold]
    stops: list[WordsTold]


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
    def seen_by(person: Person, app: str) -> Seen:
        return context.reading.seen(context.reading.definition(app, person), View(name=''), {}, person, ON_RECORD)

    @router.post(
        '/api/v1/apps/{app}/call/earlier',
        response_model=EarlierListTold,
        **described('同じ電話番号の前の要望', 'read', '入力の助け', *WRITING, text=_EARLIER),
    )
    def earlier(request: Request, app: str, caller: Caller) -> dict[str, Any]:
        person = person_of(request)
        records, total = earlier_requests(seen_by(person, app), caller.number)
        if digits := digits_of(caller.number):
            context.audit.searched(person, app, digits, total)
        if records:
            context.audit.note_soon('view', person, app=app, way='電話受付', count=len(records))
        return {'records': records, 'total': total}

    @router.post(
        '/api/v1/apps/{app}/call/decided',
        response_model=DecidedTold,
        **described('規則で決まることと、その場で伝える言葉', 'read', '入力の助け', *WRITING, text=_DECIDED),
    )
    def rules(request: Request, app: str, typed: Typed) -> dict[str, Any]:
        facts, stops = decided(seen_by(person_of(request), app), typed.values)
        return {'facts': facts, 'stops': stops}
