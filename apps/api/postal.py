"""The address that belongs to a postal code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.shapes import PostalTold
from apps.outcome import Refused
from forms.japanese.postal import PostalProblem, clean

if TYPE_CHECKING:
    from apps.context import AppContext


def register(router: APIRouter, context: AppContext) -> None:
    @router.get('/api/v1/postal/{code}', response_model=PostalTold, **described('郵便番号の住所', 'read', '入力の助け'))
    def postal(request: Request, code: str) -> dict[str, Any]:
        """Nothing in `areas` for a code that the file does not know, or where there is no file."""
        person_of(request)
        return areas_told(context, code)


def areas_told(context: AppContext, code: str) -> dict[str, Any]:
    """{'code', 'areas'} for whoever may ask. Raises Refused('invalid') for what is no postal code."""
    try:
        tidy = clean(code)
    except PostalProblem as problem:
        raise Refused('invalid', detail=str(problem)) from problem
    return {
        'code': tidy,
        'areas': [
            {
                'address': each.address,
                'prefecture': each.prefecture,
                'city': each.city,
                'town': each.town,
                'office': each.office,
            }
            for each in context.postal_codes.areas(tidy)
        ],
    }
