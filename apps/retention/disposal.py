"""One list of records whose personal data is to go: who made it, who approved it, how far it came. No personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

DISPOSALS: Final = '_disposals'

PROPOSED, APPROVED, REFUSED, ERASING, DONE = 'proposed', 'approved', 'refused', 'erasing', 'done'
STATES: Final = {
    PROPOSED: '承認待ち',
    APPROVED: '承認ずみ(まだ消していません)',
    REFUSED: '取りやめ',
    ERASING: '消しています',
    DONE: '消去しました',
}
"""How far a list came -> what people read."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record on a list. number: what people call it by; last: the last day of its period (ISO)."""

    id: str
    number: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """items: all that were found. held: record id -> why it stays this time.

    next: how many of `wanted` were worked through. left: those whose time was not over any more when their turn came.
    files: how many photos and attachments went; orphans: those that are still to be removed from the disk.
    """

    id: str
    app: str
    made_by: str
    made_at: str
    fields: tuple[str, ...]
    items: tuple[Item, ...]
    state: str = PROPOSED
    held: Mapping[str, str] | None = None
    decided_by: str = ''
    decided_at: str = ''
    why: str = ''
    done_by: str = ''
    done_at: str = ''
    next: int = 0
    left: tuple[str, ...] = ()
    files: int = 0
    orphans: tuple[str, ...] = ()

    @property
    def wanted(self) -> list[Item]:
        """Without those that are held."""
        return [each for each in self.items if each.id not in (self.held or {})]

    @property
    def erased(self) -> list[Item]:
        """Those whose data went, as far as the work has come."""
        return [each for each in self.wanted[: self.next] if each.id not in self.left]

    def kept(self) -> dict[str, Any]:
        """As the store takes it."""
        told = asdict(self)
        del told['id']
        items = [[each.id, each.number, each.last] for each in self.items]
        lists = {name: list(getattr(self, name)) for name in ('fields', 'left', 'orphans')}
        return {**told, **lists, 'items': items, 'held': dict(self.held or {})}


def disposal_of(id: str, kept: Mapping[str, Any]) -> Disposal:
    """A kept list."""
    known = {each.name for each in fields(Disposal)} - {'id', 'items'}
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items() if name in known}
    return Disposal(id=id, items=tuple(Item(*each) for each in kept['items']), **told)
