"""What is told of the records of a jurisdiction, and which of them a query asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from apps.clock import TOKYO
from apps.operations.files import shown_outside
from apps.public.open311.answers import Wrong
from apps.public.open311.jurisdiction import Told, iso
from apps.reading.same_reports import as_told_outside
from apps.transactions import told as without_marks
from forms.capabilities.duplicates import KEY as DUPLICATES
from forms.capabilities.duplicates.ties import FOLLOWERS, ORIGINAL, Ties
from forms.capabilities.open311 import number_field
from forms.fields.datetime import stored_moment
from storage import Doc, where
from storage.record import ARRIVAL

if TYPE_CHECKING:
    from tinydb.queries import QueryInstance

    from apps.context import AppContext

MOST: Final = 1000
"""Requests in one answer, as the standard says."""
SPAN: Final = timedelta(days=90)
_MOST_IDS: Final = 100
_STATUSES: Final = frozenset(('open', 'closed'))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that makes sense. ids: when given, nothing else counts. codes, statuses: empty for all of them."""

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    statuses: frozenset[str] = frozenset()
    start: datetime | None = None
    end: datetime | None = None
    page: int = 1
    size: int = MOST


def asked(query: Mapping[str, str], now: datetime) -> Asked:
    """The query of GET requests; what is blank counts as not given. Raises Wrong."""
    ids, codes, statuses = (_listed(query.get(key, '')) for key in ('service_request_id', 'service_code', 'status'))
    if len(ids) > _MOST_IDS:
        raise Wrong(400, f'service_request_id: at most {_MOST_IDS}')
    if unknown := [each for each in statuses if each not in _STATUSES]:
        raise Wrong(400, f'status {unknown[0]} is not open or closed')
    page, size = _whole(query, 'page', 1), min(_whole(query, 'page_size', MOST), MOST)
    start, end = _moment(query, 'start_date'), _moment(query, 'end_date')
    if start and end and end < start:
        raise Wrong(400, 'end_date is before start_date')
    if start and end and end - start > SPAN:
        raise Wrong(400, f'start_date and end_date span more than {SPAN.days} days')
    if start is None:
        start = (end or now) - SPAN
    elif end is None:
        end = start + SPAN
    return Asked(ids, codes, frozenset(statuses), start, end, page, size)


def found(context: AppContext, apps: list[Told], given: Asked) -> list[tuple[Told, Doc]]:
    """Newest first. A page behind the last one is empty. Raises Wrong for an unknown service_code."""
    if given.ids:
        each_found = (numbered(context, apps, each) for each in given.ids)
        return [each for each in each_found if each is not None]
    known = {code for app in apps for code in app.services}
    if unknown := [each for each in given.codes if each not in known]:
        raise Wrong(404, f'service_code {unknown[0]} was not found')
    until = given.page * given.size
    docs = [(app, doc) for app in apps for doc in _of_app(context, app, given, until)]
    docs.sort(key=lambda each: _requested(*each), reverse=True)
    page = docs[until - given.size : until]
    return [(app, as_told_outside(context.store, app.definition, doc)) for app, doc in page]


def numbered(context: AppContext, apps: list[Told], number: str) -> tuple[Told, Doc] | None:
    """The record of a receipt number."""
    for app in apps:
        docs = context.store.find(app.app, where(number_field(app.definition)) == number, limit=1).docs
        if docs:
            return app, as_told_outside(context.store, app.definition, docs[0])
    return None


def told(app: Told, doc: Doc, base: str) -> dict[str, Any]:
    """A request as everybody may read it. base: the endpoint's address, under which the photo is."""
    values, open311 = without_marks(doc), app.open311
    status = values.get(app.statuses.field)
    choice = app.services.get(app.code_of(values.get(open311.service)))
    place = values.get(open311.location) if open311.location else None
    number = str(values.get(number_field(app.definition)))
    is_released = open311.is_released(app.definition, values, app.moment)
    words = values if is_released else {}
    return {
        'service_request_id': number,
        'status': 'closed' if status in open311.closed_statuses(app.definition) else 'open',
        'status_notes': open311.notes.get(str(status)) or _note_of_follower(app, doc),
        'service_name': choice.title if choice is not None else str(values.get(open311.service) or ''),
        'service_code': app.code_of(values.get(open311.service)),
        'description': words.get(open311.description),
        'agency_responsible': app.definition.owner or None,
        'service_notice': None,
        'requested_datetime': iso(_requested(app, doc)),
        'updated_datetime': iso(datetime.fromisoformat(doc['_changed_at']).astimezone(TOKYO)),
        'expected_datetime': None,
        'address': words.get(open311.address),
        'address_id': None,
        'zipcode': None,
        'lat': place['lat'] if place else None,
        'long': place['lon'] if place else None,
        'media_url': _media_address(app, number, base) if words.get(open311.photos) else None,
    }


