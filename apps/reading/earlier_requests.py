"""What a caller has told before: the records with the same telephone number, those that are still open first."""

from __future__ import annotations

from typing import Any

from apps.addresses import record_address
from apps.outcome import Refused
from apps.reading.lists import search_words
from apps.reading.narrowing import main_date
from apps.reading.seen import Seen
from apps.reading.shown import text_of
from forms.capabilities.call import KEY, Call
from forms.field import Masked
from forms.japanese.phone import PhoneProblem, clean
from storage import Doc
from storage.record import ARRIVAL

MOST = 8
"""More are not read by anybody who has a caller on the line; how many there are is told."""
_LOOKED_AT = 200

Json = dict[str, Any]


def earlier_requests(seen: Seen, number: str) -> tuple[list[Json], int]:
    """([{'id', 'title', 'day', 'status', 'done', 'texts', 'values', 'again', 'url'}], how many there are).

    number: as typed; nothing is found before it is a whole telephone number. values: those that may be taken over.
    again: how often the caller has rung about it since, None where that is not counted. Who may not read the number of
    some record finds that record by nothing. Raises Refused 'not_found' where the app takes no calls.
    """
    call = call_of(seen)
    digits = digits_of(number)
    if not digits or call.number in seen.sight.veiled or call.number not in seen.definition.fields:
        return [], 0
    words = search_words(digits)
    query = seen.condition(words)
    found = seen.store.find(
        seen.definition.name, query, text=words, sort=[(ARRIVAL, True)], limit=_LOOKED_AT
    ).docs
    theirs = [each for each in found if digits_of(str(each.get(call.number) or '')) == digits]
    told = [_told(seen, call, each) for each in sorted(theirs, key=lambda each: _rank(seen, each), reverse=True)[:MOST]]
    return told, len(theirs)


def call_of(seen: Seen) -> Call:
    """Raises Refused 'not_found'."""
    call = seen.sight.definition.capabilities.get(KEY)
    if not isinstance(call, Call):
        raise Refused('not_found', detail='このアプリには、電話受付の画面がありません。')
    return call


def digits_of(number: str) -> str:
    """'０９０ー0000ー0001' -> '09000000001'; '' for what is no whole telephone number."""
    try:
        return clean(number).digits
    except PhoneProblem:
        return ''


def _rank(seen: Seen, doc: Doc) -> tuple[bool, str]:
    workflow: Any = seen.sight.definition.capabilities.get('workflow')
    is_open = workflow is None or doc.get(workflow.field) not in workflow.done
    return is_open, str(doc.get(main_date(seen.sight.definition) or '_created_at') or '')


def _told(seen: Seen, call: Call, doc: Doc) -> Json:
    definition = seen.definition
    day, workflow = main_date(definition) or '_created_at', definition.capabilities.get('workflow')
    status = str(getattr(workflow, 'field', ''))
    names = [name for name in call.shows or definition.record_title if name in definition.fields]
    row = seen.row(doc, names)
    told = seen.world.told(definition, doc)
    return {
        'id': row.id,
        'title': row.title,
        'day': text_of(definition, day, told, seen.world),
        'status': text_of(definition, status, told, seen.world) if status in definition.fields else '',
        'done': bool(status) and told.get(status) in getattr(workflow, 'done', ()),
        'texts': {definition.fields[name].title: text for name, text in row.cells.items() if text},
        'values': {name: told[name] for name in call.takes_over if _may_be_taken(seen, name, told.get(name))},
        'again': (told.get(call.again) or 0) if call.again in definition.fields else None,
        'url': record_address(definition.name, row.id),
    }


def _may_be_taken(seen: Seen, name: str, value: object) -> bool:
    field = seen.definition.fields.get(name)
    hidden = value is None or isinstance(value, Masked)
    return field is not None and not hidden and not seen.world.masks_field(field)
