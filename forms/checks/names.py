"""Names of fields: usable in formulas, each given once, none taken from the system or a capability."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from forms.definition import columns_of
from forms.draft import Draft
from forms.field import Field
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
    """A written name that a companion field or a capability needs for itself."""
    for path, owner in _made_by_others(draft):
        if path in draft.nodes:
            draft.note('D203', draft.field_place(path, 'name'), name=path.rpartition('.')[2], owner=owner)


def _made_by_others(draft: Draft) -> Iterator[tuple[str, str]]:
    for each in draft.definition.written_fields:
        yield from _companions(each, '')
        for column in getattr(each, 'columns', ()) if columns_of(each) else ():
            yield from _companions(column, f'{each.name}.')
    for capability in draft.definition.capabilities.values():
        for added in capability.added_fields():
            yield added.name, f'{capability.TITLE}({capability.KEY})'


def _companions(each: Field, prefix: str) -> Iterator[tuple[str, str]]:
    for companion in each.companions():
        yield prefix + companion.name, f'項目「{each.name}」'
