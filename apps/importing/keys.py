"""Finding the record that a row means: by its id, or by fields that tell records apart, however they are spelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from apps.importing.rows import Row
from apps.importing.targets import RECORD
from apps.operations.world import World
from forms.definition import AppDefinition
from forms.japanese.search_key import search_key
from forms.message import Message, message
from storage import Doc

Key = tuple[str, ...]


class Keys:
    """names: fields that together tell records apart, or RECORD alone. records: all that this person may see."""

    def __init__(
        self, definition: AppDefinition, names: Sequence[str], records: Iterable[Doc], world: World
    ) -> None:
        self._definition = definition
        self._names = names
        self._world = world
        self._ids: dict[Key, list[str]] = {}
        for each in records if names else ():
            self._ids.setdefault(self._of_record(each), []).append(each.doc_id)
        self._seen: dict[Key, int] = {}

    def find(self, row: Row) -> str:
        """The id of the record that the row changes, '' for a new one; what is wrong goes to the row."""
        if not self._names:
            return ''
        key = self._of_row(row)
        if key is None:
            return ''
        name, shown = self._names[0], ' '.join(row.keys[each] for each in self._names)
        label = self._label(name)
        if key in self._seen:
            row.wrong.append(message(name, 'key_twice', label=label, value=shown, row=self._seen[key] + 1))
            return ''
        self._seen[key] = row.number
        found = self._ids.get(key, [])
        if len(found) > 1:
            row.wrong.append(message(name, 'key_of_several', label=label, value=shown, count=len(found)))
        elif not found and name == RECORD:
            row.wrong.append(message(name, 'no_such_record', label=label, value=shown))
        return found[0] if len(found) == 1 else ''

    def _of_record(self, doc: Doc) -> Key:
        if self._names[0] == RECORD:
            return (doc.doc_id,)
        fields = self._definition.fields
        return tuple(search_key(fields[name].show(doc.get(name), self._world)) for name in self._names)

    def _of_row(self, row: Row) -> Key | None:
        """None, and a message, when the row does not say which record it means."""
        parts = [self._folded(row, name) for name in self._names]
        if all(parts):
            return tuple(parts)
        empty = next(name for name, part in zip(self._names, parts, strict=True) if not part)
        row.wrong.append(message(empty, 'key_blank', label=self._label(empty)))
        return None

    def _folded(self, row: Row, name: str) -> str:
        """The written key as the record's would be: 令和6年1月23日 is the same day as 2024-01-23."""
        if name == RECORD:
            return row.record
        field = self._definition.fields[name]
        parsed = field.parse(row.raw.get(name, row.keys.get(name)), self._world)
        return search_key(field.show(parsed.value, self._world) if parsed.value is not None else row.keys.get(name, ''))

    def _label(self, name: str) -> str:
        return 'レコードID' if name == RECORD else self._definition.fields[name].title


def claimed_twice(claims: Iterable[tuple[int, Sequence[tuple[str, str, Message]]]]) -> Mapping[int, list[Message]]:
    """Row -> refusals, for what an earlier row of the same file claims already. claims: (row, its claims)."""
    holder: dict[tuple[str, str], int] = {}
    found: dict[int, list[Message]] = {}
    for number, each in claims:
        for scope, value, refusal in each:
            if (first := holder.setdefault((scope, value), number)) != number:
                label = refusal.text.rstrip('。')
                found.setdefault(number, []).append(
                    message(refusal.path, 'claimed_in_file', label=label, row=first + 1)
                )
    return found
