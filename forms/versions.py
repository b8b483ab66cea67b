"""Published names: a field or choice that people have used never vanishes and never becomes something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict

from forms.definition import AppDefinition, columns_of
from forms.field import Field
from forms.problems import NOWHERE, Place, Problem, nearest, problem


class PublishedField(TypedDict):
    """type: the field type's word. choices: every value that could ever be chosen, in the order they appeared."""

    type: str
    choices: list[str]


Names = Mapping[str, PublishedField]
"""Field path (移動履歴.移動日) -> what was published under it; plain JSON, kept by the caller."""

_MAY_BECOME = frozenset(
    (
        ('text', 'textarea'),
        ('textarea', 'text'),
        ('text', 'place'),
        ('place', 'text'),
        ('integer', 'decimal'),
        ('integer', 'money'),
        ('date', 'partial_date'),
    )
)
"""(old type, new type) where every value stored under the old one is also a value of the new one."""


def names_of(definition: AppDefinition) -> dict[str, PublishedField]:
    """The names that publishing this definition makes permanent. Notes hold nothing and are free."""
    return {
        path: {'type': each.TYPE, 'choices': [choice.value for choice in getattr(each, 'choices', ())]}
        for path, each in _fields(definition)
    }


def published(before: Names, definition: AppDefinition) -> dict[str, PublishedField]:
    """The names after publishing: nothing is ever forgotten, so that no name is used for a second thing."""
    kept = dict(before)
    for path, each in names_of(definition).items():
        old = kept[path]['choices'] if path in kept else []
        added = [value for value in each['choices'] if value not in old]
        kept[path] = {'type': each['type'], 'choices': [*old, *added]}
    return kept


def compare(before: Names, new: AppDefinition) -> tuple[Problem, ...]:
    """What `new` would take away from or change under published names. Empty when it may be published."""
    return tuple(_differences(before, names_of(new), new))


def _differences(before: Names, after: Names, new: AppDefinition) -> Iterator[Problem]:
    fresh = [path for path in after if path not in before]
    for path, old in before.items():
        if path not in after:
            if path.rpartition('.')[0] in after or '.' not in path:
                yield problem('D901', _place(new, path), name=path, rename=_renamed(path, fresh))
        elif old['type'] != after[path]['type'] and (old['type'], after[path]['type']) not in _MAY_BECOME:
            yield problem('D903', _place(new, path), name=path, old=old['type'], new=after[path]['type'])
        else:
            values = after[path]['choices']
            added = [value for value in values if value not in old['choices']]
            for value in old['choices']:
                if values and value not in values:
                    renamed = _renamed(value, added)
                    yield problem('D902', _place(new, path), value=value, name=path, rename=renamed)


def _renamed(gone: str, fresh: list[str]) -> str:
    """The second way out; a new name like the old one, or the only new name, was probably meant as a new label."""
    meant = nearest(gone, fresh) or (fresh[0] if len(fresh) == 1 else '')
    return f'「{meant}」の名前を「{gone}」に戻して label: {meant} と' if meant else '前の版のとおりに元へ戻'


def _place(new: AppDefinition, path: str) -> Place:
    table = path.rpartition('.')[0]
    return new.places.get(path) or new.places.get(table) or (Place(new.source, 1) if new.source else NOWHERE)


def _fields(definition: AppDefinition) -> Iterator[tuple[str, Field]]:
    for name, each in definition.fields.items():
        if each.TYPE != 'note':
            yield name, each
            yield from ((f'{name}.{column}', found) for column, found in columns_of(each).items())
