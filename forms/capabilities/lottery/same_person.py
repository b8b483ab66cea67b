"""Applications that may be one person's: told to people, who decide; never decided by the program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from forms.capability import Values
from forms.field import Field
from forms.japanese.search_key import search_key

if TYPE_CHECKING:
    from forms.definition import AppDefinition

ENOUGH: Final = 2
"""Kinds of signs that two applications must share: one alone is a family's telephone, or a common name."""

_KINDS = {'person_name': 'name', 'kana': 'name', 'phone': 'phone', 'email': 'mail', 'date': 'birthday'}
"""Field type -> what kind of sign it is; a name and its reading are one."""


Sign = tuple[str, str]
"""(name of a field, what its value is compared as)"""


@dataclass(frozen=True, slots=True)
class Double:
    """Two applications with the titles of the fields in which they agree. first: the one that came in first."""

    first: str
    second: str
    same: tuple[str, ...]

    @property
    def key(self) -> str:
        return f'{self.first}|{self.second}'


def doubles(definition: AppDefinition, records: Mapping[str, Values]) -> list[Double]:
    """Pairs that agree in at least two of name (or its reading), telephone, birthday and mail address.

    records: id -> values of those that take part, in the order in which they came. Names and readings agree whatever
    their width, kana, spaces or old forms of kanji; telephone numbers whatever their hyphens.
    """
    signs = {record_id: list(_signs(definition, values)) for record_id, values in records.items()}
    # Two signs at a time: a birthday alone is shared by hundreds, and their pairs are nobody's business.
    alike: dict[tuple[Sign, Sign], list[str]] = defaultdict(list)
    for record_id, own in signs.items():
        for one, other in combinations(own, ENOUGH):
            if _KINDS[definition.fields[one[0]].TYPE] != _KINDS[definition.fields[other[0]].TYPE]:
                alike[one, other].append(record_id)
    pairs = {pair for ids in alike.values() for pair in combinations(ids, 2)}
    order = {each: place for place, each in enumerate(records)}
    found = [Double(*pair, _shared(definition, *(signs[each] for each in pair))) for pair in pairs]
    return sorted(found, key=lambda each: (order[each.first], order[each.second]))


def _shared(definition: AppDefinition, first: list[Sign], second: list[Sign]) -> tuple[str, ...]:
    return tuple(definition.fields[name].title for name, sign in first if (name, sign) in second)


def _signs(definition: AppDefinition, values: Values) -> Iterator[Sign]:
    for field in definition.written_fields:
        value = values.get(field.name)
        if value is not None and (sign := _sign(field, value)):
            yield field.name, sign


def _sign(field: Field, value: object) -> str:
    """By what a person is told from others; '' for what tells nothing about who somebody is."""
    if field.TYPE in {'person_name', 'kana'}:
        return ''.join(search_key(str(value)).split())
    if field.TYPE == 'phone':
        return ''.join(each for each in search_key(str(value)) if each.isdecimal())
    if field.TYPE == 'email':
        return search_key(str(value))
    return str(value) if field.TYPE == 'date' and field.privacy else ''
