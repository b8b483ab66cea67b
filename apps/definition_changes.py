"""What is different between two versions of a definition, in names that a leader wrote, for the audit."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from forms.definition import AppDefinition, columns_of
from forms.field import Field

_LAID_OUT = frozenset({'sections', 'capabilities', 'name', 'version', 'source', 'withheld'})
"""Told in another way, or no part of what was written."""


def definition_changes(old: AppDefinition | None, new: AppDefinition) -> dict[str, list[str]]:
    """added, removed, changed: field paths; parts: top-level keys that differ. Only what there is; all that is new
    when nothing was published before."""
    before, after = _fields(old) if old is not None else {}, _fields(new)
    told = {
        'added': [path for path in after if path not in before],
        'removed': [path for path in before if path not in after],
        'changed': [path for path in after if path in before and after[path] != before[path]],
        'parts': _parts(old, new) if old is not None else [],
    }
    return {name: found for name, found in told.items() if found}


def _fields(definition: AppDefinition) -> dict[str, Field]:
    found = {name: each for name, each in definition.fields.items()}
    columns = {f'{name}.{column}': each for name, top in found.items() for column, each in columns_of(top).items()}
    return {**found, **columns}


def _parts(old: AppDefinition, new: AppDefinition) -> list[str]:
    """The keys whose content differs, the heads and order of the sections among them."""
    own = [each.name for each in fields(AppDefinition) if each.name not in _LAID_OUT and each.compare and each.repr]
    found = [name for name in own if getattr(old, name) != getattr(new, name)]
    if [(each.title, [one.name for one in each.fields]) for each in old.sections] != [
        (each.title, [one.name for one in each.fields]) for each in new.sections
    ]:
        found.append('sections')
    keys = dict.fromkeys([*old.capabilities, *new.capabilities])
    return [*found, *(key for key in keys if _plain(old.capabilities.get(key)) != _plain(new.capabilities.get(key)))]


def _plain(capability: Any) -> Any:
    """What a capability says: equal when it was written alike."""
    return repr(capability) if is_dataclass(capability) else capability
