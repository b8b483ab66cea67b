"""A ticket: a place in the list of one section, and the words for where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from forms.capabilities.queue.settings import ORDINARY

WAITING, CALLED, SERVING, SERVED = '受付待ち', '呼出中', '対応中', '受付済'
ABSENT, CANCELLED, HELD = '不在', '取消', '保留'
COLLECT, SENT_HOME = '受取待ち', '閉庁で終了'
STATUSES = (WAITING, CALLED, SERVING, HELD, COLLECT, SERVED, ABSENT, CANCELLED, SENT_HOME)
ACTIVE = frozenset((CALLED, SERVING))
"""In these a person is at, or on the way to, a counter: every other ticket of the visit rests meanwhile."""
OPEN = frozenset((WAITING, CALLED, SERVING, HELD, COLLECT))
"""In these something is still to come."""
RESTING = '待機'
"""Under this word the time is counted in which a ticket would wait, but its person is at another counter."""
AHEAD = '予約前'
"""Under this word the time is counted before an appointment's turn: nobody waits then."""


@dataclass(frozen=True, slots=True)
class Expected:
    """An estimate as it was told with the number: minutes until the call, and the range shown (low to high)."""

    minutes: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Ticket:
    """A place in the list of one section.

    name: what is printed and called, 住-12. items: what it was issued for. section: where it waits now; origin: where
    issued. lined_at: moment by which its place counts. resting: its person is at another counter. calls: since it
    last waited. chosen: called out of order. rank, reason: class of priority. from_, until: window of an appointment,
    in which it has `window_rank`. seconds: time spent per status, resting time under `RESTING`. waited: seconds of
    waiting before the first call. certain: False when nobody pressed in time (closed by the day's end, carried over),
    so that its times are in no average.
    """

    name: str
    section: str
    number: int
    issued_at: datetime
    origin: str = ''
    lined_at: datetime | None = None
    status: str = WAITING
    resting: bool = False
    counter: str = ''
    only_at: str = ''
    by: str = ''
    calls: int = 0
    chosen: bool = False
    rank: int = ORDINARY
    reason: str = ''
    window_rank: int = ORDINARY
    from_: datetime | None = None
    until: datetime | None = None
    items: tuple[str, ...] = ()
    expected: Expected | None = None
    waited: float | None = None
    called_at: datetime | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None
    ready_at: datetime | None = None
    carried: bool = False
    certain: bool = True
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def place(self) -> tuple[datetime, int]:
        """Order in the list; neither hold nor absence changes it, a transfer only when that was chosen."""
        return self.lined_at or self.issued_at, self.number

    @property
    def waited_minutes(self) -> float:
        """Time spent waiting to be called, without the time at other counters."""
        return self.seconds.get(WAITING, 0.0) / 60

    @property
    def called_as(self) -> str:
        """What is called and shown: a number carried over from an earlier day is told from today's."""
        return f'繰越{self.name}' if self.carried else self.name

    def waits(self, now: datetime) -> bool:
        """Whether it stands in the list at this moment; an appointment does so from its time on."""
        return self.status == WAITING and (self.from_ is None or now >= self.from_)


def shown(ticket: Ticket) -> str:
    """住-12 受付待ち."""
    return f'{ticket.called_as} {ticket.status}'
