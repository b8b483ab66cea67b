"""The published result of a lottery as CSV: what anybody needs to check it, and nothing about persons."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from apps.api.answers import person_of
from apps.api.described import described
from apps.operations.draw import DRAWS
from apps.outcome import Refused
from apps.reading.lottery_standing import published_csv

if TYPE_CHECKING:
    from apps.context import AppContext

_BYTE_ORDER_MARK = '\ufeff'
"""By which Excel knows that a CSV file is UTF-8."""


def register(router: APIRouter, context: AppContext) -> None:
    @router.get(
        '/api/v1/apps/{app}/draw.csv', **described('抽選結果のCSV', 'read', '書き出し', files=('text/csv',))
    )
    def draw(request: Request, app: str) -> Response:
        """Number, ticket, order, outcome, session, seed."""
        definition = context.reading.definition(app, person_of(request), 'see')
        held = context.store.get(DRAWS, app)
        if held is None or 'lottery' not in definition.capabilities:
            raise Refused('not_found', detail='抽選結果はまだありません。')
        name = quote(f'{definition.title}_抽選結果.csv')
        headers = {'Content-Disposition': f"attachment; filename*=UTF-8''{name}", 'Cache-Control': 'no-store'}
        return Response(_BYTE_ORDER_MARK + ''.join(published_csv(held)), media_type='text/csv', headers=headers)
