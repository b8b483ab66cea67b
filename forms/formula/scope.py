"""Which names a formula may use, and the nearest right name for a wrong one."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forms.formula.value_type import ANY, Kind, ValueType, as_type, record, table


@dataclass(frozen=True)
class Scope:
    """The fields of a record (name -> type or bare kind) and what helps with wrong names.

    retired: names that exist but are no longer in use. labels: label -> name, so that a label written instead of a
    name is understood. tables: name -> scope of the rows, for subtables and checklists. birth_dates: date fields that
    hold a birth date.
    """

    fields: Mapping[str, ValueType | Kind] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    tables: 'Mapping[str, Scope]' = field(default_factory=dict)
    birth_dates: frozenset[str] = frozenset()

    def type_of(self, name: str) -> ValueType | None:
        if name in self.tables:
            return table({column: self.tables[name].type_of(column) or ANY for column in self.tables[name].names()})
        known = self.fields.get(name)
        return None if known is None else as_type(known)

    def names(self) -> list[str]:
        return [*self.fields, *(name for name in self.tables if name not in self.fields)]

    def name_for(self, written: str) -> str:
        """The field's name when its label was written, else what was written."""
        return written if self.type_of(written) is not None else self.labels.get(written, written)

    def as_record(self) -> ValueType:
        return record({name: self.type_of(name) or ANY for name in self.names()})


def nearest(written: str, names: Iterable[str]) -> str:
    """A sentence that offers the nearest right name, or the first names there are."""
    known = list(dict.fromkeys(names))
    folded = {name.lower(): name for name in reversed(known)}
    close = difflib.get_close_matches(written.lower(), list(folded), n=1, cutoff=0.5)
    if close:
        return f'「{folded[close[0]]}」ではありませんか。'
    if known:
        return f'使える名前: {"、".join(known[:8])}{" など" if len(known) > 8 else ""}'
    return 'この式では項目を使えません。'
