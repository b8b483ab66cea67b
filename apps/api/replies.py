"""Texts for the answer that is being written; nothing is kept and nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import WRITING, described
from apps.reading.fitting_replies import fitting_replies
from apps.reading.lists import ON_RECORD
from forms.view import View

if TYPE_CHECKING:
    from apps.context import AppContext

_TAG = '入力の助け'
_TEXT = '書きかけの値を送ると、合う文例を、項目の値を入れて返します。よく合うものが先です。何も保存しません。'


class Writing(BaseModel):
    model_config = ConfigDict(extra='forbid')
    values: Annotated[dict[str, Any], Field(description='項目名と、入力中の値')]
    record: Annotated[str, Field(max_length=200, description='変更中のレコードの番号。新しいものなら空')] = ''
    action: Annotated[str, Field(max_length=200, description='入力しながら行う操作の名前。なければ空')] = ''


class ReplyTold(BaseModel):
    name: str
    text: str


class RepliesTold(BaseModel):
    replies: list[ReplyTold]


def register(router: APIRouter, context: AppContext) -> None:
    @router.post(
        '/api/v1/apps/{app}/replies',
        response_model=RepliesTold,
        **described('回答の文例', 'read', _TAG, *WRITING, text=_TEXT),
    )
    def fitting(request: Request, app: str, given: Writing) -> dict[str, Any]:
        person, reading = person_of(request), context.reading
        seen = reading.seen(reading.definition(app, person), View(name=''), {}, person, ON_RECORD)
        record = reading.stored(app, given.record, by=person) if given.record else None
        found = fitting_replies(seen, given.values, record, given.action)
        return {'replies': [{'name': each.name, 'text': each.text} for each in found]}
