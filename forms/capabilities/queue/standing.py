"""One word in every visit by which the open ones of a day, and those carried over, are found without reading all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from forms.capabilities.queue.tickets import OPEN, Ticket
from forms.field import Parsed, Surroundings, Value
from forms.kept import Kept

ENDED = '済'
CARRIED = '繰越'


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingOf(Kept):
    """済: nothing is to come. 繰越: left over from an earlier day and still open. Blank: open."""

    TYPE: ClassVar[str] = 'hidden'

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        return Parsed(raw) if raw in (ENDED, CARRIED) else Parsed() if raw in (None, '') else self.refused('readonly')


def standing(tickets: Iterable[Ticket]) -> str | None:
    """The word for a visit with these tickets."""
    found = list(tickets)
    still_open = [each for each in found if each.status in OPEN]
    if not found or still_open:
        return CARRIED if any(each.carried for each in still_open) else None
    return ENDED
