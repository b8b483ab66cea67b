"""The history of every document: hash-chained lines written with the change itself, and the past rebuilt from them."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import apsw
import orjson

from storage import reduced, take_out
from storage.content import State, backward, decode, pairs
from storage.record import Change

Who = tuple[int, str, str, str]  # transaction, at, actor, request id
What = tuple[str, str, int, str]  # collection, id, revision, op

START: Final = hashlib.sha256(b'madoguchi').digest()

INSERT: Final = (
    'INSERT INTO change (seq, tx, coll, id, rev, op, body, salt, digest, chain) VALUES (?,?,?,?,?,?,?,?,?,?)'
)
COLUMNS: Final = (
    'c.seq, c.tx, c.coll, c.id, c.rev, c.op, c.body, c.salt, c.digest, c.chain, t.at, t.actor, t.request'
    ' FROM change c JOIN tx t ON t.n = c.tx'
)


@dataclass(frozen=True, slots=True)
class Line:
    """A change as it lies on disk. `body` holds "-" (old values), "+" (new values) and what else the replay needs."""

    seq: int
    tx: int
    coll: str
    id: str
    rev: int
    op: str
    body: str | None
    salt: bytes | None
    digest: bytes
    chain: bytes
    at: str
    actor: str
    request: str

    @property
    def who(self) -> Who:
        return self.tx, self.at, self.actor, self.request

    @property
    def what(self) -> What:
        return self.coll, self.id, self.rev, self.op

    @property
    def removed(self) -> State:
        return self._part('-')

    @property
    def added(self) -> State:
        return self._part('+')

    def _part(self, key: str) -> State:
        state: State = decode(self.body).get(key, {}) if self.body else {}
        return state

    def change(self) -> Change:
        body = decode(self.body) if self.body else {}
        return Change(
            seq=self.seq,
            at=datetime.fromisoformat(self.at),
            actor=self.actor,
            request_id=self.request,
            reason=body.get('why', ''),
            coll=self.coll,
            id=self.id,
            rev=self.rev,
            op=self.op,
            changed=pairs(body.get('-', {}), body.get('+', {})),
            erased=self.body is None,
        )


class Chain:
    """The end of the chain, to which the writer adds."""

    def __init__(self, db: apsw.Connection) -> None:
        self.seq, self.chain = last(db)

    def add(self, tx: Who, what: What, body: dict[str, Any]) -> tuple[Any, ...]:
        """The next row for the table."""
        text = orjson.dumps(body)
        salt = os.urandom(16)
        digest = hashlib.sha256(salt + text).digest()
        self.seq += 1
        self.chain = link(self.chain, heading(self.seq, tx, what), digest)
        return (self.seq, tx[0], *what, text.decode(), salt, digest, self.chain)


def heading(seq: int, tx: Who, what: What) -> bytes:
    return orjson.dumps([seq, *tx, *what])


def link(before: bytes, head: bytes, digest: bytes) -> bytes:
    return hashlib.sha256(before + head + digest).digest()


def last(db: apsw.Connection) -> tuple[int, bytes]:
    """Number and chain of the newest change; (0, START) before the first."""
    row = db.execute('SELECT seq, chain FROM change ORDER BY seq DESC LIMIT 1').fetchone()
    return row or (0, START)


def chain_at(db: apsw.Connection, seq: int) -> bytes | None:
    """The chain after that change, None when there is no such change."""
    row = db.execute('SELECT chain FROM change WHERE seq = ?', (seq,)).fetchone()
    return START if seq == 0 else row and row[0]


def lines(
    db: apsw.Connection, condition: str, params: Sequence[Any] = (), *, newest_first: bool = False, limit: int = -1
) -> Iterator[Line]:
    order = 'DESC' if newest_first else 'ASC'
    for row in db.execute(f'SELECT {COLUMNS} WHERE {condition} ORDER BY c.seq {order} LIMIT ?', (*params, limit)):
        yield Line(*row)


def of_document(db: apsw.Connection, coll: str, id: str, after_rev: int = 0) -> list[Line]:
    return list(lines(db, 'c.coll = ? AND c.id = ? AND c.rev > ?', (coll, id, after_rev)))


def seq_at(db: apsw.Connection, when: int | datetime) -> int:
    """The number of the newest change made at or before that moment, by the clock of its time."""
    if isinstance(when, int):
        return when
    sql = "SELECT coalesce(max(seq), 0) FROM tx WHERE unixepoch(at, 'subsec') <= ?"
    row = db.execute(sql, (when.timestamp(),)).fetchone()
    assert row is not None
    return int(row[0])


def undo(state: State | None, newest_first: Sequence[Line]) -> State | None:
    """The state before these changes, given the state after them."""
    for line in newest_first:
        if line.op == 'insert':
            state = None
        elif line.op in ('update', take_out.OP) and state is not None:
            state = backward(state, line.removed, line.added)
        elif line.op == 'delete':
            state = line.removed if line.body is not None else None
    return state


def verify(db: apsw.Connection) -> list[tuple[int, str]]:
    """Every place where the chain does not hold: (seq, what)."""
    wrong: list[tuple[int, str]] = []
    left: dict[int, str] = {}
    vouched: dict[str, str] = {}
    before, expected = START, 1
    rows = db.execute(f'SELECT {COLUMNS} ORDER BY c.seq')
    for seq, tx, coll, id, rev, op, body, salt, digest, chain, at, actor, request in rows:
        if seq != expected:
            wrong.append((seq, f'gap: {expected} to {seq - 1}'))
        if body is not None and salt is None:
            left[seq] = reduced.fingerprint(body)
        elif body is not None and hashlib.sha256(salt + body.encode()).digest() != digest:
            wrong.append((seq, 'body'))
        if body is not None and op in (take_out.OP, 'erase'):
            vouched |= reduced.vouched_by(body)
        if link(before, heading(seq, (tx, at, actor, request), (coll, id, rev, op)), digest) != chain:
            wrong.append((seq, 'chain'))
        before, expected = chain, seq + 1
    wrong += [(seq, 'body') for seq, told in left.items() if vouched.get(str(seq)) != told]
    return sorted(wrong)
