"""Painting boxes over a photo of a record, taking them away again, letting the original go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.operations.change import refuse_stale
from apps.operations.files import blobs_in, keep_files, own_place
from apps.operations.permitted import no_such_record, refuse_unpermitted
from apps.operations.save import Done, Task, keep_ruled
from apps.operations.world import FILES, title_of
from apps.outcome import Refused
from forms.capabilities.redaction import Redaction, redaction_of
from forms.definition import AppDefinition
from forms.field import Value
from forms.message import message
from storage.record import ANY

GONE = 'gone'
"""Key of an answer: blobs to be removed once it is certain, unless another record holds them."""

_NOT_HERE = 'この写真は、いまの記録にありません。画面を開き直してください。'


def permitted_redaction(definition: AppDefinition) -> Redaction:
    """Raises Refused where the definition does not let photos be painted over."""
    found = redaction_of(definition)
    if found is None:
        raise Refused('forbidden', detail=f'「{definition.title}」では、写真の塗りつぶしは使えません。')
    return found


def redact(
    task: Task, blob: str, painted: Mapping[str, Value] | None, if_rev: int, *, keep_original: bool
) -> dict[str, Any]:
    """Put the painted file in the place of the photo `blob`, wherever the record shows it.

    painted: {'blob', 'type', 'size'}; None when there is no file any more to paint on. keep_original: only where the
    definition names somebody who may see it.
    """
    redaction = _ready(task, if_rev)
    old = _photo(task, redaction, blob)
    if painted is None:
        raise Refused('not_found', detail=_NOT_HERE)
    kept = keep_original and bool(redaction.originals)
    if redaction.originals and not kept and (task.tx.get(FILES, blob) or {}).get('original'):
        _kept_original(task, redaction, blob)  # it would go with the photo that was painted from it
    done = _replaced(task, redaction, blob, {**old, **painted, 'redacted': True})
    _cover(task, blob)
    new = task.tx.get(FILES, str(painted['blob'])) or {}
    marks = {'redacted': True, 'original': blob if kept else ''}
    task.tx.put(FILES, {**new, **marks}, str(painted['blob']), ANY)
    return {**done.answer(), GONE: [] if kept else _let_go(task, blob)}


def reverse(task: Task, blob: str, if_rev: int) -> dict[str, Any]:
    """Show again what the photo `blob` was before its last boxes. Raises Refused when it was not kept."""
    redaction = _ready(task, if_rev)
    item = _photo(task, redaction, blob)
    original = _kept_original(task, redaction, blob)
    known = {name: original[name] for name in ('blob', 'type', 'size')}
    before = {**item, **known, 'redacted': original.get('redacted') is True}
    shown = {name: value for name, value in before.items() if value is not False}
    done = _replaced(task, redaction, blob, shown)
    places = [each for each in original.get('covered', ()) if each != own_place(task)]
    open_again = {name: value for name, value in original.items() if name != 'covered'}
    task.tx.put(FILES, {**open_again, **({'covered': places} if places else {})}, original['blob'], ANY)
    return {**done.answer(), GONE: []}


def let_go(task: Task, blob: str, if_rev: int) -> dict[str, Any]:
    """Remove for good what is under the boxes of the photo `blob`; the record shows the same as before."""
    redaction = _ready(task, if_rev)
    _photo(task, redaction, blob)
    original = _kept_original(task, redaction, blob)
    gone = _let_go(task, original['blob'])
    task.tx.put(FILES, {**(task.tx.get(FILES, blob) or {}), 'original': ''}, blob, ANY)
    doc = keep_ruled(task, {})
    return {**Done(doc, title_of(task.definition, doc, task.world)).answer(), GONE: gone}


def _ready(task: Task, if_rev: int) -> Redaction:
    refuse_unpermitted(task, 'change')
    refuse_stale(task, {}, if_rev)
    return permitted_redaction(task.definition)


def _photo(task: Task, redaction: Redaction, blob: str) -> dict[str, Any]:
    """The photo as the record names it. Raises Refused when this person may not change one of its fields."""
    names = _fields_with(task, blob)
    if not names:
        raise Refused('not_found', detail=_NOT_HERE)
    fields, locked = task.definition.fields, task.world.sight(task.definition).locked(task.old)
    if refused := [name for name in names if name in locked or not redaction.covers(fields[name])]:
        raise Refused('invalid', [message(name, 'not_yours', label=fields[name].title) for name in refused])
    return blobs_in(task.before or {})[blob]


def _kept_original(task: Task, redaction: Redaction, blob: str) -> Mapping[str, Any]:
    if not redaction.may_see_originals(task.moment):
        raise Refused('forbidden', detail='元の写真を扱う権限がありません。')
    known: Mapping[str, Any] = task.tx.get(FILES, blob) or {}
    original: Mapping[str, Any] | None = task.tx.get(FILES, known['original']) if known.get('original') else None
    if original is None:
        raise Refused('closed', detail='元の写真は残っていません。')
    return original


def _fields_with(task: Task, blob: str) -> list[str]:
    """Fields that this person reads and that name the photo, in a row or by themselves."""
    if task.old is None:
        raise no_such_record()
    readable = task.world.sight(task.definition).readable(task.old)
    known = (name for name in readable if name in task.definition.fields)
    return [name for name in known if blob in blobs_in({name: readable[name]})]


def _replaced(task: Task, redaction: Redaction, blob: str, item: Mapping[str, Value]) -> Done:
    before = task.before or {}
    changed = {name: _with(before[name], blob, item) for name in before if blob in blobs_in({name: before[name]})}
    doc = keep_ruled(task, changed)
    keep_files(task.tx, task.definition.name, doc.doc_id, changed, task.world)
    return Done(doc, title_of(task.definition, doc, task.world))


def _with(value: Value, blob: str, item: Mapping[str, Value]) -> Value:
    """The same photos and rows, with `item` in the place of the photo `blob`."""
    if isinstance(value, list):
        return [_with(each, blob, item) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get('blob') == blob:
        return dict(item)
    return {name: _with(each, blob, item) for name, each in value.items()}


def _cover(task: Task, blob: str) -> None:
    """From now on only a record that names it shows it, and those who may see originals look at it."""
    known = task.tx.get(FILES, blob)
    if known is not None:
        covered = dict.fromkeys((*known.get('covered', ()), own_place(task)))
        task.tx.put(FILES, {**known, 'covered': list(covered)}, blob, ANY)


def _let_go(task: Task, blob: str) -> list[str]:
    """The photo and whatever it was painted from leave the record; answers their blobs."""
    gone: list[str] = []
    while blob:
        known: Mapping[str, Any] = task.tx.get(FILES, blob) or {}
        task.tx.detach(task.definition.name, str(task.old.doc_id if task.old else ''), blob)
        gone.append(blob)
        blob = str(known.get('original') or '')
    return gone
