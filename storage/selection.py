"""Which documents are meant: collection, condition and search words as FROM and WHERE of one SQL statement."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import apsw
from tinydb.queries import QueryLike

from storage.dialect import text_literal
from storage.query import plan

# Up to so many hits the index of trigrams leads; above, documents are read in the order asked for until a page is full.
RARE: Final = 300
LAST: Final = chr(sys.maxunicode)

BY_TRIGRAM: Final = (
    '(SELECT DISTINCT value AS n FROM json_each(?)'
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
    if hits := next((hits for look in _looks(words) if (hits := _few(db, *look))), None):
        return Selection(BY_TRIGRAM, condition, (hits, *found.params, *words), check)
    return Selection(BY_READING, condition, (*found.params, *words), check)


def _looks(words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ways to ask the index: for the long words together, then for each short one, as the beginning of a trigram."""
    if match := ' '.join(trigrams(word) for word in words if len(word) > 2):
        yield 'SELECT rowid AS n FROM fts WHERE fts MATCH ?', (match,)
    for word in words:
        if len(word) <= 2:
            yield 'SELECT doc AS n FROM trigram WHERE term >= ? AND term < ?', (word, word + LAST)


def _few(db: apsw.Connection, sql: str, params: tuple[str, ...]) -> str | None:
    """Numbers of the documents found, as JSON; None when there are too many."""
    [(count, numbers)] = db.execute(f'SELECT count(*), json_group_array(n) FROM ({sql} LIMIT {RARE + 1})', params)
    return str(numbers) if int(count) <= RARE else None


def trigrams(word: str) -> str:
    """The word as FTS5 tokens, all of which must occur; the order is left to instr()."""
    return ' '.join('"' + word[at : at + 3].replace('"', '""') + '"' for at in range(len(word) - 2))
