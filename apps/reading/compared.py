"""Two records side by side: every field that either of them has, and how far apart they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.reading.shown import Shown
from forms.capabilities.duplicates import KEY, Duplicates
from forms.capabilities.duplicates.distance import metres
from forms.definition import AppDefinition
from forms.field import Field, Masked

_NOT_SHOWN = {'note', 'hidden'}


@dataclass(frozen=True, slots=True)
class Compared:
    """field: of which one line tells. same: both say the same, and nobody goes by it to tell duplicates."""

    field: Field
    same: bool


def compared(definition: AppDefinition, one: Shown, other: Shown) -> list[Compared]:
    """Of the fields in the order of the form, those that at least one of the two has a value for."""
    duplicates: Any = definition.capabilities.get(KEY)
    words = duplicates.text if duplicates is not None else ()

    def same(name: str) -> bool:
        return one.values.get(name) == other.values.get(name) and one.texts.get(name) == other.texts.get(name)

    return [
        Compared(field, same(name) and name not in words)
        for name, field in definition.fields.items()
        if field.TYPE not in _NOT_SHOWN and (name in one.texts or name in other.texts)
    ]


def apart(definition: AppDefinition, one: Shown, other: Shown) -> list[str]:
    """What tells how far apart they are, in words: '32 m', '3日ちがい', '同じ種別'; only from what may be read."""
    duplicates = definition.capabilities.get(KEY)
    if not isinstance(duplicates, Duplicates):
        return []
    first, second = (duplicates.known(definition, each.id, _readable(each.values)) for each in (one, other))
    told = []
    if first.point and second.point:
        told.append(f'{metres(first.point, second.point):,.0f} m はなれています')
    else:
        told.append('どちらかの位置が分からないので、距離は分かりません')
    if first.day and second.day:
        days = abs((first.day - second.day).days)
        told.append(f'{days}日ちがい' if days else '同じ日')
    if first.category and first.category == second.category:
        told.append(f'どちらも「{definition.fields[duplicates.category].show(first.category)}」')
    return told


def _readable(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not isinstance(value, Masked)}
