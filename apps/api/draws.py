"""What a lottery publishes: its rules before, its result after, nobody's name; and its numbers for supervisors."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.export import XLSX
from apps.excel.figures_workbook import write_figures_workbook
from apps.operations.ceremony import DRAWS, lottery_of
from apps.outcome import Refused
from apps.reading.lottery_numbers import lines, totals
from apps.reading.lottery_standing import rules_json
from apps.reading.shown import moment_text
from apps.transactions import told

if TYPE_CHECKING:
    from apps.context import AppContext

BYTE_ORDER_MARK = '\ufeff'
"""By which Excel knows that a CSV file is UTF-8; the checkers pass over it."""


def register(router: APIRouter, context: AppContext) -> None:
    @router.get(
        '/api/v1/apps/{app}/draw.csv', **described('抽選結果のCSV', 'read', '書き出し', files=('text/csv',))
    )
    def result(request: Request, app: str) -> Response:
        """As docs/ja/抽選の検証.md describes it."""
        definition = context.reading.definition(app, person_of(request), 'see')
        lottery_of(definition)
        held = context.store.get(DRAWS, app)
        if held is None or not held.get('seed'):
            raise Refused('not_found', detail='抽選結果はまだありません。')
        return attached(BYTE_ORDER_MARK + held['result'], f'{definition.title}_抽選結果.csv', 'text/csv')

    @router.get(
        '/api/v1/apps/{app}/draw-rules.json',
        **described('抽選の規則', 'read', '書き出し', files=('application/json',)),
    )
    def rules(request: Request, app: str) -> Response:
        """The rules as the checkers read them."""
        definition = context.reading.definition(app, person_of(request), 'see')
        return attached(rules_json(definition), f'{definition.title}_抽選の規則.json', 'application/json')

    @router.get(
        '/api/v1/apps/{app}/lottery-numbers.xlsx', **described('抽選の数字のExcel', 'export', '書き出し', files=(XLSX,))
    )
    def numbers(request: Request, app: str) -> FileResponse:
        """For supervisors: per session and in all."""
        person = person_of(request)
        definition = context.reading.definition(app, person, 'export')
        lottery_of(definition)
        records = {each.doc_id: told(each) for each in context.store.find(app, limit=None).docs}
        words = '、'.join(f'{label} {count:,}件' for label, count in totals(definition, records))
        now = context.reading.now()
        file = Path(tempfile.mkstemp(suffix='.xlsx')[1])
        facts = [words, f'作成 {moment_text(now.isoformat())} {person.name}']
        write_figures_workbook(file, lines(definition, records), f'{definition.title} 抽選の数字', facts)
        name = quote(f'{definition.title}_抽選の数字_{now:%Y%m%d}.xlsx')
        headers = {'Content-Disposition': f"attachment; filename*=UTF-8''{name}", 'Cache-Control': 'no-store'}
        return FileResponse(file, media_type=XLSX, headers=headers, background=BackgroundTask(file.unlink))


def attached(content: str, name: str, kind: str) -> Response:
    """A file to keep."""
    headers = {'Content-Disposition': f"attachment; filename*=UTF-8''{quote(name)}", 'Cache-Control': 'no-store'}
    return Response(content, media_type=kind, headers=headers)
