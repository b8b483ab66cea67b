"""A data folder with so many road requests, put in at once: records of the sample city, its rules not asked."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from apps.clock import JapaneseClock, StillClock, stamp
from apps.context import AppContext, open_context
from apps.demo import SAMPLE_PARTS, road
from apps.demo.mark import Stage
from apps.demo.staff import DEMO_ACCOUNTS, add_staff
from apps.operations.save import search_text
from apps.operations.submit import Sample
from apps.settings import Settings
from forms.japanese.calendar import BusinessCalendar
from forms.japanese.fiscal import fiscal_year
from storage import Tx

APP = road.APP
ROOT = Path(__file__).parents[2]
SEED = 1
WORKING_DAYS = {'緊急': 0, '急ぎ': 5, '通常': 10}
A_BATCH = 5_000
CLERK = DEMO_ACCOUNTS[0].person

Record = dict[str, Any]


def open_office(folder: Path, records: int) -> AppContext:
    """The sample city's people and `records` road requests, as of now; to be closed by the caller."""
    now = JapaneseClock().now()
    context = open_context(Settings(data=folder, definitions=ROOT / 'apps' / 'definitions', demo=True), StillClock(now))
    asyncio.run(_people(context, records, now))
    rest = requests(records, now)
    while batch := list(islice(rest, A_BATCH)):
        _put(context, batch)
    return context


def requests(records: int, now: datetime) -> Iterator[Record]:
    """The documents as a save would have stored them, in the order in which they came in."""
    today, calendar, numbers = now.date(), BusinessCalendar(), Counter[int]()
    scale = records / (road.A_YEAR * road.YEARS)
    for year in reversed(road.fiscal_years(today)):
        for sample in road.samples(Random(f'{SEED}/{year}'), year, today, scale):
            numbers[year] += 1
            yield _document(sample, numbers[year], calendar)


async def _people(context: AppContext, records: int, now: datetime) -> None:
    """With the mark of a sample city in which nothing remains to be made, so that it can be served."""
    await add_staff(context.accounts)
    stage = Stage(context.transactions, SEED, records / (road.A_YEAR * road.YEARS), now)
    for part in (*SAMPLE_PARTS, *map(str, road.fiscal_years(now.date()))):
        await stage.finish(part)


def _document(sample: Sample, number: int, calendar: BusinessCalendar) -> Record:
    raw = dict(sample.raw)
    received = date.fromisoformat(raw['受付日'])
    due = calendar.add_business_days(received, WORKING_DAYS[raw['危険度']])
    marks = {'_created_at': stamp(sample.at), '_changed_at': stamp(sample.at)}
    people = {'_created_by': sample.by.account, '_changed_by': sample.by.account}
    name = f'道-R{fiscal_year(received) - 2018}-{number:05}'
    return {**raw, **(sample.ruled or {}), '受付番号': name, '期限': due.isoformat(), **marks, **people}


def _put(context: AppContext, batch: list[Record]) -> None:
    definition, world = context.catalogue.get(APP), context.reading.world(CLERK)

    def run(tx: Tx) -> None:
        for record in batch:
            tx.put(APP, record, search=search_text(definition, record, world))

    context.store.commit_blocking(run, actor=CLERK.account, request_id='')
