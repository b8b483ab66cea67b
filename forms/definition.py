"""The loaded, checked, unchangeable content of one definition file: an app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from forms.capability import Capability
from forms.field import Field, FormulaText, Value
from forms.formula import Formula
from forms.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled group of fields, in form order. columns: 1 or 2 on wide screens."""

    title: str = ''
    help: str = ''
    columns: int = 1
    relevant: FormulaText | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """What must happen when `field` changes: a row is added to a subtable, fields are cleared, the same is offered.

    add_row: name of the subtable that must gain a row; prefill: column -> formula over the new values, `Old.<field>` is the value before.
    offer_same: field by whose equal value other records are offered the same change (the same household).
    not_first: the rule holds only when there was a value before.
    """

    field: str
    not_first: bool = False
    add_row: str = ''
    prefill: Mapping[str, FormulaText] = field(default_factory=dict)
    clear: tuple[str, ...] = ()
    offer_same: str = ''
    message: str = ''


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTest:
    """A sample submission inside the definition and the messages it must give: field path -> code, or nothing."""

    title: str
    values: Mapping[str, Value]
    messages: Mapping[str, str] = field(default_factory=dict)
    calculated: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppDefinition:
    """One app. `name` is the file's stem: its id, its address and its collection."""

    name: str
    title: str
    description: str = ''
    icon: str = ''
    group: str = ''
    owner: str = ''
    record_title: tuple[str, ...] = ()
    fiscal_start: int = 4
    closing_days: str = ''
    sections: tuple[Section, ...]
    views: tuple[View, ...] = ()
    on_change: tuple[ChangeRule, ...] = ()
    capabilities: Mapping[str, Capability] = field(default_factory=dict)
    tests: tuple[SampleTest, ...] = ()
    formulas: Mapping[tuple[str, str], Formula] = field(default_factory=dict)
    version: str = ''
    source: str = ''

    @property
    def fields(self) -> Mapping[str, Field]:
        """Every top-level field by name in form order: written ones, their companions, then those of capabilities."""
        found: dict[str, Field] = {}
        for section in self.sections:
            for each in section.fields:
                found[each.name] = each
                found.update({companion.name: companion for companion in each.companions()})
        for added in self.capabilities.values():
            found.update({each.name: each for each in added.added_fields() if each.name not in found})
        return MappingProxyType(found)

    def formula(self, path: str, use: str) -> Formula | None:
        """The compiled formula of a field (or subtable column 移動履歴.移動日) for one use: relevant, required, calculation ..."""
        return self.formulas.get((path, use))
