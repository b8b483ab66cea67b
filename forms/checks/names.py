"""Names of fields: usable in formulas, each given once, none taken from the system or a capability."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from forms.definition import columns_of
from forms.draft import Draft
from forms.field import Field
from forms.problems import Place
from forms.yaml_text import Mapped, Scalar

WORDS_OF_FORMULAS = frozenset(
    (
        'true',
        'false',
        'not',
        'and',
        'or',
        'in',
        'exactin',
        'as',
        'old',
        'thisrecord',
        'currentuser',
        'currentdepartment',
        'value',
    )
)
"""Words that mean something in a formula, so that no field of that name could be read (in any case)."""


def check(draft: Draft) -> None:
    for path, node in draft.written:
        _spelling(draft, path, node)
    _given_twice(draft)
    _taken(draft)


def _spelling(draft: Draft, path: str, node: Mapped) -> None:
    written = node.get('name')
    if not isinstance(written, Scalar) or not written.text:
        return
    name = path.rpartition('.')[2]
    if name.startswith('_'):
        draft.note('D205', written.place, name=written.text)
    elif not unicodedata.normalize('NFKC', written.text).isidentifier():
        draft.note('D204', written.place, name=written.text, suggestion=_identifier(written.text))
    elif name.casefold() in WORDS_OF_FORMULAS:
        draft.note('D206', written.place, name=written.text, suggestion=f'{name}_1')


def _identifier(written: str) -> str:
    kept = re.sub(r'\W', '', unicodedata.normalize('NFKC', written))
    return kept if kept.isidentifier() else f'項目{kept}'


def _given_twice(draft: Draft) -> None:
    seen: dict[str, Mapped] = {}
    for path, node in draft.written:
        if path in seen and not path.endswith('.') and path:
            also = seen[path].get('name') or seen[path]
            draft.note('D202', (node.get('name') or node).place, also=also.place, name=path.rpartition('.')[2])
        seen.setdefault(path, node)


def _taken(draft: Draft) -> None:
    """A name that a companion field or a capability needs, and that is written, or needed by another one, as well."""
    makers: dict[str, str] = {}
    for path, owner, place in _made_by_others(draft):
        if path in draft.nodes:
            draft.note('D203', draft.field_place(path, 'name'), name=path.rpartition('.')[2], owner=owner)
        elif makers.setdefault(path, owner) != owner:
            draft.note('D203', place, name=path, owner=makers[path])


def _made_by_others(draft: Draft) -> Iterator[tuple[str, str, Place]]:
    """(path, who makes the field, where that is written)"""
    for each in draft.definition.written_fields:
        yield from _companions(draft, each, '')
        for column in getattr(each, 'columns', ()) if columns_of(each) else ():
            yield from _companions(draft, column, f'{each.name}.')
    for key, capability in draft.definition.capabilities.items():
        for added in capability.added_fields():
            yield added.name, f'{capability.TITLE}({key})', draft.place(key)


def _companions(draft: Draft, each: Field, prefix: str) -> Iterator[tuple[str, str, Place]]:
    for companion in each.companions():
        yield prefix + companion.name, f'項目「{each.name}」', draft.field_place(prefix + each.name)
