"""Candidates for fields that point at something: records of another app, staff, sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limit
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.shapes import OptionsTold
from apps.outcome import Refused
from forms.definition import AppDefinition, columns_of
from forms.field import Field

if TYPE_CHECKING:
    from apps.context import AppContext

_TAG = '入力の助け'
_LOOKUP = 'ルックアップ、職員、所属の項目の候補。`given.項目名=値` で、候補の条件が読むほかの項目の値を伝えます。'


class Typed(BaseModel):
    """What was typed, and what stands in the form beside it."""

    model_config = ConfigDict(extra='forbid')

    q: str = Limit('', max_length=200)
    given: dict[str, str] = {}


def register(router: APIRouter, context: AppContext) -> None:
    @router.get(
        '/api/v1/apps/{app}/lookup/{field}', response_model=OptionsTold, **described('候補', 'read', _TAG, text=_LOOKUP)
    )
    def lookup(request: Request, app: str, field: str, q: str = '', limit: int = 30) -> dict[str, Any]:
        """field: a name, or 明細.列 for a column. q: what was typed; '' gives the first ones.

        given.<field>=value tells what stands in the form, for a lookup whose condition reads other fields.
        """
        person = person_of(request)
        definition = context.reading.definition(app, person)
        wanted = field_at(definition, field)
        asked = request.query_params.items()
        given = {name.removeprefix('given.'): value or None for name, value in asked if name.startswith('given.')}
        most = max(1, min(limit, 100))
        found = context.reading.candidates(definition, field, wanted, q, limit=most, given=given, by=person)
        return {'options': found}

    @router.post(
        '/api/v1/apps/{app}/lookup/{field}',
        response_model=OptionsTold,
        **described('候補(本文で聞く)', 'read', _TAG, 413, 415),
    )
    def typed(request: Request, app: str, field: str, asked: Typed) -> dict[str, Any]:
        """The same for what a person types: a name in an address would stand in every log on the way."""
        person = person_of(request)
        definition = context.reading.definition(app, person)
        wanted = field_at(definition, field)
        given = {name: value or None for name, value in asked.given.items()}
        found = context.reading.candidates(definition, field, wanted, asked.q, limit=30, given=given, by=person)
        return {'options': found}

    @router.get(
        '/api/v1/apps/{app}/lookup/{field}/{record}',
        response_model=OptionsTold,
        **described('選ばれている1件', 'read', _TAG),
    )
    def chosen(request: Request, app: str, field: str, record: str) -> dict[str, Any]:
        """The option of a value that a record already holds."""
        person = person_of(request)
        definition = context.reading.definition(app, person)
        return {'options': context.reading.candidate(field_at(definition, field), record, by=person)}


def field_at(definition: AppDefinition, path: str) -> Field:
    """The field or column at a path. Raises Refused('not_found')."""
    name, _, column = path.partition('.')
    found = definition.fields.get(name)
    if found is not None and column:
        found = dict(columns_of(found)).get(column)
    if found is None:
        raise Refused('not_found', detail=f'「{path}」という項目はありません。')
    return found
