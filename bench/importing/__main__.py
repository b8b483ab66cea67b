"""`python -m bench.importing [--rows 33000]`: from a workbook to committed records, beside the plain ways."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
from tinydb import TinyDB
from xlsxwriter import Workbook

from apps.clock import TOKYO, StillClock
from apps.context import open_context
from apps.demo import road
from apps.people import SYSTEM
from apps.settings import Settings

APP = 'road_requests'
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO)
COLUMNS = (
    '受付日', '受付方法', '種別', '種別_その他', '危険度', '場所', '内容', '氏名', 'フリガナ', '電話番号', '担当課',
    '現地確認日', '対応内容', '完了日', '費用',
)  # fmt: skip
SAVED_ONE_BY_ONE = 300
"""Enough single saves to know what each costs."""


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.importing', description=__doc__)
    parser.add_argument('--rows', type=int, default=33_000, help='rows of the workbook')
    rows = parser.parse_args().rows
    gc.set_threshold(50_000, 50, 50)  # as the server does
    with tempfile.TemporaryDirectory(prefix='bench-importing-') as folder:
        file = Path(folder) / 'road.xlsx'
        write_requests(file, rows)
        figures = {'plain': plain(Path(folder), file), **ours(Path(folder), file)}
    show(rows, figures)
    print(json.dumps({'bench': 'importing', 'rows': rows, 'seconds': figures}, ensure_ascii=False))


def write_requests(file: Path, rows: int) -> None:
    """A workbook of requests like those of the sample city, each with a place and a telephone number of its own."""
    scale = rows / (road.A_YEAR * road.YEARS) * 1.02
    today = NOW.date()
    years = road.fiscal_years(today)
    samples = (each.raw for year in years for each in road.samples(Random(year), year, today, scale))
    with Workbook(str(file), {'constant_memory': True, 'strings_to_formulas': False}) as workbook:
        sheet, day = workbook.add_worksheet('要望'), workbook.add_format({'num_format': 'yyyy/m/d'})
        sheet.write_row(0, 0, COLUMNS)
        for number, raw in zip(range(1, rows + 1), samples, strict=False):
            own = {'場所': f'{raw["場所"]} {number}番地', '電話番号': f'090-0000-{number % 10_000:04}'}
            for column, name in enumerate(COLUMNS):
                value = {**raw, **own}.get(name)
                if value is not None and name.endswith('日'):
                    sheet.write_datetime(number, column, datetime.fromisoformat(value), day)
                elif value is not None:
                    sheet.write(number, column, value)


def plain(folder: Path, file: Path) -> float:
    """pandas reads, TinyDB inserts: nothing is checked, numbered, found by its words or kept in a history."""

    def take() -> None:
        frame = pd.read_excel(file, dtype=str, engine='openpyxl')
        records = [{name: value for name, value in row.items() if pd.notna(value)} for row in frame.to_dict('records')]
        TinyDB(folder / 'plain.json', ensure_ascii=False).insert_multiple(records)

    return clocked(take)


def ours(folder: Path, file: Path) -> dict[str, float]:
    """Reading, checking and taking in; and what the same rows would take as single saves."""
    context = open_context(Settings(data=folder / 'data'), StillClock(NOW))
    figures: dict[str, float] = {}

    async def story() -> None:
        start = time.perf_counter()
        draft = await context.imports.open(APP, file.read_bytes(), file.name, by=SYSTEM)
        figures['read'] = time.perf_counter() - start
        report = await context.imports.check(draft, by=SYSTEM)
        assert not report.problems, report.problems[:3]
        figures['check'] = time.perf_counter() - start - figures['read']
        made = await context.imports.take(draft, by=SYSTEM)
        figures['all'] = time.perf_counter() - start
        figures['take in'] = figures['all'] - figures['check'] - figures['read']
        start = time.perf_counter()
        for each in list(report.rows.values())[:SAVED_ONE_BY_ONE]:
            await context.operations.submit(APP, each.raw, by=SYSTEM)
        each_save = (time.perf_counter() - start) / min(SAVED_ONE_BY_ONE, len(report.rows))
        figures['one save after the other'] = each_save * len(report.rows)
        start = time.perf_counter()
        await context.imports.take_back(made.id, by=SYSTEM)
        figures['take back'] = time.perf_counter() - start

    asyncio.run(story())
    context.close()
    return figures


def clocked(task: Callable[[], Any]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def show(rows: int, figures: dict[str, float]) -> None:
    print(f'\n{rows:,} rows{"seconds":>38}{"beside all of ours":>22}')
    for name, seconds in figures.items():
        print(f'{name:<34}{seconds:>12,.2f}{seconds / figures["all"]:>21,.2f}x')


if __name__ == '__main__':
    main()
