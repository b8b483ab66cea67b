"""Where a lottery stands: who applied for what, whether it can be drawn, and the published result."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.operations.draw import DRAWS
from apps.transactions import told
from forms.capability import Moment
from forms.definition import AppDefinition
from storage import Store

CSV_HEAD = ('番号', '抽選票', '抽選順', '結果', '回', '補欠の順', '抽選の種')


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

    held: the kept draw ({'seed', 'at', 'by', 'outcomes', 'drawn': [{id, ticket, order, outcome, session, waiting}]}).
    """

    count: int
    out: int
    sessions: Sequence[SessionCount]
    refusal: str
    held: Mapping[str, Any] | None


def standing(store: Store, definition: AppDefinition, moment: Moment) -> Standing:
    """Reads every application: some milliseconds per thousand."""
    lottery: Any = definition.capabilities['lottery']
    records = {each.doc_id: told(each) for each in store.find(definition.name, limit=None).docs}
    entries = [lottery.entry(definition, record_id, values) for record_id, values in records.items()]
    taking_part = [each for each in entries if not each.withdrawn]
    refusal = lottery.refusal_to_draw(definition, records, moment)
    ranks = max(1, len(lottery.choices))
    return Standing(
        len(taking_part),
        len(entries) - len(taking_part),
        [
            SessionCount(each.name, each.capacity, [_wanted(taking_part, each.name, rank) for rank in range(ranks)])
            for each in lottery.sessions
        ],
        refusal.text if refusal else '',
        store.get(DRAWS, definition.name),
    )


def _wanted(entries: Sequence[Any], session: str, rank: int) -> tuple[int, int]:
    """(applications, persons) that name this session at this rank."""
    found = [each for each in entries if len(each.choices) > rank and each.choices[rank] == session]
    return len(found), sum(each.size for each in found)


def published_csv(held: Mapping[str, Any]) -> Iterator[str]:
    """The result for everybody to check, line by line: number, ticket, order, outcome; no name, no address.

    The ticket is SHA-256 over the UTF-8 bytes of «seed|number», so each line can be checked by itself.
    """
    for row in (CSV_HEAD, *(_published(each, held['seed']) for each in held['drawn'])):
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()


def _published(drawn: Mapping[str, Any], seed: str) -> tuple[Any, ...]:
    waiting = drawn['waiting'] or ''
    return drawn['id'], drawn['ticket'], drawn['order'], drawn['outcome'], drawn['session'], waiting, seed
