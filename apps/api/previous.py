"""The answers of the time before, beside each row of a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.lookups import field_at

if TYPE_CHECKING:
    from apps.context import AppContext


def register(router: APIRouter, context: AppContext) -> None:
    @router.get('/api/v1/apps/{app}/previous/{field}', **described('前回の結果', 'read', '入力の助け'))
    def previous(request: Request, app: str, field: str, value: str = '', record: str = '') -> dict[str, Any]:
        """value: of the field by which earlier records are the same (the facility). record: itself, to be left out."""
        person = person_of(request)
        definition = context.reading.definition(app, person)
        return context.reading.previous(definition, field_at(definition, field), value, record, by=person)
