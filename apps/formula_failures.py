"""Formulas that failed on records: heard while something is saved or read, kept for leaders until it is put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from apps.clock import Clock, stamp
from forms.evaluation import FormulaFailure
from storage import Store

if TYPE_CHECKING:
    from apps.catalogue import Catalogue

MOST_RECORDS = 300
"""Records about which is kept; a formula that fails on thousands is the same mistake thousands of times."""
MOST_ON_RECORD = 20
_PREFIX = 'failed/'

Place = tuple[str, str]
"""App and id of a record; no id for one that was refused before it had one."""


@dataclass(slots=True)
class Heard:
    """What failed during one operation or reading; given to a Moment as `failed`.

    by_record: of the records that are done; pending: since the last of them.
    """

    by_record: dict[Place, list[FormulaFailure]] = field(default_factory=dict)
    pending: list[FormulaFailure] = field(default_factory=list)

    def __call__(self, failure: FormulaFailure) -> None:
        if len(self.pending) < MOST_ON_RECORD and failure not in self.pending:
            self.pending.append(failure)

    def of(self, app: str, record_id: str) -> None:
        """Everything heard since the last time belongs to this record."""
        self.by_record.setdefault((app, record_id), []).extend(self.pending)
        self.pending = []

    def gone(self, app: str, record_id: str) -> None:
        """The record is removed, and what failed on it with it."""
        self.by_record[app, record_id], self.pending = [], []

    def restart(self) -> Heard:
        """Forgets all: a transaction is tried again."""
        self.by_record, self.pending = {}, []
        return self


@dataclass(frozen=True, slots=True)
class Failed:
    """A formula that failed on a record. at: moment of the last time, ISO 8601."""

    app: str
    record_id: str
    at: str
    failure: FormulaFailure


class FormulaFailures:
    """Kept beside the records, not in their history: it is news about the definition and goes when it is settled."""

    def __init__(self, store: Store, catalogue: Catalogue, clock: Clock) -> None:
        self._store = store
        self._catalogue = catalogue
        self._clock = clock

    def saved(self, heard: Mapping[Place, list[FormulaFailure]]) -> None:
        """These records were just saved: what failed now replaces what was known, nothing failed clears it."""
        for place, failures in heard.items():
            if failures:
                self._keep(place, failures)
            elif self._store.scratch.get(_key(place)) is not None:
                self._store.scratch.delete(_key(place), wait=False)

    def met(self, heard: Mapping[Place, list[FormulaFailure]]) -> None:
        """These failed while records were read or refused: added to what is known."""
        for place, failures in heard.items():
            known = [each.failure for each in self._of(place)]
            new = [each for each in failures if each not in known]
            if new:
                self._keep(place, [*known, *new])

    def uncalculated(self, app: str, record_id: str) -> frozenset[str]:
        """The fields of a record whose calculation failed, as long as their formula is the one that failed."""
        kept = self._of((app, record_id))
        return frozenset(each.failure.field for each in kept if each.failure.use == 'calculation' and self._same(each))

    def forget(self, app: str, record_id: str) -> None:
        """What is known of a record goes: an error may tell a value."""
        self._store.scratch.delete(_key((app, record_id)))

    def all(self) -> list[Failed]:
        """By app and record; without those whose record is gone or whose formula was changed since."""
        places = (_place(key) for key in self._store.scratch.keys(_PREFIX))
        return [each for place in places for each in self._of(place) if self._stands(each)]

    def tidy(self) -> None:
        """Throw away what `all` leaves out, so that it takes no room."""
        for key in self._store.scratch.keys(_PREFIX):
            if not any(map(self._stands, self._of(_place(key)))):
                self._store.scratch.delete(key)

    def _of(self, place: Place) -> list[Failed]:
        kept: dict[str, Any] = self._store.scratch.get(_key(place)) or {'at': '', 'failures': []}
        return [Failed(*place, kept['at'], FormulaFailure(**each)) for each in kept['failures']]

    def _stands(self, failed: Failed) -> bool:
        if not self._same(failed):
            return False
        return not failed.record_id or self._store.get(failed.app, failed.record_id) is not None

    def _same(self, failed: Failed) -> bool:
        """Whether the formula is still written as it was when it failed."""
        definition, failure = self._catalogue.find(failed.app), failed.failure
        formula = definition.formula(failure.field, failure.use) if definition is not None else None
        return formula is not None and formula.source == failure.source

    def _keep(self, place: Place, failures: list[FormulaFailure]) -> None:
        scratch, key = self._store.scratch, _key(place)
        keys = scratch.keys(_PREFIX)
        if key in keys or len(keys) < MOST_RECORDS:
            kept = [asdict(each) for each in failures[-MOST_ON_RECORD:]]
            scratch.put(key, {'at': stamp(self._clock.now()), 'failures': kept}, wait=False)


def _key(place: Place) -> str:
    return f'{_PREFIX}{place[0]}/{place[1]}'


def _place(key: str) -> Place:
    app, _, record_id = key.removeprefix(_PREFIX).partition('/')
    return app, record_id
