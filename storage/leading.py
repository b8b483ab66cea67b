"""Which index leads a statement: told to SQLite outright, whose statistics are fixed and know nothing of these rows.

A page takes the first of these that is there: an index in the order asked for, behind the only condition; an index over
a condition that leaves few documents; one that holds every field asked about, so that no body is read to filter, count
or sort.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import apsw
from tinydb.queries import QueryLike

from storage import summary
from storage.dialect import text_literal
from storage.found_texts import FoundTexts
from storage.query import Plan, plan
from storage.record import ARRIVAL
from storage.selection import BY_READING, Selection, select

FEW: Final = 1_000  # so many bodies are read and sorted in a few milliseconds

BY_NUMBER: Final = 'json_each(?) f CROSS JOIN doc d ON d.n = f.value'

T = TypeVar('T')
Fields = tuple[str, ...]
Kept = Mapping[Fields, str]
"""The indexes of one collection: their fields, and their names in the database."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a collection. `order`: fields to sort or group by. `all`: every match, and no page of them."""

    coll: str
    where: QueryLike | None
    text: str = ''
    order: Fields = ()
    all: bool = False


def through_index(
    db: apsw.Connection, asked: Asked, kept: Kept, texts: FoundTexts, read: Callable[[Selection], T]
) -> T:
    """What `read` makes of the documents, found by the best index there is."""
    chosen = select(db, asked.coll, asked.where, asked.text)
    if chosen.source == BY_READING and (few := _found_before(db, asked, texts)):
        return read(few)
    name = _best(db, asked, chosen, kept) if kept and chosen.source.startswith('doc d') else None
    if name is None:
        return read(chosen)
    try:
        return read(replace(chosen, source=chosen.source.replace('doc d', f'doc d INDEXED BY {name}', 1)))
    except apsw.SQLError:
        return read(chosen)  # the index went meanwhile: slower, never wrong


def count_through_index(db: apsw.Connection, asked: Asked, kept: Kept, texts: FoundTexts) -> int:
    """How many there are."""
    if asked.where is None and asked.text and select(db, asked.coll, None, asked.text).source == BY_READING:
        return texts.read(db, asked.coll, asked.text).number
    return through_index(db, asked, kept, texts, lambda chosen: summary.count(db, chosen))


def _found_before(db: apsw.Connection, asked: Asked, texts: FoundTexts) -> Selection | None:
    """The few documents that hold the words, when every text had to be read to know them."""
    all_read = asked.where is None and (asked.all or asked.order)
    found = texts.read(db, asked.coll, asked.text) if all_read else texts.kept(db, asked.coll, asked.text)
    if found is None or found.stored is None:
        return None
    chosen = select(db, asked.coll, asked.where)
    return replace(chosen, source=BY_NUMBER, params=(found.stored, *chosen.params))


def ordered(sort: Sequence[tuple[str, bool]]) -> Fields:
    """The fields of an order."""
    return tuple(name for name, _ in sort if name != ARRIVAL)


def _best(db: apsw.Connection, asked: Asked, chosen: Selection, kept: Kept) -> str | None:
    found = plan(asked.where)
    if found.sql == '1' and not asked.order:
        return None
    fields = (None if asked.all else _in_order(found, kept, asked.order)) or _by_few(db, asked.coll, found, kept)
    if fields is None and found.exact and chosen.source != BY_READING:
        fields = _holding(found, kept, asked.order)
    return kept[fields] if fields else None


def _in_order(found: Plan, kept: Kept, order: Fields) -> Fields | None:
    """Documents come in the order asked for, so that a page reads no more than it shows."""
    before: Fields = ()
    ranged = False
    if found.sql != '1':
        if len(led := _led(found)) != 1 or len(found.parts) > len(next(iter(led.values()))):
            return None
        [(name, parts)] = led.items()
        before, ranged = (name,), parts[0].led == '<'
    if ranged:  # what lies in a range of one field is in the order of that field
        if order[:1] != before:
            return None
        order = order[1:]
    fitting = [each for each in kept if each[: len(before)] == before]
    if not ranged:
        fitting = [each for each in fitting if _shared(each[len(before) :], order[:1])]
    return max(fitting, key=lambda each: (_shared(each[len(before) :], order), -len(each)), default=None)


def _by_few(db: apsw.Connection, coll: str, found: Plan, kept: Kept) -> Fields | None:
    """What is asked of one field alone leaves few; if possible by an index with another field asked about behind it."""
    for name, parts in _led(found).items():
        fitting = [each for each in kept if each[0] == name]
        if not fitting:
            continue
        fields = max(fitting, key=lambda each: (not found.reads.isdisjoint(each[1:2]), -len(each)))
        condition = ' AND '.join((f'd.coll = {text_literal(coll)}', *(each.sql for each in parts)))
        sql = f'SELECT 1 FROM doc d INDEXED BY {kept[fields]} WHERE {condition} LIMIT {FEW + 1}'
        params = tuple(value for each in parts for value in each.params)
        [(count,)] = db.execute(f'SELECT count(*) FROM ({sql})', params)
        if int(count) <= FEW:
            return fields
    return None


def _led(found: Plan) -> dict[str, list[Plan]]:
    """By field the conditions by which an index over it finds rows: one value, or else all that bound a range."""
    led: dict[str, list[Plan]] = {}
    for part in found.parts:
        if part.led:
            [name] = part.reads
            led.setdefault(name, []).append(part)
    same = {name: [each for each in parts if each.led == '='][:1] for name, parts in led.items()}
    return {name: same[name] or parts for name, parts in led.items()}


def _holding(found: Plan, kept: Kept, order: Fields) -> Fields | None:
    asked, led = {*found.reads, *order}, {name for part in found.parts if part.led for name in part.reads}
    fitting = [each for each in kept if asked <= {*each}]
    return max(fitting, key=lambda each: (_shared(each, order), each[0] in led, -len(each)), default=None)


def _shared(fields: Fields, order: Fields) -> int:
    """How many fields of the order the index gives."""
    pairs = zip(fields, order, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(fields), len(order)))
