"""The earlier records that may be about what somebody is typing, with why; only what this person may read counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from apps.operations.world import title_of
from apps.outcome import Refused
from apps.reading.same_reports import followed
from apps.reading.seen import Seen
from apps.reading.shown import text_of
from forms.capabilities.duplicates import KEY, Duplicates
from forms.capabilities.duplicates.distance import point_of
from forms.capabilities.duplicates.likely import Likely, likely
from forms.capability import Values
from forms.field import Value
from storage import Doc

MOST = 5
"""More are not compared by anybody who has a citizen on the phone."""

Json = dict[str, Any]


def likely_duplicates(seen: Seen, raw: Values, record_id: str = '') -> list[Json]:
    """[{'id', 'title', 'status', 'done', 'metres', 'point', 'reasons', 'texts'}], the likeliest first.

    raw: as typed so far; what cannot be read yet counts as blank, a blank day as today. record_id: the record that
    is being changed, which is none of them. Fields hidden or masked from this person on some record are not compared:
    a reason would tell what stands in them. Raises Refused 'not_found' where the app looks for no duplicates.
    """
    duplicates, whole, unread = duplicates_of(seen), seen.sight.definition, seen.sight.veiled
    if duplicates.date in unread:
        return []
    typed = _typed(seen, duplicates, raw)
    asked = duplicates.known(whole, record_id, typed, unread)
    assert asked.day is not None
    about_then = _about(duplicates, asked.day)
    theirs = seen.condition()
    workflow: Any = whole.capabilities.get('workflow')
    fields = (*duplicates.compared, *((workflow.field,) if workflow is not None else ()))
    query = about_then if theirs is None else about_then & theirs
    found = seen.store.find(whole.name, query, limit=None, fields=fields).docs
    others = (duplicates.known(whole, each.doc_id, each, unread) for each in found)
    best = likely(asked, others, duplicates.reach(asked.category))
    return list(islice(_one_of_each_group(seen, duplicates, best, record_id), MOST))


def duplicates_of(seen: Seen) -> Duplicates:
    """Raises Refused 'not_found'."""
    duplicates = seen.sight.definition.capabilities.get(KEY)
    if not isinstance(duplicates, Duplicates):
        raise Refused('not_found', detail='このアプリは、重複の候補を調べません。')
    return duplicates


def _typed(seen: Seen, duplicates: Duplicates, raw: Values) -> dict[str, Any]:
    fields = seen.definition.fields
    names = [name for name in duplicates.compared if name in raw and name in fields]
    typed = {name: fields[name].parse(raw[name], seen.world) for name in names}
    values = {name: each.value for name, each in typed.items() if not each.messages}
    return {**values, duplicates.date: values.get(duplicates.date) or _today(seen).isoformat()}


def _about(duplicates: Duplicates, day: date) -> QueryInstance:
    # Who wants no bound writes days: 1000000, and the calendar has two ends.
    first = date.fromordinal(max(1, day.toordinal() - duplicates.most_days))
    after_last = date.fromordinal(min(date.max.toordinal(), day.toordinal() + duplicates.most_days + 1))
    stored = where(duplicates.date)
    return (stored >= first.isoformat()) & (stored < after_last.isoformat())


def _today(seen: Seen) -> date:
    return seen.moment.now.date()


def _one_of_each_group(
    seen: Seen, duplicates: Duplicates, best: Iterable[Likely], record_id: str
) -> Iterator[Json]:
    """Of records that were merged only the original is told, for the sake of whichever of them is the likeliest."""
    told = {record_id}
    for each in best:
        doc = seen.store.get(seen.definition.name, each.id)
        head = followed(seen.store, seen.definition.name, doc) if doc is not None else None
        if head is not None and seen.sight.sees(head) and head.doc_id not in told:
            told.add(head.doc_id)
            yield _told(seen, duplicates, each, head)


def _told(seen: Seen, duplicates: Duplicates, one: Likely, doc: Doc) -> Json:
    definition, told = seen.definition, seen.sight.told(doc)
    workflow: Any = definition.capabilities.get('workflow')
    status = workflow.field if workflow is not None and workflow.field in definition.fields else ''
    return {
        'id': doc.doc_id,
        'title': title_of(definition, doc, seen.world),
        'status': text_of(definition, status, told, seen.world) if status else '',
        'done': bool(status) and told.get(status) in workflow.done,
        'metres': one.metres,
        'point': _point(told.get(duplicates.location)),
        'reasons': list(one.reasons),
        'texts': {
            name: text_of(definition, name, told, seen.world) for name in duplicates.text if name in definition.fields
        },
    }


def _point(value: Value) -> Json | None:
    """{'lat', 'lon'} as far as this person may read it."""
    point = point_of(value)
    return {'lat': point[0], 'lon': point[1]} if point is not None else None
