"""What may be chosen in a field that points at something, and what stood in a checklist the time before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from tinydb import where

from apps.directory import Directory
from apps.operations.world import title_of
from apps.reading.lists import search_words
from apps.reading.seen import Seen
from apps.reading.shown import text_of
from forms.capability import Moment
from forms.definition import AppDefinition, columns_of
from forms.evaluation import NO_COLUMNS, Evaluation
from forms.field import Field
from forms.japanese.search_key import search_key
from storage import Doc
from storage.record import ARRIVAL

Option = dict[str, Any]
"""{'id', 'label', 'values': {field of the other app: value}} with the fields that the lookup shows or copies."""


Allowed = Callable[[str], bool]
"""Whether the record of that id may be chosen."""

_PIECE = 200


def records(seen: Seen, field: Any, text: str, allowed: Allowed, *, limit: int) -> list[Option]:
    """Records of the app a lookup points at that are found by `text`, in the order of their first title field."""
    found = (each for each in _found(seen, text) if allowed(each.doc_id))
    return [record_option(seen, field, each) for each in islice(found, limit)]


def allowed_by(definition: AppDefinition, path: str, given: Mapping[str, Any], moment: Moment) -> Allowed:
    """The lookup's own condition, with the values that stand in the form so far.

    path: of the lookup, 明細.列 for a column. Where the condition reads a value that is not given, every record is
    offered: the save judges it.
    """
    table, _, column = path.rpartition('.')
    condition = definition.formula(path, 'filter')
    if condition is None or not condition.reads <= {*given, column}:
        return lambda _: True
    evaluation = Evaluation.at(definition, moment)
    columns = columns_of(definition.fields[table]) if table else NO_COLUMNS
    return lambda record_id: evaluation.holds(path, 'filter', {**given, column: record_id}, columns)


def _found(seen: Seen, text: str) -> Iterator[Doc]:
    name, words = next(iter(seen.definition.record_title), ARRIVAL), search_words(text)
    sort = [(name, False)] if name and name not in seen.sight.veiled else [(ARRIVAL, True)]
    query = seen.condition(words)
    after: str | None = None
    while True:
        page = seen.store.find(seen.definition.name, query, text=words, sort=sort, limit=_PIECE, after=after)
        yield from page.docs
        after = page.after
        if after is None:
            return


def record_option(seen: Seen, field: Any, doc: Doc) -> Option:
    """values: what this person may read, for the fields of the form that copy them; the texts are for the eye."""
    definition, open_to_them = seen.definition, seen.sight.readable(doc)
    told = seen.sight.told(doc)
    texts = {
        name: text_of(definition, name, told, seen.world)
        for name in field.show_
        if name in definition.fields and told.get(name) is not None
    }
    values = {name: open_to_them.get(name) for name in field.sources}
    return {'id': doc.doc_id, 'label': title_of(definition, doc, seen.world), 'values': values, 'texts': texts}


def staff(directory: Directory, text: str, limit: int) -> list[Option]:
    """Accounts whose name or id contains `text`."""
    return _plain(directory.staff(), text, limit)


def sections(directory: Directory, text: str, limit: int) -> list[Option]:
    return _plain([(each, each) for each in directory.sections()], text, limit)


def previous(seen: Seen, field: Field, value: str, record: str) -> dict[str, Any]:
    """The rows of the newest other record with the same value: {'rows': {row: {column: value}}, 'date', 'record'}."""
    setting: Any = getattr(field, 'previous', None)
    nothing: dict[str, Any] = {'rows': {}, 'date': None, 'record': None}
    if setting is None or not value or {field.name, setting.same, setting.latest} & seen.sight.veiled:
        return nothing
    same, seen_ones = where(setting.same) == value, seen.condition()
    query = same if seen_ones is None else same & seen_ones
    found = seen.store.find(seen.definition.name, query, sort=[(setting.latest, True)], limit=2)
    earlier = [each for each in found.docs if each.doc_id != record]
    if not earlier:
        return nothing
    rows = {
        row['_row']: {name: cell for name, cell in row.items() if not name.startswith('_')}
        for row in earlier[0].get(field.name) or []
    }
    return {'rows': rows, 'date': earlier[0].get(setting.latest), 'record': earlier[0].doc_id}


def _plain(options: list[tuple[str, str]], text: str, limit: int) -> list[Option]:
    key = search_key(text)
    found = [(value, label) for value, label in options if key in search_key(label) or key in search_key(value)]
    return [{'id': value, 'label': label, 'values': {}} for value, label in found[:limit]]
