"""What the rules of an app would fill in, for screens while somebody types and for programs before they send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import WRITING, described
from apps.reading.routed import routed
from forms.view import View

if TYPE_CHECKING:
    from apps.context import AppContext

_TEXT = (
    '書きかけの値を送ると、空の項目に自動で入る値を、わけと一緒に返します。何も保存しません。'
    '読み取れない値は、空とみなします。保存のときには、同じ規則で同じ値が入ります。'
)


class Typed(BaseModel):
    model_config = ConfigDict(extra='forbid')
    values: Annotated[dict[str, Any], Field(description='項目名と、入力中の値')]


class RoutedTold(BaseModel):
    field: Annotated[str, Field(description='項目名')]
    label: Annotated[str, Field(description='表示名')]
    value: Any
    text: Annotated[str, Field(description='値を人が読む文字にしたもの')]
    reason: Annotated[str, Field(description='わけ。規則の名前か、地図での距離')]


class RoutingTold(BaseModel):
    filled: list[RoutedTold]


def register(router: APIRouter, context: AppContext) -> None:
    @router.post(
        '/api/v1/apps/{app}/routing',
        response_model=RoutingTold,
        **described('自動で入る値', 'read', '入力の助け', *WRITING, text=_TEXT),
    )
    def of_typed(request: Request, app: str, typed: Typed) -> dict[str, Any]:
        person = person_of(request)
        seen = context.reading.seen(context.reading.definition(app, person), View(name=''), {}, person)
        return {'filled': routed(seen, typed.values)}
