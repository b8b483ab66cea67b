"""Formulas that failed on records: heard while something is saved or read, kept for leaders until it is put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from apps.clock import Clock, stamp
from forms.evaluation import FormulaFailure
from storage import Store

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
        if failure not in self.pending:
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

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
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
            known = self._known(place)
            new = [each for each in failures if each not in known]
            if new:
                self._keep(place, [*known, *new])

    def all(self) -> list[Failed]:
        """By app and record; records that are gone are left out."""
        found = []
        for key in self._store.scratch.keys(_PREFIX):
            app, _, record_id = key.removeprefix(_PREFIX).partition('/')
            if record_id and self._store.get(app, record_id) is None:
                continue
            kept: dict[str, Any] = self._store.scratch.get(key) or {'failures': []}
            found += [Failed(app, record_id, kept['at'], FormulaFailure(**each)) for each in kept['failures']]
        return found

    def _known(self, place: Place) -> list[FormulaFailure]:
        kept = self._store.scratch.get(_key(place)) or {'failures': []}
        return [FormulaFailure(**each) for each in kept['failures']]

    def _keep(self, place: Place, failures: list[FormulaFailure]) -> None:
        scratch, key = self._store.scratch, _key(place)
        keys = scratch.keys(_PREFIX)
        if key in keys or len(keys) < MOST_RECORDS:
            kept = [asdict(each) for each in failures[-MOST_ON_RECORD:]]
            scratch.put(key, {'at': stamp(self._clock.now()), 'failures': kept}, wait=False)


def _key(place: Place) -> str:
    return f'{_PREFIX}{place[0]}/{place[1]}'
