"""Why something was not stored, each with what the caller may do next."""

from collections.abc import Mapping
from typing import Any

from storage.record import Doc


class StorageError(Exception):
    """Anything the store refuses or could not do."""


class NotStored(StorageError):
    """Certainly not stored, for example because the disk is full or busy. Trying again is safe."""


class OutcomeUnknown(StorageError):
    """Stored or not: nobody can say. Sending the same request id again never stores twice.

    For the screen: «結果を確認できません。もう一度送信しても二重登録にはなりません。»
    """


class Stopped(StorageError):
    """The store does not write (any more): a write to disk failed, or it was closed. Check, then open it again."""


class Damaged(StorageError):
    """What is on disk is not what was written."""


class NotFound(StorageError, KeyError):
    """No document of this collection has this id."""


class RequestReused(StorageError):
    """The request id was used before by someone else."""


class Conflict(StorageError):
    """The document is no longer at the revision the caller had seen.

    `theirs` and `mine` map the fields changed since that revision to (old, new). `overlapping` names the fields both
    sides changed to different values; when it is empty, `merged` is the record with both sets of changes.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # a conflict is made of these six things
        self,
        coll: str,
        id: str,
        if_rev: int | None,
        current: Doc | None,
        theirs: Mapping[str, tuple[Any, Any]],
        mine: Mapping[str, tuple[Any, Any]],
    ) -> None:
        super().__init__(f'{coll}/{id}: expected revision {if_rev}, found {current.rev if current else None}')
        self.coll, self.id, self.if_rev, self.current = coll, id, if_rev, current
        self.theirs, self.mine = dict(theirs), dict(mine)
        self.overlapping = frozenset(
            name for name in self.theirs.keys() & self.mine.keys() if self.theirs[name][1] != self.mine[name][1]
        )

    @property
    def merged(self) -> dict[str, Any] | None:
        if self.current is None or self.overlapping:
            return None
        return {**self.current, **{name: new for name, (_, new) in self.mine.items()}}


class WrongCursor(ValueError):
    """The text is no cursor of a page, or that of another order."""
