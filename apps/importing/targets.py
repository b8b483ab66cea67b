"""What a column may be taken in as: the fields of an app, and the parts of those that have several columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.excel.tables import RECORD_ID
from apps.importing.table import folded_header
from forms.choices import OTHER
from forms.definition import AppDefinition, columns_of
from forms.field import Field

RECORD = '_id'
"""Key of the target that is the record's own id, by which an exported record is found again."""

_FILES = ('photo', 'attachment')


@dataclass(frozen=True, slots=True)
class Target:
    """key: permanent name, as it stands in a mapping. field: which field it fills; part: which of its columns.

    part: '' for the whole value, id (staff, lookup), lat or lon (location), or a value of a multiple choice.
    closed: why nothing can be taken into it, '' when it can; it may serve as the key all the same. judged: closed, and
    what stands there must be what the record comes to anyhow (a status, which only an action changes).
    """

    key: str
    label: str
    spellings: tuple[str, ...]
    field: str = ''
    part: str = ''
    closed: str = ''
    judged: bool = False


def targets_of(definition: AppDefinition) -> dict[str, Target]:
    """By key, in form order; the record's id last."""
    found = [each for field in definition.fields.values() for each in _of_field(definition, field)]
    found.append(Target(RECORD, RECORD_ID, (RECORD_ID,), closed='記録を見分けるためだけに使います。'))
    return {each.key: each for each in found}


def known_headers(targets: Mapping[str, Target]) -> frozenset[str]:
    """Folded spellings of all targets."""
    return frozenset(folded_header(word) for each in targets.values() for word in each.spellings)


def _of_field(definition: AppDefinition, field: Field) -> Iterable[Target]:
    if columns_of(field) or field.TYPE == 'hidden' or (not field.INPUT and field.TYPE == 'note'):
        return
    name, title = field.name, field.title
    closed, judged = _closed(definition, field), _is_status(definition, field)
    yield Target(name, title, (name, title), name, closed=closed, judged=judged)
    if field.TYPE in ('staff', 'lookup'):
        yield Target(f'{name}_ID', f'{title}(ID)', (f'{name}_ID', f'{title}ID'), name, 'id', _closed(definition, field))
    if field.TYPE == 'location':
        for part, word in (('lat', '緯度'), ('lon', '経度')):
            yield Target(f'{name}_{word}', f'{title}({word})', (f'{name}_{word}', f'{title}_{word}', word), name, part)
    if field.TYPE == 'select_multiple':
        for choice in field.choices:  # type: ignore[attr-defined]
            own = field.column_of(choice)  # type: ignore[attr-defined]
            short = () if field.other and choice.value == OTHER else (f'{title}_{choice.title}', choice.title)  # type: ignore[attr-defined]
            words = (own, f'{title}／{choice.title}', *short)
            yield Target(own, f'{title}: {choice.title}', words, name, choice.value)


def _closed(definition: AppDefinition, field: Field) -> str:
    """Why a column cannot be taken into this field whatever stands in it, or ''."""
    if field.retired:
        return '使用を終えた項目です。'
    if field.calculation or not field.INPUT:
        return '自動で計算される項目です。'
    if field.TYPE in _FILES:
        return '写真やファイルは、Excelからは取り込めません。'
    if field.readonly is True or field.name not in _written(definition):
        return '自動で決まる項目です。'
    return ''


def _is_status(definition: AppDefinition, field: Field) -> bool:
    workflow: Any = definition.capabilities.get('workflow')
    return workflow is not None and field.name == workflow.field


def _written(definition: AppDefinition) -> set[str]:
    return {each.name for top in definition.written_fields for each in (top, *top.companions())}
