"""One day at the counter: people who came, were called, served or left; some are still waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from apps.clock import TOKYO, StillClock
from apps.demo.staff import DEMO_ACCOUNTS
from apps.outcome import Refused

if TYPE_CHECKING:
    from apps.operations import Operations

APP = 'counter_queue'
_CLERK = DEMO_ACCOUNTS[0].person
_PACE = timedelta(minutes=4)
_STILL_OPEN = timedelta(minutes=15)
"""Whoever was called longer ago has been served; later ones may still be at a counter."""
_ITEMS = ('緊急修理', '応急修理', '賃貸型応急住宅', '支援金', '生活必需品')
_COUNTERS = (('住宅政策課', '1番'), ('住宅政策課', '2番'), ('生活支援課', '3番'), ('生活支援課', '4番'))


@dataclass(slots=True)
class QueueDay:
    """Plays the day step by step on a clock of its own."""

    operations: Operations
    clock: StillClock
    chance: Random

    async def play(self, visits: int) -> int:
        """`visits` people come today, the last of them now."""
        now = self.clock.at
        midnight = datetime.combine(now.date(), time(), TOKYO)
        pace = min(_PACE, (now - midnight) / (visits + 1))
        for number in range(visits):
            self.clock.at = now - pace * (visits - 1 - number)
            opened = self.clock.at - timedelta(seconds=self.chance.randrange(15, 60))
            await self.operations.submit(APP, _visit(self.chance, self.clock.at), by=_CLERK, opened_at=opened)
            for _ in range(self.chance.choices([0, 1, 2], [1, 5, 4])[0]):
                await self._serve(pace, now)
        return visits

    async def _serve(self, pace: timedelta, now: datetime) -> None:
        section, counter = self.chance.choice(_COUNTERS)
        try:
            called = await self.operations.call_next(APP, section, counter, by=_CLERK)
        except Refused:
            return  # nobody waits there
        ticket = {'ticket': called.values['受付の流れ'][-1]['ticket']}
        for action, part in (('arrive', 0.1), ('finish', 0.35)):
            stays = now - self.clock.at < _STILL_OPEN and self.chance.random() < 0.3
            if stays or self.clock.at + pace * part > now:
                return
            self.clock.at += pace * part
            await self.operations.act(APP, called.id, action, ticket, by=_CLERK)


def _visit(chance: Random, now: datetime) -> dict[str, Any]:
    if chance.random() < 0.1:
        return {'その他': '窓口の場所の案内', 'その他の担当課': chance.choice(['住宅政策課', '生活支援課'])}
    items = chance.sample(_ITEMS, chance.choices([1, 2, 3], [6, 3, 1])[0])
    visit: dict[str, Any] = {'用件': items, '受付方法': chance.choices(['来庁', '電話', '予約'], [7, 1, 2])[0]}
    if visit['受付方法'] == '予約':
        visit['予約の時刻'] = f'{now.hour}:00'
    elif chance.random() < 0.1:
        visit['優先する理由'] = chance.choice(['体の不自由な方', '妊婦', '幼児連れ'])
    return visit
