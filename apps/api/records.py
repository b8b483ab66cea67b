"""Records: list, read, create, change, remove."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse

from apps.api.answers import person_of, saved_json
from apps.outcome import Refused
from apps.reading import Wanted

if TYPE_CHECKING:
    from apps.context import AppContext

RequestId = Annotated[str, Field(min_length=8, max_length=64, pattern=r'^[A-Za-z0-9._:-]+$')]


class Submission(BaseModel):
    """Raw values as typed; request_id: made by the sender, so that sending twice makes one record."""

    model_config = ConfigDict(extra='forbid')

    request_id: RequestId
    values: dict[str, Any]
    opened_at: datetime | None = None
    version: str = ''


class Change(Submission):
    """rev: the revision the sender had seen."""

    rev: int


class Removal(BaseModel):
    model_config = ConfigDict(extra='forbid')

    request_id: RequestId
    reason: str
    rev: int | None = None


def register(router: APIRouter, context: AppContext) -> None:
    operations, reading = context.operations, context.reading

    @router.get('/api/v1/apps', summary='見ることのできるアプリ')
    def apps(request: Request) -> dict[str, Any]:
        seen = reading.apps(person_of(request))
        return {'apps': [{'app': each.name, 'title': each.title, 'version': each.version} for each in seen]}

    @router.get('/api/v1/apps/{app}/records', summary='レコードの一覧')
    def records(  # noqa: PLR0913, PLR0917 - query parameters
        request: Request,
        app: str,
        view: str = '',
        q: str = '',
        sort: str = '',
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> dict[str, Any]:
        given = request.query_params
        filters = {name.removeprefix('filter.'): value for name, value in given.items() if name.startswith('filter.')}
        wanted = Wanted(text=q, filters=filters, sort=sort, limit=limit, after=after)
        try:
            found = reading.page(app, view, wanted, by=person_of(request))
        except ValueError as error:
            raise Refused('invalid', detail=f'一覧の条件を読み取れません({error})。') from error
        rows = [
            {'id': each.id, 'rev': each.rev, 'title': each.title, 'values': _public(each.values)}
            for each in found.rows
        ]
        return {'records': rows, 'total': found.total, 'after': found.after}

    @router.post('/api/v1/apps/{app}/records', status_code=201, summary='登録')
    async def create(request: Request, app: str, given: Submission) -> dict[str, Any]:
        saved = await operations.submit(
            app, given.values, by=person_of(request), request_id=given.request_id, opened_at=_aware(given.opened_at)
        )
        return saved_json(saved)

    @router.get('/api/v1/apps/{app}/records/{record}', summary='1件のレコード')
    def read(request: Request, app: str, record: str) -> dict[str, Any]:
        found = reading.record(app, record, by=person_of(request))
        return {'id': found.id, 'rev': found.rev, 'values': found.values, 'title': found.title}

    @router.patch('/api/v1/apps/{app}/records/{record}', summary='変更')
    async def change(request: Request, app: str, record: str, given: Change) -> dict[str, Any]:
        person = person_of(request)
        saved = await operations.change(
            app, record, given.values, by=person, if_rev=given.rev, request_id=given.request_id
        )
        return saved_json(saved, reading.same_changes(saved, by=person))

    @router.delete('/api/v1/apps/{app}/records/{record}', summary='削除')
    async def remove(request: Request, app: str, record: str, given: Removal) -> JSONResponse:
        saved = await operations.remove(
            app, record, given.reason, by=person_of(request), request_id=given.request_id, if_rev=given.rev
        )
        return JSONResponse({'id': saved.id, 'title': saved.title})

    @router.get('/api/v1/apps/{app}/records/{record}/history', summary='変更履歴')
    def history(request: Request, app: str, record: str) -> dict[str, Any]:
        found = reading.history(app, record, by=person_of(request))
        return {
            'entries': [
                {
                    'at': each.at,
                    'by': each.by,
                    'what': each.what,
                    'changes': [
                        {'field': one.field, 'label': one.label, 'before': one.before, 'after': one.after}
                        for one in each.changes
                    ],
                }
                for each in found
            ]
        }


def _public(values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not name.startswith('_')}


def _aware(moment: datetime | None) -> datetime | None:
    """A time without a zone is nobody's; it is left out rather than guessed."""
    return moment if moment is not None and moment.tzinfo is not None else None
