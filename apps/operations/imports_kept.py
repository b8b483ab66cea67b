"""What is kept about every import: who, when, which file, how many records, and exactly what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from storage import Store, where

IMPORTS, PARTS, MAPPINGS = '_imports', '_import_parts', '_import_mappings'

WRITING, DONE, TAKING_BACK, TAKEN_BACK, BROKEN_OFF = 'writing', 'done', 'taking_back', 'taken_back', 'broken_off'
STATES = {
    WRITING: '取り込んでいます',
    DONE: '取り込みました',
    TAKING_BACK: '取り消しています',
    TAKEN_BACK: '取り消しました',
    BROKEN_OFF: '途中でやめました',
}
"""State of an import -> what people read. Only DONE, TAKEN_BACK and BROKEN_OFF last."""

UNFINISHED = frozenset((WRITING, TAKING_BACK))


@dataclass(frozen=True, slots=True)
class Import:
    """One import. digest: SHA-256 of the file. new, changed, unchanged, refused: records.

    left: records that were not taken back, because others had changed them since. ended: when and by whom it was taken
    back.
    """

    id: str
    app: str
    file: str
    digest: str
    by: str
    at: str
    state: str = WRITING
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    left: tuple[str, ...] = ()
    ended_by: str = ''
    ended_at: str = ''
    mapping: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        told = asdict(self)
        del told['id']
        return {**told, 'left': list(self.left), 'mapping': dict(self.mapping)}

    def as_(self, state: str, **more: Any) -> Import:
        return replace(self, state=state, **more)


def read_import(id: str, kept: Mapping[str, Any]) -> Import:
    """An import as it was stored."""
    return Import(id=id, **{**kept, 'left': tuple(kept['left'])})


@dataclass(frozen=True, slots=True)
class Written:
    """One record as an import left it. before: its revision then, 0 for one that was made; after: the one it got."""

    app: str
    id: str
    before: int
    after: int


class ImportsKept:
    """Reads them; written are they by the operations."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, import_id: str) -> Import | None:
        kept = self._store.get(IMPORTS, import_id)
        return None if kept is None else read_import(import_id, kept)

    def of(self, app: str, limit: int | None = 50) -> list[Import]:
        """The imports of an app, newest first."""
        found = self._store.find(IMPORTS, where('app') == app, sort=[('at', True)], limit=limit)
        return [read_import(each.doc_id, each) for each in found.docs]

    def unfinished(self) -> list[Import]:
        """Those that a process left in the middle, or is in the middle of."""
        found = self._store.find(IMPORTS, where('state').one_of(sorted(UNFINISHED)), limit=None)
        return [read_import(each.doc_id, each) for each in found.docs]

    def of_file(self, app: str, digest: str) -> Import | None:
        """The newest import of the same file that still stands."""
        same = (where('app') == app) & (where('digest') == digest) & (where('state') == DONE)
        found = self._store.find(IMPORTS, same, sort=[('at', True)], limit=1).docs
        return read_import(found[0].doc_id, found[0]) if found else None

    def parts(self, import_id: str) -> list[str]:
        """Ids of the parts in which it was written, in their order."""
        found = self._store.find(PARTS, where('import') == import_id, fields=['import'], limit=None)
        return sorted(each.doc_id for each in found.docs)

    def written(self, part: str) -> list[Written]:
        """What one part wrote, in its order."""
        kept = self._store.get(PARTS, part)
        return [Written(*each) for each in kept['written']] if kept is not None else []

    def mapping(self, app: str) -> dict[str, str]:
        """Folded header -> target, of the last import of the app."""
        kept = self._store.get(MAPPINGS, app)
        return dict(kept['mapping']) if kept is not None else {}
