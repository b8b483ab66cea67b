"""The order in which the fields of a definition are settled, and what their rules read: worked out once for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from forms.definition import columns_of

if TYPE_CHECKING:
    from forms.definition import AppDefinition
    from forms.evaluation import Fields
    from forms.field import Field

DEFINITIONS: Final = 200
"""So many keep their order in memory; a city has some dozens of apps, each now and then in a new version."""

BEFORE_VALUE: Final = ('relevant', 'readonly', 'default', 'calculation')
"""Rules that are asked before a field has its value."""

AFTER_VALUE: Final = ('required', 'forbidden', 'choice_filter', 'filter', 'constraint')
"""Rules that judge the value."""


@dataclass(frozen=True, slots=True)
class SettlingOrder:
    """Of the top-level fields, or of the columns of one subtable.

    fields: of the record or the row, in form order. names: the same, every field after those that its rules read; of
    fields whose rules read each other in a circle the first on the form comes last. reads: (field, use) -> the fields
    that this formula reads. sources: field -> lookups that copy into it. section_rules: field -> path of the condition
    of its section. rows: subtable or checklist -> the order of its columns. leading: fields from which the value of
    another one may follow. plain: fields whose value nothing decides but what was sent or was there.
    """

    fields: Fields
    names: tuple[str, ...]
    reads: Mapping[tuple[str, str], frozenset[str]]
    sources: Mapping[str, tuple[str, ...]]
    section_rules: Mapping[str, str]
    rows: Mapping[str, SettlingOrder]
    leading: frozenset[str]
    plain: frozenset[str]


def order_of(definition: AppDefinition) -> SettlingOrder:
    """The same object for the same definition."""
    return _order_of(_Same(definition))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A definition as a key: it holds mappings, which have no hash, and is never changed, so it is only itself."""

    definition: AppDefinition

    def __hash__(self) -> int:
        return id(self.definition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.definition is self.definition


@lru_cache(maxsize=DEFINITIONS)
def _order_of(same: _Same) -> SettlingOrder:
    definition = same.definition
    section_rules = {
        each.name: f'sections.{index}'
        for index, section in enumerate(definition.sections)
        if section.relevant
        for written in section.fields
        for each in (written, *written.companions())
    }
    return _order(definition, definition.fields, '', section_rules)


def _order(definition: AppDefinition, fields: Fields, key: str, section_rules: Mapping[str, str]) -> SettlingOrder:
    """key: prefix of formula paths (移動履歴.)."""
    reads = {
        (name, use): _reads(definition, key + name, use)
        for name, each in fields.items()
        for use in (*BEFORE_VALUE, *AFTER_VALUE)
        if isinstance(getattr(each, use, None), str)
    }
    sources: dict[str, tuple[str, ...]] = {}
    for name, each in fields.items():
        for target in getattr(each, 'copy', ()):
            sources[target] = (*sources.get(target, ()), name)
    rows = {
        name: _order(definition, columns, f'{key}{name}.', {})
        for name, each in fields.items()
        if (columns := columns_of(each))
    }
    needs = {name: set(sources.get(name, ())) for name in fields}
    for (name, use), read in reads.items():
        if use in BEFORE_VALUE:
            needs[name] |= read
    for name, order in rows.items():
        needs[name] |= {one for (_, use), read in order.reads.items() if use in BEFORE_VALUE for one in read}
    for name, rule in section_rules.items():
        needs[name] |= _reads(definition, rule, 'relevant')
    leading = frozenset(one for each in needs.values() for one in each)
    ruled = {*sources, *section_rules, *rows}
    plain = frozenset(name for name, each in fields.items() if name not in ruled and not _has_rule_of_value(each))
    return SettlingOrder(fields, _sorted(needs), reads, sources, section_rules, rows, leading, plain)


def _has_rule_of_value(field: Field) -> bool:
    return field.retired or any(getattr(field, use) for use in BEFORE_VALUE)


def _reads(definition: AppDefinition, path: str, use: str) -> frozenset[str]:
    """Raises KeyError when the definition holds no such formula: our mistake, the loader compiles them all."""
    found = definition.formula(path, use)
    if found is None:
        raise KeyError((path, use))
    return found.reads


def _sorted(needs: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The names so that each comes after what it needs, else as they stand."""
    found: dict[str, None] = {}
    begun: set[str] = set()

    def settle(name: str) -> None:
        if name in begun:
            return
        begun.add(name)
        for each in needs:
            if each in needs[name]:
                settle(each)
        found[name] = None

    for name in needs:
        settle(name)
    return tuple(found)
