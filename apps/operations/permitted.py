"""Whether a record may be touched and a field written: asked inside each operation, so that all paths refuse alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from apps.outcome import Refused
from apps.people import DEEDS, SYSTEM, is_outside
from forms.field import Masked, Value
from forms.message import Message, message

if TYPE_CHECKING:
    from apps.operations.save import Task
    from apps.sight import Sight
    from forms.capability import Offer
    from forms.definition import AppDefinition


def no_such_record() -> Refused:
    """The same for a record that is gone, that never was, and that this person may not see."""
    return Refused('not_found', detail='このレコードはありません。削除されたのかもしれません。')


def forbidden(definition: AppDefinition, deed: str) -> Refused:
    return Refused('forbidden', detail=f'「{definition.title}」で{DEEDS[deed]}権限がありません。')


def refuse_unpermitted(task: Task, deed: str) -> None:
    """Raise Refused when this person may not do `deed` with the record of the task, or may not know of it."""
    if task.by is SYSTEM or is_outside(task.by) or task.old is None:
        return
    sight = task.world.sight(task.definition)
    if not sight.sees(task.old):
        raise no_such_record()
    if not sight.may_on(deed, task.old):
        raise forbidden(task.definition, deed)


def split(task: Task, raw: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Value]]:
    """What this person may write, and what they sent for fields that they may not."""
    locked = task.world.sight(task.definition).locked(task.old)
    sent = {name: value for name, value in raw.items() if name in locked}
    return {name: value for name, value in raw.items() if name not in sent}, sent


def refusals(task: Task, sent: Mapping[str, Value], kept: Mapping[str, Value]) -> tuple[Message, ...]:
    """One for each locked field that would become another value. kept: the record without what was sent for them.

    A field that may not be read is refused whatever is sent, except its own mask: the answer must not tell whether
    somebody has guessed right.
    """
    sight = task.world.sight(task.definition)
    return tuple(_refusal(task, name) for name, value in sent.items() if not _same(task, sight, name, value, kept))


def _same(task: Task, sight: Sight, name: str, value: Value, kept: Mapping[str, Value]) -> bool:
    if name in sight.readonly(task.old):
        parsed = task.definition.fields[name].parse(value, task.world)
        return not parsed.messages and parsed.value == kept.get(name)
    if name in sight.masked(task.old) and task.old is not None:
        shown = sight.told(task.old).get(name)
        return isinstance(shown, Masked) and str(shown) == value
    return False


def _refusal(task: Task, name: str) -> Message:
    return message(name, 'not_yours', label=task.definition.fields[name].title)


def without_locked(offer: Offer, locked: frozenset[str]) -> Offer:
    """An action without the questions that this person may not answer; closed when it cannot do without."""
    if not locked.intersection(offer.asks):
        return offer
    needed = locked.intersection(offer.needs)
    closed = offer.closed or ('この操作に必要な項目を、あなたの権限では入力できません。' if needed else '')
    asks = tuple(name for name in offer.asks if name not in locked)
    return replace(offer, asks=asks, needs=tuple(name for name in offer.needs if name not in locked), closed=closed)
