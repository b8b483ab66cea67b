"""What the app saves: minutes and sheets before, and minutes after, measured from opening the form to saving it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from forms.capability import Capability, Moment, capability
from forms.field import setting
from forms.problems import Problem, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

# A form that stood open for longer was left alone (lunch, the night), and says nothing about the work.
LONGEST_SECONDS = 2 * 60 * 60


@dataclass(frozen=True, slots=True)
class Saved:
    """count: records; measured: those with a measured time. minutes_after: their median, None when none was measured.

    hours: (minutes before - minutes after) x count / 60, negative when the app is slower; None without measurement.
    """

    count: int
    measured: int
    minutes_before: float
    minutes_after: float | None
    hours: float | None
    sheets: int


@capability('effect', title='効果')
@dataclass(frozen=True, slots=True, kw_only=True)
class Effect(Capability):
    """The time before is told by the office; the time after is never typed by anybody."""

    minutes_before: float = setting(
        0.0, label='以前の時間(分)',
        help='このアプリの前に、1件にかかっていた分数。今の時間は、開いてから保存するまでを自動で測ります。',
    )
    sheets_before: int = setting(0, label='以前の紙(枚)', help='このアプリの前に、1件で使っていた紙の枚数。')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for key in ('minutes_before', 'sheets_before'):
            if getattr(self, key) < 0:
                yield problem('D753', at=(key,), key=key, value=getattr(self, key))

    def saved(self, seconds: Sequence[float | None]) -> Saved:
        """Over some records. seconds: their `_seconds`, None where nothing was measured (import, old records)."""
        measured = [each for each in seconds if each is not None]
        minutes_after = median(measured) / 60 if measured else None
        hours = None if minutes_after is None else (self.minutes_before - minutes_after) * len(seconds) / 60
        sheets = self.sheets_before * len(seconds)
        return Saved(len(seconds), len(measured), self.minutes_before, minutes_after, hours, sheets)


def measured_seconds(moment: Moment) -> int | None:
    """Seconds from opening the form to this save, for `_seconds`; None when unknown or when the form was left open."""
    if moment.opened_at is None:
        return None
    seconds = round((moment.now - moment.opened_at).total_seconds())
    return seconds if 0 <= seconds <= LONGEST_SECONDS else None