def _note_of_follower(app: Told, doc: Doc) -> str | None:
    """What the definition says of the status of duplicates, where it says nothing of the original's."""
    duplicates: Any = app.definition.capabilities.get(DUPLICATES)
    follows = duplicates is not None and bool(Ties.of(doc).original)
    return app.open311.notes.get(duplicates.status) if follows else None


def photo(context: AppContext, apps: list[Told], number: str) -> Mapping[str, Any] | None:
    """{'blob', 'type', ...} of the photo that may be seen of a request."""
    record = numbered(context, apps, number)
    if record is None:
        return None
    app, doc = record
    photos = shown_outside(context.store, doc.get(app.open311.photos)) if app.open311.photos else None
    is_released = app.open311.is_released(app.definition, without_marks(doc), app.moment)
    return dict(photos[0]) if photos and is_released else None


def _media_address(app: Told, number: str, base: str) -> str:
    return f'{base}/media/{quote(number, safe="")}?{urlencode({"jurisdiction_id": app.open311.jurisdiction})}'


def _of_app(context: AppContext, app: Told, given: Asked, most: int) -> Iterable[Doc]:
    open311, services = app.open311, app.services
    dated = open311.requested or '_created_at'
    conditions: list[QueryInstance] = [where(number_field(app.definition)) != None]  # noqa: E711 - a query
    conditions += list(_within(dated, given, by_day=_is_day(app)))
    if given.codes:
        values = [services[each].value for each in given.codes if each in services]
        conditions.append(where(open311.service).one_of(values))
    if len(given.statuses) == 1:
        is_closed = 'closed' in given.statuses
        closed = open311.closed_statuses(app.definition)
        names = [each.name for each in app.statuses.statuses if (each.name in closed) is is_closed]
        followers = where(ORIGINAL).one_of(_open_originals(context, app, closed))
        own = where(app.statuses.field).one_of(names)
        conditions.append(own & ~followers if is_closed else own | followers)
    order = ((dated, True), (ARRIVAL, True))
    return context.store.find(app.app, reduce(and_, conditions), sort=order, limit=most).docs


def _open_originals(context: AppContext, app: Told, closed: frozenset[str]) -> list[str]:
    """What is merged is told as open as long as what it was merged into."""
    still_open = [each.name for each in app.statuses.statuses if each.name not in closed]
    query = where(app.statuses.field).one_of(still_open) & where(FOLLOWERS).exists()
    return [each.doc_id for each in context.store.find(app.app, query, limit=None, fields=()).docs]


def _within(dated: str, given: Asked, *, by_day: bool) -> Iterable[QueryInstance]:
    """A day counts from its midnight, as it is told."""
    write: Callable[[datetime], str] = (lambda at: at.date().isoformat()) if by_day else iso
    if given.start is not None:
        start = given.start.astimezone(TOKYO)
        is_later = by_day and start.time() > time()
        yield where(dated) >= write(start + timedelta(days=1) if is_later else start)
    if given.end is not None:
        yield where(dated) <= write(given.end.astimezone(TOKYO))


def _requested(app: Told, doc: Doc) -> datetime:
    """When a request was made: by its field, else when it was registered."""
    if app.open311.requested and (value := doc.get(app.open311.requested)):
        if _is_day(app):
            return datetime.combine(date.fromisoformat(value), time(), TOKYO)
        if moment := stored_moment(value):
            return moment
    return datetime.fromisoformat(doc['_created_at']).astimezone(TOKYO)


def _is_day(app: Told) -> bool:
    name = app.open311.requested
    return bool(name) and app.definition.fields[name].TYPE == 'date'


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in text.split(',') if each.strip()))


def _whole(query: Mapping[str, str], key: str, usual: int) -> int:
    text = query.get(key, '').strip() or str(usual)
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise Wrong(400, f'{key} is not a number from 1 on')
    return int(text)


def _moment(query: Mapping[str, str], key: str) -> datetime | None:
    """A moment in W3C form; without a zone it is meant as on the clock in Japan."""
    # A + that was not escaped arrives as a blank.
    text = query.get(key, '').strip().replace(' ', '+')
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(TOKYO) if moment.tzinfo else moment.replace(tzinfo=TOKYO)
    except (ValueError, OverflowError) as error:
        raise Wrong(400, f'{key} is not a date like 2026-11-20T09:00:00+09:00') from error
