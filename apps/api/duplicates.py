"""Likely duplicates of what is being typed, or of a record that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import WRITING, described
from apps.api.shapes import RecordId
from apps.reading.likely_duplicates import likely_duplicates
from forms.view import View

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person
    from apps.reading.seen import Seen

_TAG = '入力の助け'
_TYPED = (
    '書きかけの値を送ると、同じことかもしれないレコードを5件まで、見込みの高い順に返します。'
    '何も保存しません。読み取れない値は、空とみなします。'
)


class Typed(BaseModel):
    model_config = ConfigDict(extra='forbid')
    values: Annotated[dict[str, Any], Field(description='項目名と、入力中の値')]
    record: Annotated[str, Field(max_length=200, description='変更中のレコードの番号。新しいものなら空')] = ''


class LikelyTold(BaseModel):
    id: RecordId
    title: str
    status: Annotated[str, Field(description='状態。進行管理のないアプリでは空')]
    done: Annotated[bool, Field(description='終わっているか')]
    metres: Annotated[int | None, Field(description='距離(メートル)。どちらかの位置が分からなければ null')]
    point: Annotated[dict[str, float] | None, Field(description='緯度(lat)と経度(lon)。なければ null')]
    reasons: Annotated[list[str], Field(description='そう考えた理由。例 32 m、同じ種別、3日前')]
    texts: Annotated[dict[str, str], Field(description='比べた言葉の項目の文字')]


class DuplicatesTold(BaseModel):
    records: list[LikelyTold]


def register(router: APIRouter, context: AppContext) -> None:
    def seen(app: str, by: Person) -> Seen:
        return context.reading.seen(context.reading.definition(app, by), View(name=''), {}, by)

    @router.post(
        '/api/v1/apps/{app}/duplicates',
        response_model=DuplicatesTold,
        **described('入力中の内容の重複の候補', 'read', _TAG, *WRITING, text=_TYPED),
    )
    def of_typed(request: Request, app: str, typed: Typed) -> dict[str, Any]:
        return {'records': likely_duplicates(seen(app, person_of(request)), typed.values, typed.record)}

    @router.get(
        '/api/v1/apps/{app}/records/{record}/duplicates',
        response_model=DuplicatesTold,
        **described('レコードの重複の候補', 'read', _TAG),
    )
    def of_record(request: Request, app: str, record: str) -> dict[str, Any]:
        person = person_of(request)
        look = seen(app, person)
        stored = context.reading.stored(app, record, by=person)
        return {'records': likely_duplicates(look, look.sight.readable(stored), record)}
