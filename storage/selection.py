"""Which documents are meant: collection, condition and search words as FROM and WHERE of one SQL statement."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import apsw
import orjson
from tinydb.queries import QueryLike

from storage.dialect import text_literal
from storage.query import plan

# Up to so many hits the index of trigrams leads; above, documents are read in the order asked for until a page is full.
RARE: Final = 1_000

BY_TRIGRAM: Final = (
    '(SELECT value AS n FROM json_each(?)'
    ' UNION ALL SELECT n FROM words WHERE n > (SELECT upto FROM indexed)) f'
    ' CROSS JOIN words w ON w.n = f.n CROSS JOIN doc d ON d.n = f.n'
)
BY_READING: Final = 'doc d CROSS JOIN words w ON w.n = d.n'


@dataclass(frozen=True, slots=True)
class Selection:
    """FROM and WHERE with parameters; `check` is asked of each document when SQL alone could not decide."""

    source: str
    condition: str
    params: tuple[Any, ...]
    check: Callable[[Any], bool] | None = None


def select(db: apsw.Connection, coll: str, where: QueryLike | None = None, text: str = '') -> Selection:
    """`text`: every word, separated by spaces, occurs somewhere in the document's search text."""
    found = plan(where)
    condition = f'd.coll = {text_literal(coll)}'
    if found.sql != '1':
        condition += f' AND {found.sql}'
    check = None if found.exact or where is None else where
    words = text.split()
    if not words:
        return Selection('doc d', condition, found.params, check)
    condition += ' AND instr(w.text, ?)' * len(words)
    match = ' '.join(trigrams(word) for word in words if len(word) > 2)
    hits = list(db.execute('SELECT rowid FROM fts WHERE fts MATCH ? LIMIT ?', (match, RARE + 1))) if match else []
    if match and len(hits) <= RARE:
        numbers = orjson.dumps([n for (n,) in hits]).decode()
        return Selection(BY_TRIGRAM, condition, (numbers, *found.params, *words), check)
    return Selection(BY_READING, condition, (*found.params, *words), check)


def trigrams(word: str) -> str:
    """The word as FTS5 tokens, all of which must occur; the order is left to instr()."""
    return ' '.join('"' + word[at : at + 3].replace('"', '""') + '"' for at in range(len(word) - 2))
