"""Where a lottery stands: who applied for what, what is left to decide, the draw, and what has followed from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.operations.ceremony import DRAWS, lottery_of, undecided
from apps.transactions import told
from forms.capabilities.lottery.answering import Settled
from forms.capabilities.lottery.published import published_rules
from forms.capabilities.lottery.same_person import Double
from forms.capability import Moment, Values
from forms.definition import AppDefinition
from storage import Store


@dataclass(frozen=True, slots=True)
class SessionCount:
    """A session: its places, and applications and persons per rank of choice (the first choice first)."""

    name: str
    capacity: int
    by_rank: Sequence[tuple[int, int]]

    @property
    def is_over(self) -> bool:
        """Whether more persons want it first than there is room."""
        return bool(self.by_rank) and self.by_rank[0][1] > self.capacity


@dataclass(frozen=True, slots=True)
class Standing:
    """count: applications that take part; out: withdrawn or late ones. refusal: why nothing can be drawn now, or ''.

    ceremony: as apps/operations/ceremony.py keeps it. doubles: pairs that nobody has decided about. answers: session ->
    answer -> applications that hold or held a place there. settled: what would follow from the answers now.
    """

    count: int
    out: int
    sessions: Sequence[SessionCount]
    refusal: str
    ceremony: Mapping[str, Any]
    doubles: Sequence[Double] = ()
    records: Mapping[str, Values] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    settled: Settled | None = None

    @property
    def is_fixed(self) -> bool:
        return bool(self.ceremony.get('list_hash'))

    @property
    def held(self) -> Mapping[str, Any] | None:
        """The draw that holds, or None before it."""
        return self.ceremony if self.ceremony.get('seed') else None


def standing(store: Store, definition: AppDefinition, moment: Moment) -> Standing:
    """Reads every application: some milliseconds per thousand."""
    lottery = lottery_of(definition)
    docs = sorted(store.find(definition.name, limit=None).docs, key=lambda each: each.doc_id)
    records = {each.doc_id: told(each) for each in docs}
    entries = [lottery.entry(definition, record_id, values) for record_id, values in records.items()]
    taking_part = [each for each in entries if each.is_drawn]
    refusal = lottery.refusal_to_draw(definition, records, moment)
    kept = store.get(DRAWS, definition.name)
    ranks = max(1, len(lottery.choices))
    is_drawn = kept is not None and bool(kept.get('seed'))
    return Standing(
        len(taking_part),
        len(entries) - len(taking_part),
        [
            SessionCount(each.name, each.capacity, [_wanted(taking_part, each.name, rank) for rank in range(ranks)])
            for each in lottery.sessions
        ],
        refusal.text if refusal else '',
        told(kept) if kept is not None else {},
        () if is_drawn else undecided(definition, records, kept),
        records,
        _answers(definition, records) if is_drawn else {},
        lottery.settled(definition, records, moment.now) if is_drawn else None,
    )


def rules_json(definition: AppDefinition) -> str:
    """The rules as they are published, for docs/lottery/check_draw.py."""
    lottery = lottery_of(definition)
    return published_rules(lottery.draw_rules(), lottery.told())


def _wanted(entries: Sequence[Any], session: str, rank: int) -> tuple[int, int]:
    """(applications, persons) that name this session at this rank."""
    found = [each for each in entries if len(each.choices) > rank and each.choices[rank] == session]
    return len(found), sum(each.size for each in found)


def _answers(definition: AppDefinition, records: Mapping[str, Values]) -> dict[str, Counter[str]]:
    lottery = lottery_of(definition)
    found: dict[str, Counter[str]] = {each.name: Counter() for each in lottery.sessions}
    for values in records.values():
        if values.get(lottery.answer) and values.get(lottery.placed_in) in found:
            found[values[lottery.placed_in]][str(values[lottery.answer])] += 1
    return found
