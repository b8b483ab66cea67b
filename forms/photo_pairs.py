"""Photos before and after: which fields make a pair, and which photo stands beside which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from forms.definition import columns_of
from forms.field import Field, Value

if TYPE_CHECKING:
    from forms.definition import AppDefinition

Photo = Mapping[str, Any]
"""{'blob', 'name', 'type', 'size'} and, when known, 'taken_at', 'width', 'height', 'redacted'."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The photos that stand side by side; one of them may not be taken yet."""

    before: Photo | None
    after: Photo | None


@dataclass(frozen=True, slots=True)
class PhotoPairs:
    """Two photo fields of which the second names the first (`pair_of`), with their photos in the order of the record.

    table, row: the subtable or checklist of which they are columns, and its row; '' for fields of their own.
    """

    before: Field
    after: Field
    pairs: tuple[Pair, ...]
    table: str = ''
    row: str = ''


def photo_pairs(definition: AppDefinition, values: Mapping[str, Value]) -> tuple[PhotoPairs, ...]:
    """Every two fields with at least one photo, in form order; rows of a table one by one.

    values: as they may be read: masked and hidden fields are left out before.
    """
    return tuple(_all(definition, values))


def pairing(fields: Mapping[str, Field]) -> tuple[tuple[Field, Field], ...]:
    """(before, after) of these fields, or of these columns."""
    found = ((fields.get(getattr(each, 'pair_of', '')), each) for each in fields.values())
    return tuple((before, after) for before, after in found if before is not None)


def side_by_side(before: Value, after: Value) -> tuple[Pair, ...]:
    """The first beside the first, the second beside the second."""
    return tuple(Pair(*each) for each in zip_longest(_photos(before), _photos(after)))


def _all(definition: AppDefinition, values: Mapping[str, Value]) -> Iterator[PhotoPairs]:
    fields = definition.fields
    for before, after in pairing(fields):
        if pairs := side_by_side(values.get(before.name), values.get(after.name)):
            yield PhotoPairs(before, after, pairs)
    for name, field in fields.items():
        rows = values.get(name) if columns_of(field) else None
        for before, after in pairing(columns_of(field)):
            for row in rows if isinstance(rows, list | tuple) else ():
                if pairs := side_by_side(row.get(before.name), row.get(after.name)):
                    yield PhotoPairs(before, after, pairs, name, str(row.get('_row', '')))


def _photos(value: Value) -> tuple[Photo, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()
