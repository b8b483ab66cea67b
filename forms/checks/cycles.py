"""Calculations that need their own result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.definition import columns_of
from forms.draft import Draft
from forms.formula.formula import Formula


def check(draft: Draft, formulas: Mapping[tuple[str, str], Formula]) -> None:
    """Each circle is reported once, at the first of its calculations in the file."""
    reads = _reads(draft, formulas)
    told: set[frozenset[str]] = set()
    for start in reads:
        circle = _circle(start, reads)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            draft.note('D407', draft.field_place(start, 'calculation'), path=' → '.join((*circle, start)))


def _reads(draft: Draft, formulas: Mapping[tuple[str, str], Formula]) -> dict[str, tuple[str, ...]]:
    """Calculated path -> the calculated paths it reads. A table counts as all its calculated columns."""
    calculated = {path: formula.reads for (path, use), formula in formulas.items() if use == 'calculation'}
    return {
        path: tuple(found for name in sorted(names) for found in _meant(draft, path, name) if found in calculated)
        for path, names in calculated.items()
    }


def _meant(draft: Draft, path: str, name: str) -> Iterator[str]:
    table = path.rpartition('.')[0]
    fields = draft.definition.fields
    if table in fields and name in columns_of(fields[table]):
        yield f'{table}.{name}'
        return
    yield name
    if name in fields:
        yield from (f'{name}.{column}' for column in columns_of(fields[name]))


def _circle(start: str, reads: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from a calculation back to itself, or ()."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for name in reads[way[-1]]:
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
