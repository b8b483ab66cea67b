"""The Excel sheet of a summary view: the same figures as on screen."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.export import XLSX
from apps.excel.summary_workbook import write_summary_workbook
from apps.outcome import Refused
from apps.reading import view_of
from apps.reading.effects import Figure, effect_of
from apps.reading.shown import moment_text
from apps.reading.summary_table import table
from forms.japanese.fiscal import fiscal_year, fiscal_year_label

if TYPE_CHECKING:
    from apps.context import AppContext
    from forms.definition import AppDefinition


def register(router: APIRouter, context: AppContext) -> None:
    @router.get('/api/v1/apps/{app}/summary', **described('集計のExcel', 'export', '書き出し', files=(XLSX,)))
    async def summary(request: Request, app: str, view: str) -> FileResponse:
        """filter.<field>=value narrows it as on screen."""
        person = person_of(request)
        reading = context.reading
        definition = reading.definition(app, person, 'export')
        shown_view = view_of(definition, view)
        if shown_view.type != 'summary':
            raise Refused('not_found', detail=f'「{view}」は集計ではありません。')
        given = request.query_params
        filters = {name.removeprefix('filter.'): value for name, value in given.items() if name.startswith('filter.')}
        options = {each.name: dict(each.options) for each in reading.narrowings(app, view, by=person)}
        chosen = [f'{name} {options.get(name, {}).get(value, value)}' for name, value in filters.items() if value]
        facts = [
            f'条件 {"、".join(chosen) or "すべて"}',
            f'作成 {moment_text(reading.now().isoformat())} {person.name}',
        ]
        file = Path(tempfile.mkstemp(suffix='.xlsx')[1])

        def make() -> None:
            seen = reading.seen(definition, shown_view, filters, person)
            told, label = _effect(context, definition) if seen.sight.sees_all else ([], '')
            write_summary_workbook(file, table(seen), f'{definition.title} {view}', facts, told, label)

        try:
            await asyncio.to_thread(make)
        except BaseException as error:
            file.unlink(missing_ok=True)
            if isinstance(error, ValueError):
                raise Refused('invalid', detail=f'集計の条件を読み取れません({error})。') from error
            raise
        name = quote(f'{definition.title}_{view}_{reading.now():%Y%m%d}.xlsx')
        headers = {'Content-Disposition': f"attachment; filename*=UTF-8''{name}", 'Cache-Control': 'no-store'}
        return FileResponse(file, media_type=XLSX, headers=headers, background=BackgroundTask(file.unlink))


def _effect(context: AppContext, definition: AppDefinition) -> tuple[list[Figure], str]:
    """What the app saves this fiscal year, and how that is called; it tells of all records."""
    if 'effect' not in definition.capabilities:
        return [], ''
    year = fiscal_year(context.clock.now().date(), definition.fiscal_start)
    label = fiscal_year_label(year, definition.fiscal_start)
    return effect_of(context.store, definition, year), f'{definition.title} 効果({label})'
