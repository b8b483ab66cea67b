"""Lines of the history that keep only a part of what they said: a later line of the chain vouches for what is left.

A line's own digest covers all that it said, so it proves nothing any more once a part is gone. Its salt is taken away,
which marks it as reduced, and the erasure's own line carries the hash of what was left.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, Final

import apsw
import orjson

from storage.content import decode

VOUCHES: Final = 'r'
"""Key in an erasure's line: number of a reduced line -> SHA-256 of its body."""

Body = dict[str, Any]


def reduce(db: apsw.Connection, seq: int, old: str, new: Body) -> dict[str, str]:
    """Write what is left of a line; returns what the erasure's line has to vouch for, nothing where all is left."""
    text = orjson.dumps(new).decode()
    if text == old:
        return {}
    db.execute('UPDATE change SET body = ?, salt = NULL WHERE seq = ?', (text, seq))
    return {str(seq): fingerprint(text)}


def fingerprint(text: str) -> str:
    """What is vouched for."""
    return hashlib.sha256(text.encode()).hexdigest()


def vouched_by(body: str) -> dict[str, str]:
    """What this line vouches for."""
    vouched: dict[str, str] = decode(body).get(VOUCHES, {})
    return vouched


def forget_claims(db: apsw.Connection, coll: str, id: str, is_gone: Callable[[str], bool]) -> dict[str, str]:
    """Take claims of a document out of the lines of its neighbours; returns what is to be vouched for.

    The last line of a transaction tells the claims of all of it, and may be another document's. is_gone: of a scope.
    """
    sql = (
        'SELECT c.seq, c.body FROM change c WHERE c.seq IN'
        ' (SELECT DISTINCT t.seq FROM change m JOIN tx t ON t.n = m.tx WHERE m.coll = ? AND m.id = ?)'
        " AND NOT (c.coll = ? AND c.id = ?) AND c.body LIKE '%\"claim\"%'"
    )
    vouched: dict[str, str] = {}
    for seq, text in list(db.execute(sql, (coll, id, coll, id))):
        body = decode(text)
        body['c'] = without_claims(body.get('c', ()), id, is_gone)
        vouched |= reduce(db, seq, text, body)
    return vouched


def without_claims(said: Iterable[list[str]], id: str, is_gone: Callable[[str], bool]) -> list[list[str]]:
    """What a line says of claims, without those of the document in the scopes that go."""
    return [each for each in said if not (each[0] == 'claim' and each[3] == id and is_gone(each[1]))]
