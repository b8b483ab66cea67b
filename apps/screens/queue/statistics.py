"""The statistics of a queue on a page: three totals that differ, one sum that holds, and the tables of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from nicegui import background_tasks, run, ui
from nicegui.events import GenericEventArguments

from apps.addresses import app_address, queue_statistics_address, queue_workbook_address, replay_address
from apps.outcome import Refused
from apps.people import may
from apps.screens.print_button import draw_print_button
from apps.screens.queue.span import DAY, KINDS, YEAR, Span
from apps.screens.refusal import draw_not_found
from apps.tags import icon, link, notice, tag
from forms.capabilities.queue.statistics import Row
from forms.capabilities.queue.statistics_cells import ACCURACY, NOTES, Cell, accuracy_head, accuracy_lines, head, lines

if TYPE_CHECKING:
    from apps.frame import Frame
    from apps.reading.queue_statistics import QueueReport
    from forms.definition import AppDefinition


def draw(frame: Frame, app: str, span: str, at: str) -> None:
    """span: day, month or year; at: a day in it (ISO)."""
    person = frame.person()
    if person is None:
        return
    try:
        definition = frame.context.reading.definition(app, person)
    except Refused as refused:
        draw_not_found(frame, refused.detail)
        return
    if 'queue' not in definition.capabilities:
        draw_not_found(frame)
        return
    today = frame.context.clock.now().date()
    chosen = Span.asked(span or DAY, at, today)
    frame.title(f'統計 {chosen.title} - {definition.title}', definition.title)
    with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
        link(definition.title, app_address(definition.name))
        tag('span', '›', aria_hidden='true')
        tag('span', '統計', aria_current='page')
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('h1', f'{definition.title}の統計', 'page-title')
    _draw_choice(definition, chosen, today)
    place = tag('div', '', 'queue-figures', aria_busy='true')
    background_tasks.create(_fill(frame, definition, chosen, place), name='queue statistics')


def _draw_choice(definition: AppDefinition, span: Span, today: date) -> None:
    def address(of: Span, kind: str = '') -> str:
        return queue_statistics_address(definition.name, of.query(kind))

    def go(event: GenericEventArguments) -> None:
        ui.navigate.to(address(Span.asked(span.kind, _day(str(event.args)), today)))

    with tag('div', '', 'span-row'):
        with tag('nav', '', 'span-kinds', aria_label='期間の長さ'):
            now = Span.around(span.kind, today)
            base = Span.around(DAY, today) if span == now else span
            for kind, words in KINDS.items():
                link(words, address(base, kind), 'tab', aria_current='page' if kind == span.kind else None)
        with tag('div', '', 'span-steps'):
            with link('', address(span.before), 'button quiet', aria_label=f'前の{KINDS[span.kind]}'):
                icon('chevron_left')
            tag('strong', span.title, 'span-title')
            with link('', address(span.after), 'button quiet', aria_label=f'次の{KINDS[span.kind]}'):
                icon('chevron_right')
        if span.kind != YEAR:
            kind, value = ('date', span.begin.isoformat()) if span.kind == DAY else ('month', f'{span.begin:%Y-%m}')
            box = tag('input', '', 'field-box', type=kind, value=value, aria_label='期間を選ぶ')
            box.on('change', go, js_handler='(event) => event.target.value && emit(event.target.value)')


def _day(text: str) -> str:
    """What a date or a month box gives, as a day."""
    return f'{text}-01' if len(text) == len('2026-11') else text


async def _fill(frame: Frame, definition: AppDefinition, span: Span, place: ui.element) -> None:
    person = frame.person()
    if person is None:
        return
    try:
        report = await run.io_bound(
            frame.context.queue_reports.of, definition.name, span.begin, span.end, by=person
        )
    except Refused as refused:
        with place:
            notice('error', refused.detail or 'いまは集計できません。')
        return
    if report is None or place.is_deleted:
        return
    place.props.pop('aria-busy', None)
    with place:
        _draw_report(report, span)
        with tag('div', '', 'list-foot no-print'):
            draw_print_button()
            if may(person, definition, 'export'):
                file = queue_workbook_address(definition.name, span.begin.isoformat(), span.end.isoformat())
                with link('', file, 'button quiet', download=True):
                    icon('download')
                    tag('span', 'この統計をExcelで書き出す')
            if span.kind == DAY:
                with link('', replay_address(definition.name, span.begin.isoformat()), 'button quiet'):
                    icon('replay')
                    tag('span', 'この日を1手ずつ見る')


def _draw_report(report: QueueReport, span: Span) -> None:
    tag('p', f'{report.definition.title}の統計 {span.title}', 'summary-paper')
    _draw_totals(report.statistics.total)
    for table in report.statistics.tables:
        _draw_table(table.title, head(table), lines(table), total=True)
    _draw_table(ACCURACY, accuracy_head(), accuracy_lines(report.statistics.accuracy), total=False)
    with tag('ul', '', 'figure-notes'):
        for each in NOTES:
            tag('li', each)


def _draw_totals(total: Row) -> None:
    with tag('dl', '', 'three-totals'):
        for count, unit, name, words in (
            (total.visits, '人', '来庁', '受付をした人の数'),
            (total.tickets, '枚', '整理券', '課ごとに出した番号の数'),
            (total.items, '件', '用件', '選ばれた用件の数'),
        ):
            with tag('div', '', 'card one-total'):
                tag('dt', name)
                with tag('dd'):
                    tag('strong', f'{count:,}')
                    tag('span', unit)
                tag('dd', words, 'total-words')
    tag(
        'p',
        f'整理券 {total.tickets:,}枚 = 対応済 {total.served:,} + 帰った {total.left:,} + 不在 {total.absent:,} '
        f'+ 残り {total.waiting:,}',
        'total-sum',
    )


def _draw_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, total: bool) -> None:
    with tag('section', '', 'figure-part'):
        tag('h2', title, 'figure-title')
        if len(rows) == 1 and total:
            tag('p', 'この期間の受付はありません。', 'empty')
            return
        with (
            tag('div', '', 'summary-frame', tabindex='0', role='region', aria_label=f'{title}の表'),
            tag('table', '', 'figures queue-table' if total else 'figures accuracy-table', data_table=title),
        ):
            with tag('thead'):
                _draw_head(headings)
            body, last = rows[:-1] if total else rows, rows[-1:] if total else []
            for part, these in (('tbody', body), ('tfoot', last)):
                with tag(part):
                    for row in these:
                        _draw_row(row)


def _draw_head(headings: Sequence[str]) -> None:
    """待ち時間(分) 平均 and its neighbours stand under one heading; read out, each is said in full."""
    parts = [each.partition(' ') for each in headings]
    with tag('tr'):
        for at, (span, _, figure) in enumerate(parts):
            if not figure:
                tag('th', span, scope='col', rowspan=2)
            elif at == 0 or parts[at - 1][0] != span:
                tag('th', span, 'figure-span', scope='colgroup', colspan=sum(each[0] == span for each in parts))
    with tag('tr'):
        for heading, (_, _, figure) in zip(headings, parts, strict=True):
            if figure:
                tag('th', figure, scope='col', aria_label=heading)


def _draw_row(row: Sequence[Cell]) -> None:
    with tag('tr'):
        for at, cell in enumerate(row):
            if at == 0:
                tag('th', cell_text(cell), scope='row')
            else:
                tag('td', cell_text(cell), 'figure')


def cell_text(cell: Cell) -> str:
    """Minutes always with one decimal, counts with separators, nothing where there is nothing to say."""
    if isinstance(cell, float):
        return f'{cell:,.1f}'
    return f'{cell:,}' if isinstance(cell, int) else cell or ''
