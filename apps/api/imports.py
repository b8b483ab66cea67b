"""Taking in a file: checked without writing anything, taken in as one act, taken back as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from apps.api.answers import person_of
from apps.api.described import WRITING, described
from apps.api.export import XLSX
from apps.importing.corrections import corrections
from apps.importing.draft import Draft
from apps.operations.imports_kept import Import
from apps.outcome import Refused

if TYPE_CHECKING:
    from apps.context import AppContext

_TAG = 'ファイルの取り込み'
_IMPORT = (
    'ExcelかCSVを送ります。列は見出しで項目に結び付けます。dry_run を false にするまで、何も書きません。'
    '誤りが1つでもあれば何も取り込みません(partly を true にすると、正しい行だけを取り込みます)。'
)
_UNDO = '取り込みで登録した記録を消し、変更した記録を元に戻します。そのあとに変更された記録があれば断ります。'
_FORM: dict[str, Any] = {
    'required': True,
    'content': {
        'multipart/form-data': {
            'schema': {
                'type': 'object',
                'required': ['file'],
                'properties': {'file': {'type': 'string', 'format': 'binary'}},
            }
        }
    },
}
_MOST_TOLD = 1_000

_KEYS = '記録を見分ける項目。_id は「レコードID」の列。なければすべて新しく登録'
Keys = Annotated[list[str] | None, Query(description=_KEYS)]
Sheet = Annotated[str, Query(description='シートの名前。書かなければ、見出しが合うシート')]


class ProblemAt(BaseModel):
    address: Annotated[str, Field(description='セルの番地。例 Sheet1!C17')]
    value: Annotated[str, Field(description='書かれている値')]
    path: Annotated[str, Field(description='項目。行の全体についての誤りでは空')]
    code: Annotated[str, Field(description='誤りの種類(変わりません)')]
    detail: str


class ImportTold(BaseModel):
    id: Annotated[str, Field(description='取り込みの番号。試しただけなら空')]
    new: int
    changed: int
    unchanged: int
    refused: Annotated[int, Field(description='誤りのある行の数')]
    notes: Annotated[int, Field(description='読み替えたことや注意の数')]
    columns: Annotated[dict[str, str], Field(description='見出しと、取り込んだ項目')]
    problems: Annotated[list[ProblemAt], Field(description=f'誤り。{_MOST_TOLD:,}件まで')]


class ImportListed(BaseModel):
    id: str
    file: str
    by: Annotated[str, Field(description='取り込んだ人の利用者ID')]
    at: str
    state: str
    new: int
    changed: int


class ImportsTold(BaseModel):
    imports: list[ImportListed]


class ImportUndo(BaseModel):
    model_config = ConfigDict(extra='forbid')

    leave_changed: Annotated[bool, Field(description='そのあとに変更された記録は残して取り消す')] = False


def register(router: APIRouter, context: AppContext) -> None:
    desk = context.imports

    @router.post(
        '/api/v1/apps/{app}/imports',
        response_model=ImportTold,
        **described('ファイルの取り込み', 'write', _TAG, *WRITING, text=_IMPORT, requestBody=_FORM),
    )
    async def take_in(  # noqa: PLR0913 - what can be chosen about a file
        request: Request,
        app: str,
        *,
        key: Keys = None,
        sheet: Sheet = '',
        clear_blanks: bool = False,
        dry_run: bool = True,
        partly: bool = False,
    ) -> dict[str, Any]:
        person = person_of(request)
        draft = await _opened(request, app)
        try:
            if sheet:
                draft.choose_sheet(sheet)
            draft.choose_keys(tuple(key or ()))
            draft.choose_blanks(clears=clear_blanks)
            await desk.check(draft, by=person)
            made = None if dry_run else await desk.take(draft, by=person, partly=partly)
        finally:
            desk.drop(draft)
        return _told(draft, made)

    async def _opened(request: Request, app: str) -> Draft:
        person = person_of(request)
        context.reading.definition(app, person, 'import')
        async with request.form(max_files=1, max_fields=2) as form:
            file = form.get('file')
            if not isinstance(file, UploadFile):
                raise Refused('invalid', detail='取り込むファイルがありません。')
            return await desk.open(app, await file.read(), file.filename or 'ファイル', by=person)

    @router.get(
        '/api/v1/apps/{app}/imports', response_model=ImportsTold, **described('取り込みの一覧', 'read', _TAG)
    )
    def listed(request: Request, app: str) -> dict[str, Any]:
        context.reading.definition(app, person_of(request), 'import')
        names = ImportListed.model_fields
        return {'imports': [{name: getattr(each, name) for name in names} for each in desk.kept.of(app)]}

    @router.post(
        '/api/v1/apps/{app}/imports/{made}/undo',
        response_model=ImportListed,
        **described('取り込みの取り消し', 'write', _TAG, *WRITING, text=_UNDO),
    )
    async def undo(request: Request, app: str, made: str, given: ImportUndo) -> dict[str, Any]:
        person = person_of(request)
        context.reading.definition(app, person, 'import')
        kept = desk.kept.get(made)
        if kept is None or kept.app != app:
            raise Refused('not_found', detail='この取り込みはありません。')
        done = await desk.take_back(made, by=person, leave_changed=given.leave_changed)
        return {name: getattr(done, name) for name in ImportListed.model_fields}

    @router.post('/api/v1/apps/{app}/import-drafts', include_in_schema=False)
    async def draft(request: Request, app: str) -> dict[str, str]:
        """For the screen, which goes on with it step by step."""
        return {'draft': (await _opened(request, app)).id}

    @router.get('/api/v1/apps/{app}/import-drafts/{draft}/corrections.xlsx', include_in_schema=False)
    def rows_to_correct(request: Request, app: str, draft: str) -> Response:
        found = desk.draft(draft, by=person_of(request))
        stem = found.book.name.rpartition('.')[0] or found.book.name
        headers = {
            'Content-Disposition': f"attachment; filename*=UTF-8''{quote(f'{stem}_直す行.xlsx')}",
            'Cache-Control': 'no-store',
        }
        return Response(corrections(found), media_type=XLSX, headers=headers)


def _told(draft: Draft, made: Import | None) -> dict[str, Any]:
    report = draft.report
    assert report is not None
    problems = [*report.problems, *draft.refused_later]
    counts = {name: getattr(made, name) for name in report.counts} if made is not None else report.counts
    headers = {each.at: each.header for each in draft.table.columns}
    return {
        'id': made.id if made is not None else '',
        **counts,
        'notes': len(report.notes),
        'columns': {headers[at]: draft.targets[key].label for at, key in sorted(draft.chosen.items())},
        'problems': [
            {
                'address': each.address,
                'value': each.shown,
                'path': each.path,
                'code': each.code,
                'detail': each.text,
            }
            for each in problems[:_MOST_TOLD]
        ],
    }
