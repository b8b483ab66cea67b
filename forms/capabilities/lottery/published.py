"""What is published so that anybody can check a draw: rules before, a hash of the list at closing, the result after.

No name and no address stands in it: applications are told by their numbers, and who is one person only by the lowest
number of theirs.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from forms.capabilities.lottery.drawing import Result
from forms.capabilities.lottery.placing import Entry, Rules

RESULT_COLUMNS = ('番号', 'くじ', '結果', '回', '抽選順', '補欠順')
"""What the draw has found out; the columns of the list follow."""

LIST_COLUMNS = ('人数', '段', '優先', '口数', '同じ方')
"""What the draw needs to know of an application beside its number; its ranked choices follow: 希望1, 希望2 ..."""

WITHDRAWN, LATE = '取下げ', '締切後'
"""In the column 結果 of those who are not drawn."""


def published_rules(rules: Rules, told: Mapping[str, Any] | None = None) -> str:
    """JSON text, the same on every machine. told: what people should know and no calculation needs."""
    sessions = [
        {
            'name': name,
            'capacity': capacity,
            'set_aside': rules.set_aside.get(name, 0),
            'minimum': rules.minimum.get(name, 0),
            'waiting': (rules.waiting or {}).get(name, -1),
        }
        for name, capacity in rules.capacity.items()
    ]
    written = {
        'method': rules.method,
        'policy': rules.policy,
        'unfilled': rules.unfilled,
        'waiting_order': rules.waiting_order,
        'under_minimum': rules.under_minimum,
        'sessions': sessions,
        'told': dict(told or {}),
    }
    return json.dumps(written, ensure_ascii=False, indent=2) + '\n'


def closed_list(entries: Iterable[Entry]) -> str:
    """The list as it stands at closing, the withdrawn included and the late not: one line per application, by number.

    A line: number, persons, tier (from 1), priority (1 or 0), tickets, lowest number of the same person (or nothing),
    then the choices, the dearest first; a tab between each two, a line feed at the end.
    """
    entries = [each for each in entries if not each.late]
    same = _same_person(entries)
    lines = (
        '\t'.join((each.id, *_told(each, same), *each.choices)) + '\n'
        for each in sorted(entries, key=lambda each: each.id)
    )
    return ''.join(lines)


def list_hash(entries: Iterable[Entry]) -> str:
    """What is published at closing: SHA-256 over the UTF-8 bytes of the closed list, 64 hexadecimal digits."""
    return sha256(closed_list(entries).encode()).hexdigest()


def published_result(entries: Iterable[Entry], result: Result) -> str:
    """CSV text with line feeds: everybody drawn in their order, then the withdrawn and the late by number."""
    entries = list(entries)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator='\n')
    longest = max((len(each.choices) for each in entries), default=0)
    writer.writerow((*RESULT_COLUMNS, *LIST_COLUMNS, *(f'希望{number}' for number in range(1, longest + 1))))
    writer.writerows(_rows(entries, result, longest))
    return written.getvalue()


def _rows(entries: Sequence[Entry], result: Result, longest: int) -> Iterator[tuple[object, ...]]:
    same = _same_person([each for each in entries if not each.late])
    by_id = {each.id: each for each in entries if each.is_drawn}
    for each in result.drawn:
        found = (each.id, each.ticket, each.outcome, each.session, each.order, each.waiting or '')
        yield (*found, *_listed(by_id[each.id], same, longest))
    for entry in sorted((each for each in entries if not each.is_drawn), key=lambda each: each.id):
        nothing = (entry.id, '', LATE if entry.late else WITHDRAWN, '', '', '')
        yield (*nothing, *_listed(entry, same, longest))


def _listed(entry: Entry, same: Mapping[str, str], longest: int) -> tuple[str, ...]:
    return (*_told(entry, same), *entry.choices, *[''] * (longest - len(entry.choices)))


def _told(entry: Entry, same: Mapping[str, str]) -> tuple[str, ...]:
    number = same.get(entry.person, '')
    return str(entry.size), str(entry.tier + 1), str(int(entry.priority)), str(entry.tickets), number


def _same_person(entries: Iterable[Entry]) -> Mapping[str, str]:
    """Person -> lowest number of theirs, for persons with more than one application."""
    numbers: dict[str, list[str]] = {}
    for each in entries:
        if each.person:
            numbers.setdefault(each.person, []).append(each.id)
    return {person: min(several) for person, several in numbers.items() if len(several) > 1}
