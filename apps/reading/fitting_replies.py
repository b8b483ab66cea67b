"""The texts that fit what somebody is writing, filled in with what stands in the form and in the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from apps.outcome import Refused
from apps.reading.seen import Seen
from forms.capabilities.replies import KEY, Replies, Reply
from forms.capability import Values
from storage import Doc


def fitting_replies(seen: Seen, raw: Values, record: Doc | None, action: str = '') -> Sequence[Reply]:
    """The best fit first. raw: as typed so far, over the record; what cannot be read yet stays as it was stored.

    Raises Refused 'not_found' where the app has no texts. No text tells a field that this person may not read.
    """
    definition = seen.sight.definition
    replies = definition.capabilities.get(KEY)
    if not isinstance(replies, Replies):
        raise Refused('not_found', detail='このアプリには、文例がありません。')
    unread = seen.sight.hidden(record) | seen.sight.masked(record)
    values: dict[str, Any] = {**(record or {}), **_typed(seen, raw, unread)}
    moment = replace(seen.moment, around=seen.world)
    return replies.fitting(definition, values, moment, action=action, unread=unread)


def _typed(seen: Seen, raw: Values, unread: frozenset[str]) -> dict[str, Any]:
    fields = seen.definition.fields
    read = {name: fields[name].parse(value, seen.world) for name, value in raw.items() if name in fields}
    return {name: each.value for name, each in read.items() if not each.messages and name not in unread}
