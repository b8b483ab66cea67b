"""The monthly table: April to March, sums that hold, every figure equal to its records and to its Excel cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from panel_office import CLERK, road, visit

from apps.context import AppContext
from apps.excel.summary_workbook import HEAD_ROW, lines, write_summary_workbook
from apps.reading.summary_table import SummaryTable, records_behind, table

APP, VIEW = 'road_requests', '月別集計'


async def filled(office: AppContext) -> None:
    for day, kind in (('2026-04-01', '舗装'), ('2026-04-30', '舗装'), ('2026-04-30', '側溝'), ('2026-11-02', '照明')):
        await office.operations.submit(APP, road(受付日=day, 種別=kind), by=CLERK)
    await office.operations.submit(APP, road(受付日='2026-03-31', 種別='舗装'), by=CLERK)


def shown(office: AppContext, year: str, app: str = APP) -> SummaryTable:
    definition = office.catalogue.get(app)
    view = next(each for each in definition.views if each.name == VIEW)
    return table(office.reading.seen(definition, view, {'年度': year}, CLERK))


async def test_a_fiscal_year_runs_from_april_to_march_with_its_empty_months(office: AppContext) -> None:
    await filled(office)
    labels = [label for _, label in shown(office, '2026').rows]
    assert labels == [f'{month}月' for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]


async def test_rows_and_columns_add_up_to_the_total_and_last_year_is_not_in_it(office: AppContext) -> None:
    await filled(office)
    told = shown(office, '2026')
    assert told.total == 4
    assert sum(told.row_totals.values()) == sum(told.column_totals.values()) == sum(told.cells.values()) == 4
    assert told.cells['2026-04', '舗装'] == 2
    assert shown(office, '').total == 5


async def test_behind_every_figure_are_as_many_records_as_it_says(office: AppContext) -> None:
    await filled(office)
    definition = office.catalogue.get(APP)
    view = next(each for each in definition.views if each.name == VIEW)
    seen = office.reading.seen(definition, view, {'年度': '2026'}, CLERK)
    told = table(seen)
    condition = seen.condition()
    assert condition is not None
    figures = {(row, column): told.cells.get((row, column), 0) for row, _ in told.rows for column, _ in told.columns}
    for (row, column), figure in figures.items():
        behind = records_behind(definition, view, {'row': row, 'column': column})
        assert behind is not None
        assert office.store.count(APP, condition & behind) == figure
    for row, total in told.row_totals.items():
        behind = records_behind(definition, view, {'row': row})
        assert behind is not None and office.store.count(APP, condition & behind) == total
    assert records_behind(definition, view, {'all': '1'}) is None


def test_a_heading_that_cannot_be_leads_to_no_records(office: AppContext) -> None:
    definition = office.catalogue.get(APP)
    view = next(each for each in definition.views if each.name == VIEW)
    with pytest.raises(ValueError):
        records_behind(definition, view, {'row': 'いつか'})


async def test_a_choice_of_several_is_told_to_overlap(office: AppContext) -> None:
    await office.operations.submit('counter_queue', visit('緊急修理', '支援金'), by=CLERK)
    told = shown(office, '2026', 'counter_queue')
    assert told.overlapping and told.total == 1
    assert told.column_totals['緊急修理'] == told.column_totals['支援金'] == 1


async def test_the_sheet_holds_the_same_figures_as_numbers_and_prints_on_a4(
    office: AppContext, tmp_path: Path
) -> None:
    await filled(office)
    told = shown(office, '2026')
    file = tmp_path / 'summary.xlsx'
    write_summary_workbook(file, told, '道路要望 月別集計', ['条件 年度 令和8年度'])
    sheet = load_workbook(file).active
    assert sheet is not None
    written = [list(row) for row in sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True)]
    assert written == lines(told)
    assert isinstance(written[1][1], int), 'a count is a number, not a text'
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, 'landscape')
    assert sheet.print_title_rows == f'${HEAD_ROW + 1}:${HEAD_ROW + 1}'
