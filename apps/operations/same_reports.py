"""Linking, merging and separating records about the same thing; see apps/operations/same_report.py for what happens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypedDict, Unpack

from apps.operations import Operations, same_report
from apps.operations.hall import Hall
from apps.outcome import Saved
from apps.people import Person

LINKING, MERGING, SEPARATING = '関係する記録としてつなぐ', '重複としてまとめる', '別々にする'
"""What the history of every record says that is touched."""


class Sent(TypedDict, total=False):
    """if_rev, other_rev: the revisions the person saw of the two, None for whatever they are at."""

    request_id: str
    if_rev: int | None
    other_rev: int | None


class SameReports:
    """Every method is one transaction over all records that are touched, for who may change both records.

    other: id of the other record. Raises Refused; the answer is the record `record_id` itself.
    """

    def __init__(self, operations: Operations, hall: Hall) -> None:
        self._operations = operations
        self._hall = hall

    async def link(self, app: str, record_id: str, other: str, *, by: Person, **sent: Unpack[Sent]) -> Saved:
        """Both stay open, and each shows the other."""
        return await self._on_both(same_report.link, LINKING, app, record_id, other, by=by, **sent)

    async def merge(self, app: str, record_id: str, into: str, *, by: Person, **sent: Unpack[Sent]) -> Saved:
        """The record becomes the follower of `into`, or of what that one follows itself."""
        return await self._on_both(same_report.merge, MERGING, app, record_id, into, by=by, **sent)

    async def separate(self, app: str, record_id: str, other: str, *, by: Person, **sent: Unpack[Sent]) -> Saved:
        """Undo either: a follower gets its former status back."""
        return await self._on_both(same_report.separate, SEPARATING, app, record_id, other, by=by, **sent)

    async def _on_both(  # noqa: PLR0913 - what, to which two, by whom
        self,
        what: Callable[..., dict[str, Any]],
        reason: str,
        app: str,
        record_id: str,
        other: str,
        *,
        by: Person,
        request_id: str = '',
        if_rev: int | None = None,
        other_rev: int | None = None,
    ) -> Saved:
        definition = self._hall.permitted(app, 'change', by)
        do = partial(what, other_id=other, if_rev=if_rev, other_rev=other_rev)
        asked = (other, if_rev, other_rev)
        return await self._operations.on_record(
            definition, record_id, do, by=by, request_id=request_id, reason=reason, asked=asked
        )
