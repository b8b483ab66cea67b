"""The register of people as a CSV file, for administrators: to be edited in Excel and taken in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from apps.accounts_csv import written
from apps.addresses import ACCOUNTS_CSV
from apps.api.answers import person_of
from apps.outcome import Refused

if TYPE_CHECKING:
    from apps.context import AppContext


def register(router: APIRouter, context: AppContext) -> None:
    @router.get(ACCOUNTS_CSV, include_in_schema=False)
    def accounts_csv(request: Request) -> Response:
        by = person_of(request)
        if 'administrator' not in by.roles:
            raise Refused('forbidden', detail='利用者を書き出せるのは、システム管理者です。')
        people = context.accounts.all()
        context.audit.note_soon('export', by, count=len(people), format='csv', target='利用者')
        disposition = {'Content-Disposition': "attachment; filename*=UTF-8''%E5%88%A9%E7%94%A8%E8%80%85.csv"}
        return Response(written(people), media_type='text/csv; charset=utf-8', headers=disposition)
