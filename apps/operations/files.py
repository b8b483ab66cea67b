"""Uploaded files: received before the record that names them, and remembered with the apps that do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from apps.operations.world import FILES, World
from apps.outcome import Refused
from apps.people import Person
from apps.received_files import HEAD_BYTES, IMAGES, is_what_it_seems, recognise, safe_name, with_ending
from apps.received_photos import Photo, drawn_anew
from forms.capabilities.redaction import redaction_of
from forms.field import Value
from storage import Store, Tx
from storage.record import ANY

if TYPE_CHECKING:
    from apps.operations.hall import Hall
    from apps.operations.save import Task
    from apps.sight import Sight

_MAY_HOLD_FILES = (dict, list, tuple)


@dataclass(frozen=True, slots=True)
class Received:
    """An uploaded file, as records name it. type: recognised from its content. taken_at: when a camera says so."""

    blob: str
    name: str
    type: str
    size: int
    taken_at: str = ''

    def told(self) -> dict[str, Any]:
        taken = {'taken_at': self.taken_at} if self.taken_at else {}
        return {'blob': self.blob, 'name': self.name, 'type': self.type, 'size': self.size, **taken}


def receive(store: Store, content: BinaryIO, name: str, size: int, by: Person) -> Received:
    """Write a file durably, before any record names it; of a photo only the picture. Raises Refused for other kinds."""
    kind = recognise(content.read(HEAD_BYTES), name)
    if kind is None or not is_what_it_seems(content, kind):
        raise Refused('unsupported', detail='写真、PDF、Word、Excel、テキストのファイルを選んでください。')
    content.seek(0)
    kept = drawn_anew(content, kind) if kind in IMAGES else Photo(content, size, kind)
    called = with_ending(safe_name(name), kept.type)
    received = Received(store.blobs.save(kept.content), called, kept.type, kept.size, kept.taken_at)
    store.scratch.put(f'file/{received.blob}', {**received.told(), 'by': by.account})
    return received


def received_by(store: Store, values: Any, by: Person) -> dict[str, Any]:
    """The files named in raw values that this person uploaded a while ago and that no record names yet."""
    found = {}
    for digest in _digests(values):
        kept = store.scratch.get(f'file/{digest}')
        if kept is not None and kept['by'] == by.account:
            found[digest] = {name: kept[name] for name in ('blob', 'name', 'type', 'size')}
    return found


def blobs_in(values: Mapping[str, Value]) -> dict[str, dict[str, Any]]:
    """Digest -> file for every photo and attachment in the values of a record, rows included."""
    return {each['blob']: each for each in _files(values)}


def keep_files(tx: Tx, app: str, record_id: str, values: Mapping[str, Value], world: World) -> None:
    """Tie the record's files to it, and remember in which apps they may be seen."""
    for digest, each in blobs_in(values).items():
        tx.attach(app, record_id, digest)
        kept = tx.get(FILES, digest)
        apps = list(kept['apps']) if kept is not None else []
        if app not in apps:
            known = kept or {name: each[name] for name in ('blob', 'name', 'type', 'size')}
            tx.put(FILES, {**known, 'apps': [*apps, app]}, digest, ANY)


def shown_outside(store: Store, photos: Value) -> list[dict[str, Any]]:
    """The photos of a field that people outside may see: none over which boxes were painted in another record."""
    found = ((each, store.get(FILES, each['blob'])) for each in _files(photos))
    return [each for each, kept in found if kept is not None and not kept.get('covered')]


def own_place(task: Task) -> str:
    """The record of a task as the list of files names it."""
    return f'{task.definition.name}/{task.old.doc_id if task.old is not None else ""}'


def file_for(store: Store, hall: Hall, digest: str, by: Person) -> dict[str, Any] | None:
    """{'blob', 'name', 'type', 'size'} of a file this person may see, else None.

    'covered' is there too when it is a photo that shows painted over by now: the records, as «app/id».
    """
    if own := received_by(store, [{'blob': digest}], by):
        return own[digest]
    kept = store.get(FILES, digest)
    return kept if kept is not None and _may_see(store, hall, kept, by) else None


def _may_see(store: Store, hall: Hall, kept: Mapping[str, Any], by: Person) -> bool:
    """Of whom anything is withheld in an app, it is a record they see, in a field they see, that must name the file.

    So it is for everybody with a photo over which boxes are painted somewhere, but for those who may see originals;
    whoever is not of the office does not see it at all.
    """
    apps = (hall.catalogue.find(app) for app in kept['apps'])
    sights = {each.name: hall.sight(each, by) for each in apps if each is not None and hall.sees(each, by)}
    covered = kept.get('covered') or ()
    if not covered and any(not each.withholds for each in sights.values()):
        return True
    if any(_sees_original(store, hall, sights, place, by) for place in covered):
        return True
    if covered and 'contractor' in by.roles:
        return False
    for app, record_id in store.attached_to(kept['blob']):
        record = store.get(app, record_id) if app in sights else None
        if record is not None and sights[app].sees(record) and kept['blob'] in blobs_in(sights[app].readable(record)):
            return True
    return False


def _sees_original(store: Store, hall: Hall, sights: Mapping[str, Sight], place: str, by: Person) -> bool:
    app, _, record_id = place.partition('/')
    redaction, record = redaction_of(hall.catalogue.find(app)), store.get(app, record_id)
    if redaction is None or record is None or app not in sights or not sights[app].sees(record):
        return False
    return redaction.may_see_originals(by.moment(hall.clock.now()))


def _files(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, Mapping):
        if isinstance(value.get('blob'), str):
            yield dict(value)
            return
        value = [each for each in value.values() if isinstance(each, _MAY_HOLD_FILES)]
    if isinstance(value, list | tuple):
        for each in value:
            yield from _files(each)


def _digests(values: Any) -> list[str]:
    return [each['blob'] for each in _files(values)]
