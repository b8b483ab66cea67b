"""What the store hands out: documents, pages of them, and the changes they went through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tinydb.table import Document

ANY: Final = -1
"""As `if_rev`: over whatever is there now (preferences and the like, where the last one may win)."""

ARRIVAL: Final = ''
"""As a field to sort by: the order in which the documents were first stored."""


class Doc(Document):
    """One document: a dict with its permanent id, its revision (1, 2, 3 ...) and its collection."""

    doc_id: str  # type: ignore[assignment]  # TinyDB's are whole numbers; ours come from the caller or are sortable text

    def __init__(self, value: Mapping[str, Any], doc_id: str, rev: int = 0, coll: str = '') -> None:
        dict.__init__(self, value)  # what Document does, without its call: lists make fifty at a time
        self.doc_id = doc_id
        self.rev = rev
        self.coll = coll


@dataclass(frozen=True, slots=True)
class Page:
    """Some documents in the order asked for; `after` goes into the next call, None on the last page."""

    docs: list[Doc]
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: who did what to which document, and which fields that changed.

    `changed` maps a field to (old, new); None stands for a missing value. After an erasure it is empty and `erased`.
    """

    seq: int
    at: datetime
    actor: str
    request_id: str
    reason: str
    coll: str
    id: str
    rev: int
    op: str
    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    erased: bool = False
