"""One evaluation: what the formula is told about the world, and how much work it may still do."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from forms.formula.culture import Culture, culture_of
from forms.formula.messages import failure
from forms.japanese.calendar import BusinessCalendar

TOKYO: Final = dt.timezone(dt.timedelta(hours=9))
MOST_STEPS: Final = 2_000_000
"""Parts of the formula evaluated row by row: enough to search 400 rows for each of them."""


@dataclass(frozen=True)
class Context:
    """The world of an evaluation. now: with a zone, or already Japanese time; old: the record before the change."""

    now: dt.datetime
    user: str = ''
    department: str = ''
    locale: str = 'ja-JP'
    calendar: BusinessCalendar | None = None
    fiscal_start: int = 4
    old: Mapping[str, object] = field(default_factory=dict)


class Run:
    """A context made ready: Today() and Now() are frozen in it, and the steps are counted."""

    __slots__ = ('calendar', 'context', 'culture', 'now', 'steps', 'today')

    def __init__(self, context: Context) -> None:
        now = context.now
        self.context = context
        self.now = (now.astimezone(TOKYO) if now.tzinfo else now).replace(tzinfo=None)
        self.today = self.now.date()
        self.culture: Culture = culture_of(context.locale)
        self.calendar = context.calendar
        self.steps = MOST_STEPS

    def step(self, parts: int = 1) -> None:
        """Counts the parts evaluated for one row; raises when there were too many."""
        self.steps -= parts
        if self.steps < 0:
            raise failure('Timeout', 'too-much-work')
