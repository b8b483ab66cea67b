"""An office in a process of its own that draws or promotes and can be killed: python drawing_office.py FOLDER DEED"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from city_hall import OTHER, STAFF, opened
from lottery_office import ANNOUNCED, APP, CLOSED, told

from apps.clock import StillClock
from apps.context import AppContext
from apps.settings import Settings


async def place_given_back(office: AppContext) -> None:
    """The first winner declines; nobody has looked yet who is next."""
    winner = told(office, 当落='当選')[0]
    await office.operations.act(APP, str(winner['id']), 'withdraw', {}, by=OTHER)


async def done(office: AppContext, deed: str) -> None:
    print('now', flush=True)
    if deed == 'draw':
        await office.lotteries.draw(APP, by=STAFF, value='38123.45')
    else:
        await office.lotteries.settle(APP)
    # Whoever kills comes a moment later; what is told as done must be there afterwards too.
    await asyncio.sleep(60)


if __name__ == '__main__':
    folder, deed = Path(sys.argv[1]), sys.argv[2]
    settings = Settings(data=folder / 'data', definitions=folder / 'definitions', upload_mb=1)
    asyncio.run(done(opened(settings, StillClock(CLOSED if deed == 'draw' else ANNOUNCED)), deed))
