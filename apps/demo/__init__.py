"""The sample city: the same records for the same seed and day, entered through the same operations as all others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from apps.clock import StillClock
from apps.demo import facilities, lottery, queue_day, road, same_reports, work_orders
from apps.demo.mark import NotForDemo, Stage, refuse_real_records
from apps.demo.staff import DEMO_ACCOUNTS, add_staff
from apps.operations.submit import Sample

if TYPE_CHECKING:
    from apps.context import AppContext
    from forms.definition import AppDefinition

__all__ = ['DEMO_ACCOUNTS', 'SAMPLE_PARTS', 'NotForDemo', 'make_demo']

BATCH = 250
"""Records per transaction: few enough to keep a transaction short, many enough to share its sync."""

PAUSE = 0.2
"""Seconds between batches of earlier years: people already work, and a save of theirs must find its turn."""

Told = Callable[[str], object]
Part = Callable[['AppContext', Stage, 'AppDefinition', Random], Awaitable[int]]
"""Enters the sample records of one app and tells how many."""


def make_demo(
    context: AppContext, *, seed: int = 1, scale: float = 1.0, rest: bool = True, told: Told = lambda _: None
) -> bool:
    """Fill an empty folder with the sample city. Returns whether all of it is there now.

    rest: also the road requests of earlier fiscal years, which take longest; without them the apps can be used at once.
    The same seed, scale and moment of the clock give the same records. An interrupted run goes on where it stopped.
    Raises NotForDemo for a folder with real records.
    """
    stage = refuse_real_records(context, seed, scale)
    asyncio.run(_make(context, stage, told, rest=rest))
    return set(stage.parts) >= {*SAMPLE_PARTS, *map(str, road.fiscal_years(stage.today))}


async def _make(context: AppContext, stage: Stage, told: Told, *, rest: bool) -> None:
    if not stage.parts:
        told('見本データを作っています。')
        await stage.finish('begun')
    await add_staff(context.accounts)
    years = road.fiscal_years(stage.today)
    requests = {str(year): partial(_road, year) for year in (years if rest else years[:1])}
    parts: dict[str, Part] = {**SAMPLE_PARTS, **requests}
    for part, make in parts.items():
        app = part if part in SAMPLE_PARTS else road.APP
        definition = context.catalogue.find(app)
        if part in stage.parts:
            continue
        if definition is None:
            told(f'「{app}」の定義がないか、誤りがあるので、その見本は作りません。')
            continue
        count = await make(context, stage, definition, Random(f'{stage.seed}/{part}'))
        await stage.finish(part)
        told(f'  {definition.title}{f" {part}年度" if part.isdigit() else ""}: {count:,}件')


async def _road(year: int, context: AppContext, stage: Stage, definition: AppDefinition, chance: Random) -> int:
    samples = road.samples(chance, year, stage.today, stage.scale)
    repeats = same_reports.Repeats(Random(f'{stage.seed}/{year}/repeats'), stage.today)
    count = await _enter(context, stage, definition, repeats.among(samples), f'{year}-')
    is_this_year = year == road.fiscal_years(stage.today)[0]
    if is_this_year:
        await same_reports.merge(context, road.APP, repeats, f'demo-{stage.seed}-same')
    if is_this_year and work_orders.are_wanted(context.catalogue, context.store):
        await work_orders.order(context.operations, context.store, chance, stage.today)
    return count


async def _facilities(context: AppContext, stage: Stage, definition: AppDefinition, chance: Random) -> int:
    return await _enter(context, stage, definition, facilities.facilities(chance, stage.today, stage.scale))


async def _inspections(context: AppContext, stage: Stage, definition: AppDefinition, chance: Random) -> int:
    """With the repairs that follow from them, of which the older ones are done."""
    table: Any = definition.fields['点検表']
    found = context.store.find(facilities.FACILITIES, sort=[('施設番号', False)], limit=None)
    ids = [each.doc_id for each in found.docs]
    rows = [each.value for each in table.rows if not each.retired]
    count = await _enter(context, stage, definition, facilities.inspections(chance, stage.today, ids, rows))
    await facilities.repair(context, chance, stage.today)
    return count


async def _queue(context: AppContext, stage: Stage, definition: AppDefinition, chance: Random) -> int:
    still = StillClock(stage.now)
    if context.store.find(queue_day.APP, limit=1).docs:
        return 0  # an interrupted day is not played a second time
    day = queue_day.QueueDay(context.operations_at(still), still, chance)
    return await day.play(max(6, round(30 * stage.scale)))


async def _lottery(context: AppContext, stage: Stage, definition: AppDefinition, chance: Random) -> int:
    period: Any = definition.capabilities['period']
    closes = min(period.closes, max(stage.now, period.opens + timedelta(days=1)))
    return await _enter(context, stage, definition, lottery.samples(chance, period.opens, closes))


SAMPLE_PARTS: dict[str, Part] = {
    facilities.FACILITIES: _facilities,
    facilities.INSPECTIONS: _inspections,
    queue_day.APP: _queue,
    lottery.APP: _lottery,
}
"""App -> what enters its sample records, in this order; the road requests follow, newest fiscal year first."""


async def _enter(
    context: AppContext, stage: Stage, definition: AppDefinition, samples: Iterable[Sample], part: str = ''
) -> int:
    count = 0
    this_year = f'{road.fiscal_years(stage.today)[0]}-'
    pause = 0.0 if part in ('', this_year) else PAUSE
    for number, piece in enumerate(_pieces(samples, BATCH)):
        request_id = f'demo-{stage.seed}-{definition.name}-{part}{number}'
        count += await context.operations.submit_many(definition.name, piece, request_id=request_id)
        await asyncio.sleep(pause)
    return count


def _pieces(samples: Iterable[Sample], size: int) -> Iterator[list[Sample]]:
    rest = iter(samples)
    while piece := list(islice(rest, size)):
        yield piece
