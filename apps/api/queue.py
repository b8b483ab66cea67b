"""What a queue gives onto paper and into Excel: tickets to print, and the statistics."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.export import XLSX
from apps.excel.queue_workbook import write_queue_workbook
from apps.outcome import Refused
from apps.printed_ticket import PAPERS, ticket_paper
from apps.public.ticket.address import phone_address
from apps.qr_code import qr_picture
from apps.reading.shown import moment_text
from apps.reading.ticket_papers import printed_tickets
from forms.capabilities.queue import Queue

if TYPE_CHECKING:
    from apps.context import AppContext

PAPER_COOKIE = 'madoguchi_ticket_paper'
"""What this device prints tickets on, once it was chosen."""
_A_YEAR = 31_536_000


def register(router: APIRouter, context: AppContext) -> None:
    ticket_words = described('整理券(印刷用のページ)', 'read', '窓口受付', files=('text/html',))

    @router.get('/api/v1/apps/{app}/records/{record}/tickets', **ticket_words)
    async def tickets(request: Request, app: str, record: str, paper: str = '') -> Response:
        """paper: 80 or 58 (mm of a roll) or a4; without, what this device uses or the definition says."""
        person = person_of(request)
        definition = context.reading.definition(app, person)
        queue = definition.capabilities.get('queue')
        if not isinstance(queue, Queue):
            raise Refused('not_found', detail=f'「{definition.title}」には整理券がありません。')
        shown = context.reading.record(app, record, by=person)
        printed = printed_tickets(context.waiting_rooms.of(app), queue, shown)
        if not printed:
            raise Refused('not_found', detail='この受付には整理券がありません。')
        chosen = next(
            each
            for each in (paper, request.cookies.get(PAPER_COOKIE, ''), 'a4' if queue.ticket == 'a4' else '80')
            if each in PAPERS
        )
        nonce = secrets.token_urlsafe(16)
        address = phone_address(context, request, app, record) if queue.phone else ''
        content = ticket_paper(
            printed,
            title=definition.title,
            paper=chosen,
            qr=qr_picture(address, border=2) if address else '',
            nonce=nonce,
        )
        policy = (
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
            f"script-src 'nonce-{nonce}'; frame-ancestors 'self'"
        )
        headers = {'Cache-Control': 'no-store', 'Content-Security-Policy': policy, 'X-Frame-Options': 'SAMEORIGIN'}
        answer = HTMLResponse(content, headers=headers)
        if paper == chosen:
            answer.set_cookie(PAPER_COOKIE, paper, max_age=_A_YEAR, httponly=True, samesite='lax')
        return answer

    statistics_words = described('窓口受付の統計のExcel', 'export', '窓口受付', files=(XLSX,))

    @router.get('/api/v1/apps/{app}/queue-statistics', **statistics_words)
    async def statistics(request: Request, app: str, begin: date, end: date) -> Response:
        """begin, end: the first and the last day that is counted."""
        person = person_of(request)
        context.reading.definition(app, person, 'export')
        file = Path(tempfile.mkstemp(suffix='.xlsx')[1])
        now = context.clock.now()

        def make() -> str:
            report = context.queue_reports.of(app, begin, end, by=person)
            write_queue_workbook(file, report, [f'作成 {moment_text(now.isoformat())} {person.name}'])
            return f'{report.definition.title}_統計_{begin:%Y%m%d}-{end:%Y%m%d}.xlsx'

        try:
            name = quote(await asyncio.to_thread(make))
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        headers = {'Content-Disposition': f"attachment; filename*=UTF-8''{name}", 'Cache-Control': 'no-store'}
        return FileResponse(file, media_type=XLSX, headers=headers, background=BackgroundTask(file.unlink))
