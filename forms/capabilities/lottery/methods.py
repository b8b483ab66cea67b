"""The ways of drawing: how a seed puts applications into an order that anybody can recompute.

sha256 (ours): the ticket is SHA-256 over the UTF-8 bytes of `seed|id`; the lowest comes first. An application with
several tickets also holds the hash of its first ticket's 64 digits, the hash of that, and so on; its lowest counts.

hoffman: draft-hoffman-random-candidate-selection. Its text hashes name and value; its program, which made the published
examples, hashes their *hexadecimal text*. We follow the program. The highest comes first.

rfc3797: MD5 over a two-byte counter, the key string and the counter again; the remainder picks out of those still left.
The list is ordered by id. There is no ticket before the draw: the hash that picked an application stands as its ticket.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import md5, sha256

Ordered = Sequence[tuple[str, str]]
"""(id, ticket) in the order of the draw."""

MOST_FOR_RFC3797 = 65_536
"""Its counter has two bytes."""


def ticket_of(seed: str, entry_id: str, tickets: int = 1) -> str:
    """64 hexadecimal digits: the lowest of so many tickets."""
    lowest = ticket = sha256(f'{seed}|{entry_id}'.encode()).hexdigest()
    for _ in range(tickets - 1):
        ticket = sha256(ticket.encode()).hexdigest()
        lowest = min(lowest, ticket)
    return lowest


def by_sha256(tickets: Mapping[str, int], seed: str) -> Ordered:
    """tickets: id -> how many. Of equal tickets the lower id comes first."""
    found = sorted((ticket_of(seed, each, count), each) for each, count in tickets.items())
    return [(each, ticket) for ticket, each in found]


def by_hoffman(tickets: Mapping[str, int], seed: str) -> Ordered:
    """seed: the difficult-to-predict string D. Everybody holds one ticket."""
    found = sorted(((hoffman_ticket_of(seed, each), each) for each in tickets), reverse=True)
    return [(each, ticket) for ticket, each in found]


def hoffman_ticket_of(seed: str, entry_id: str) -> str:
    return sha256(f'{entry_id}{seed}'.encode().hex().encode()).hexdigest()


def by_rfc3797(tickets: Mapping[str, int], seed: str) -> Ordered:
    """seed: the key string of section 4. Everybody holds one ticket. Raises ValueError for more than 65,536."""
    if len(tickets) > MOST_FOR_RFC3797:
        raise ValueError(f'RFC 3797 draws from at most {MOST_FOR_RFC3797}')
    remaining, found = sorted(tickets), []
    for number in range(len(remaining)):
        counter = number.to_bytes(2, 'big')
        picked = md5(counter + seed.encode() + counter, usedforsecurity=False).hexdigest()
        found.append((remaining.pop(int(picked, 16) % len(remaining)), picked.upper()))
    return found


METHODS: Mapping[str, Callable[[Mapping[str, int], str], Ordered]] = {
    'sha256': by_sha256,
    'rfc3797': by_rfc3797,
    'hoffman': by_hoffman,
}
