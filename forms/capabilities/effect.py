"""What the app saves: minutes and sheets before, what was promised, and what is measured from opening to saving."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from forms.capability import Capability, Moment, Values, capability
from forms.field import Value, setting
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

# A form that stood open for longer was left alone (lunch, the night), and says nothing about the work.
LONGEST_SECONDS = 2 * 60 * 60
MOST_OF_THEM = 0.9
"""Nine of ten were not slower than the second figure that is told."""

SECONDS: Final = '_seconds'
DONE_SECONDS: Final = '_done_seconds'
"""Reserved keys of a record: seconds from opening the form to its first save, and from opening the record to the act
that completed it; None or no key where nothing was measured."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes per record of one kind of work. before, planned: as the office tells, 0 where it does not.

    count: records; measured: those with a measured time. median, most: of the measured, None without any; `most` is
    what nine of ten did not exceed. hours: (before - median) x count / 60, negative when the app is slower, None
    without measurement.
    """

    before: float
    planned: float
    count: int
    measured: int
    median: float | None
    most: float | None

    @property
    def hours(self) -> float | None:
        return None if self.median is None else (self.before - self.median) * self.count / 60

    @staticmethod
    def of(seconds: Sequence[float | None], before: float, planned: float) -> Spent:
        """seconds: of every record, None where nothing was measured (imports, old records, forms left open)."""
        known = sorted(each for each in seconds if each is not None)
        if not known:
            return Spent(before, planned, len(seconds), 0, None, None)
        most = known[ceil(MOST_OF_THEM * len(known)) - 1]
        return Spent(before, planned, len(seconds), len(known), median(known) / 60, most / 60)


@dataclass(frozen=True, slots=True)
class Saved:
    """completion: None where the definition tells nothing about it. sheets: of paper, over all records."""

    reception: Spent
    completion: Spent | None
    sheets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """The work of finishing a record."""

    minutes_before: float = setting(0.0, label='以前の時間(分)', help='このアプリの前に、完了にかかっていた分数。')
    minutes_planned: float = setting(0.0, label='見込みの時間(分)', help='このアプリで、そうなるはずの分数。')
    status: str = setting(label='完了の状態', help='この状態の記録を数えます。書かなければ、終わりの状態の最初です。')


@capability('effect', title='効果')
@dataclass(frozen=True, slots=True, kw_only=True)
class Effect(Capability):
    """The time before is told by the office; the time after is never typed by anybody."""

    minutes_before: float = setting(
        0.0, label='以前の時間(分)',
        help='このアプリの前に、1件にかかっていた分数。今の時間は、開いてから保存するまでを自動で測ります。',
    )
    minutes_planned: float = setting(
        0.0, label='見込みの時間(分)', help='このアプリで、1件がそうなるはずの分数。測った時間と並べて出します。'
    )
    sheets_before: int = setting(0, label='以前の紙(枚)', help='このアプリの前に、1件で使っていた紙の枚数。')
    completion: Completion | None = setting(
        None,
        label='完了の時間',
        help='完了にかかる時間も比べるときに。記録を開いてから完了にするまでを、自動で測ります。',
    )

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for key in ('minutes_before', 'minutes_planned', 'sheets_before'):
            if getattr(self, key) < 0:
                yield problem('D753', at=(key,), key=key, value=getattr(self, key))
        if self.completion is None:
            return
        for key in ('minutes_before', 'minutes_planned'):
            if getattr(self.completion, key) < 0:
                yield problem('D753', at=('completion', key), key=key, value=getattr(self.completion, key))
        status, known = self.completion.status, _ends(definition)
        if status and status not in known:
            at = ('completion', 'status')
            yield problem('D730', at=at, setting='終わり', name=status, instead=instead(status, known))

    def completed_in(self, definition: AppDefinition) -> str:
        """The status whose records count as completed, '' where none does."""
        ends = _ends(definition)
        wanted = self.completion.status if self.completion is not None else ''
        return wanted or (ends[0] if ends else '')

    def saved(self, definition: AppDefinition, records: Sequence[Values]) -> Saved:
        """Over some records as they are stored, of which only the status and the two reserved keys count."""
        workflow, end = definition.capabilities.get('workflow'), self.completed_in(definition)
        entered = [_number(each.get(SECONDS)) for each in records]
        reception = Spent.of(entered, self.minutes_before, self.minutes_planned)
        completion = None
        if self.completion is not None and workflow is not None:
            done = [each for each in records if each.get(_field(workflow)) == end]
            told = self.completion
            seconds = [_number(each.get(DONE_SECONDS)) for each in done]
            completion = Spent.of(seconds, told.minutes_before, told.minutes_planned)
        return Saved(reception, completion, self.sheets_before * len(records))


def measured_seconds(moment: Moment) -> int | None:
    """Seconds from opening the form to this save; None when unknown or when the form was left open."""
    if moment.opened_at is None:
        return None
    seconds = round((moment.now - moment.opened_at).total_seconds())
    return seconds if 0 <= seconds <= LONGEST_SECONDS else None


def completion_marks(definition: AppDefinition, old: Values, new: Values, moment: Moment) -> dict[str, Value]:
    """What this save says about the time of completing: None when it opens the record again, or was not measured."""
    workflow: Any = definition.capabilities.get('workflow')
    if workflow is None:
        return {}
    was_done, is_done = (each.get(workflow.field) in workflow.done for each in (old, new))
    if was_done == is_done:
        return {}
    return {DONE_SECONDS: measured_seconds(moment) if is_done else None}


def _ends(definition: AppDefinition) -> list[str]:
    workflow: Any = definition.capabilities.get('workflow')
    return [each.name for each in workflow.statuses if each.done] if workflow is not None else []


def _field(workflow: Any) -> str:
    return str(workflow.field)


def _number(value: Value) -> float | None:
    return value if isinstance(value, int | float) else None
