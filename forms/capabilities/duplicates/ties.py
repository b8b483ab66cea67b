"""How records that are about the same thing hang together: what a record keeps of it beside its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from forms.field import Value

ORIGINAL: Final = '_original'
"""On a follower: id of the record it was merged into. Never that of another follower."""
FORMER: Final = '_former'
"""On a follower: the status it had before, which it gets back when it is separated."""
FOLLOWERS: Final = '_followers'
"""On an original: ids of the records merged into it, in the order in which they were merged."""
LINKED: Final = '_linked'
"""On both sides of a link: ids of the others."""

TITLES: Final[Mapping[str, str]] = {
    ORIGINAL: 'まとめ先',
    FOLLOWERS: 'まとめた記録',
    LINKED: '関係する記録',
}
"""What a person reads of a tie in the history."""


@dataclass(frozen=True, slots=True)
class Ties:
    """original: '' where the record follows none. A follower has no followers itself, so nothing goes in circles."""

    original: str = ''
    former: str = ''
    followers: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()

    @staticmethod
    def of(record: Mapping[str, Value]) -> Ties:
        """The ties of a stored record, reserved keys included."""
        return Ties(
            str(record.get(ORIGINAL) or ''),
            str(record.get(FORMER) or ''),
            tuple(record.get(FOLLOWERS) or ()),
            tuple(record.get(LINKED) or ()),
        )

    @property
    def reports(self) -> int | None:
        """How many reports an original stands for, its own included; None where it is the only one."""
        return len(self.followers) + 1 if self.followers else None

    @property
    def others(self) -> tuple[str, ...]:
        """Every record that names this one."""
        return (*((self.original,) if self.original else ()), *self.followers, *self.linked)

    def stored(self) -> dict[str, Value]:
        """All four keys; None where there is nothing to keep."""
        return {
            ORIGINAL: self.original or None,
            FORMER: self.former or None,
            FOLLOWERS: list(self.followers) or None,
            LINKED: list(self.linked) or None,
        }


def without(ids: Iterable[str], gone: Iterable[str]) -> tuple[str, ...]:
    """The same ids in the same order, less those."""
    left_out = frozenset(gone)
    return tuple(each for each in ids if each not in left_out)
