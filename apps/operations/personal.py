"""Taking personal data out of records whose time is over, and out of everything that was kept about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from tinydb import where

from apps.audit import AUDIT
from apps.operations.files import blobs_in
from apps.operations.from_citizens import ME_TOO
from apps.operations.hall import Hall
from apps.operations.save import claims_of, search_text
from apps.operations.world import FILES
from apps.outbox.notice import OUTBOX
from apps.people import SYSTEM
from apps.transactions import told
from forms.capabilities.retention import Retention
from forms.capability import Moment
from storage import ANY, Store, Tx
from storage.take_out import Gone, deleted

if TYPE_CHECKING:
    from forms.definition import AppDefinition

ERASED: Final = '_erased'
"""In a record whose personal data was taken out: {'at': moment, 'list': id of the list}."""

TEXTS: Final = frozenset(('to', 'addressee', 'postal', 'address', 'subject', 'body', 'why'))
"""What a notice says and to whom; that it was sent, when and how stays, so that nobody sends it again."""

LOSES: Final = {OUTBOX: TEXTS, ME_TOO: frozenset(('visitors',))}
"""Collections of the house that lose a part of what they keep about a record; of the others all of it goes."""

KEPT_ABOUT: Final = frozenset((AUDIT, FILES))
"""Collections of the house that may name a record and hold nothing personal of it."""


@dataclass(slots=True)
class Taken:
    """What one transaction did. orphans: files that nobody names any more."""

    records: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    def told(self) -> dict[str, list[str]]:
        """As the store takes it."""
        return {'records': self.records, 'left': self.left, 'orphans': self.orphans}


def retention_of(definition: AppDefinition | None) -> Retention | None:
    """The app's rule, None when it has none."""
    found = definition.capabilities.get('retention') if definition is not None else None
    return found if isinstance(found, Retention) else None


def take_out_personal(  # noqa: PLR0913 - what, of which, told where
    tx: Tx,
    hall: Hall,
    definition: AppDefinition,
    wanted: Iterable[str],
    *,
    mark: Mapping[str, str],
    places: Iterable[str],
) -> Taken:
    """Take it out of these records as far as their time is over now as well.

    mark: what is kept as ERASED. places: the collections of the store.
    """
    retention, taken = retention_of(definition), Taken()
    assert retention is not None
    world = hall.world(tx, SYSTEM).whole()
    moment = replace(SYSTEM.moment(hall.clock.now()), around=world)
    for record_id in wanted:
        doc = tx.get(definition.name, record_id)
        if doc is not None and not retention.is_over(definition, told(doc), moment):
            taken.left.append(record_id)  # it was opened again since the list was made
            continue
        values = told(doc) if doc is not None else {}
        gone = gone_of(definition, retention, values, mark if doc is not None else {})
        gone = replace(gone, blobs=_originals(tx, values))
        search = search_text(definition, gone.left_of(values), world) if doc is not None else None
        tx.take_out(definition.name, record_id, gone, taken.orphans, search=search)
        taken.records.append(record_id)
    _forget_about(tx, definition.name, taken, [each for each in places if each.startswith('_')])
    for digest in taken.orphans:
        tx.erase(FILES, digest, [])
    return taken


def gone_of(
    definition: AppDefinition, retention: Retention, values: Mapping[str, Any], mark: Mapping[str, str]
) -> Gone:
    """What leaves a record with these values; a value of which there may be only one becomes free."""
    # What stands beside coordinates in words may name whose house it is.
    fields = frozenset((*retention.gone(definition), *(f'{name}.place' for name in retention.coarse)))
    app = definition.name
    rest = Gone(fields=fields).left_of(values)
    held = {(each.scope, each.value) for each in claims_of(definition, rest)}
    freed = {each.scope for each in claims_of(definition, values) if (each.scope, each.value) not in held}
    unique = {name for name, each in definition.fields.items() if each.unique and name in fields}
    return Gone(
        fields=fields,
        coarse=dict(retention.coarse),
        scopes=frozenset(f'{app}/{scope}' for scope in freed | unique),
        marks={ERASED: dict(mark)} if mark else {},
    )


def over(
    store: Store, hall: Hall, definition: AppDefinition, moment: Moment
) -> Iterable[tuple[str, Mapping[str, Any], str]]:
    """(id, values, last day) of every record whose time is over, deleted ones last. Blocking: reads the whole app."""
    retention = retention_of(definition)
    if retention is None:
        return
    gone = Gone(fields=frozenset(retention.gone(definition)))
    for doc in store.find(definition.name, limit=None).docs:
        values = told(doc)
        if ERASED in doc and gone.left_of(values) == values:
            continue
        day = retention.last_day(definition, values, moment)
        if day is not None and day < moment.now.date():
            yield doc.doc_id, values, day.isoformat()
    with store.reading() as db:
        removed = list(deleted(db, definition.name))
    for record_id, state in removed:
        day = retention.last_day(definition, told(state), moment, removed=True)
        if day is not None and day < moment.now.date():
            yield record_id, told(state), day.isoformat()


def _originals(tx: Tx, values: Mapping[str, Any]) -> frozenset[str]:
    """What lies under the boxes of its photos: that goes, also where the photos themselves stay."""
    found: set[str] = set()
    waiting = list(blobs_in(values))
    while waiting:
        digest = waiting.pop()
        if original := str((tx.get(FILES, digest) or {}).get('original') or ''):
            tx.patch(FILES, digest, {'original': ''}, ANY)
            found.add(original)
            waiting.append(original)
    return frozenset(found)


def _forget_about(tx: Tx, app: str, taken: Taken, places: Iterable[str]) -> None:
    """What the house keeps about the records goes, or a part of it."""
    about = (where('app') == app) & where('record').one_of(taken.records)
    for place in places:
        if place in KEPT_ABOUT:
            continue
        for doc in tx.find(place, about, limit=None, fields=('app',)).docs:
            if place in LOSES:
                tx.take_out(place, doc.doc_id, Gone(fields=LOSES[place], marks={ERASED: True}), taken.orphans)
            else:
                tx.erase(place, doc.doc_id, taken.orphans)
