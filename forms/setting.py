"""How a setting is written in YAML, told from the annotation of its dataclass field."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass
from datetime import date, datetime, time
from typing import Any, Union, get_args, get_origin, get_type_hints

from forms.choices import ChoiceList
from forms.field import Field, FormulaText

_SCALARS: dict[object, str] = {
    str: 'text',
    int: 'integer',
    float: 'number',
    bool: 'yes_no',
    FormulaText: 'formula',
    datetime: 'datetime',
    date: 'date',
    time: 'time',
    ChoiceList: 'choices',
    Field: 'field',
}


@dataclass(frozen=True, slots=True)
class Shape:
    """kind: text, integer, number, yes_no, formula, yes_no_or_formula, datetime, date, time, choices, field, any,
    list (of), pairs (text -> of) or settings (of the dataclass `cls`)."""

    kind: str
    of: Shape | None = None
    cls: type[Any] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """One permitted key. name: of the dataclass field; key: as written in YAML; words: the permitted ones, or ()."""

    name: str
    key: str
    shape: Shape
    label: str
    help: str
    words: tuple[str, ...]
    required: bool


def settings_of(cls: type[Any]) -> Mapping[str, Setting]:
    """The permitted keys of a field type, capability or part of one, by key, in the order of their declaration."""
    if cls not in _SETTINGS:
        _SETTINGS[cls] = types.MappingProxyType({each.key: each for each in _declared(cls)})
    return _SETTINGS[cls]


_SETTINGS: dict[type[Any], Mapping[str, Setting]] = {}


def _declared(cls: type[Any]) -> Iterator[Setting]:
    hints = get_type_hints(cls)
    declared = dataclasses.fields(cls)
    marked = [each for each in declared if 'label' in each.metadata]
    for each in marked or [each for each in declared if each.init]:
        yield Setting(
            name=each.name,
            key=each.name.rstrip('_'),
            shape=shape_of(hints[each.name]),
            label=each.metadata.get('label', each.name),
            help=each.metadata.get('help', ''),
            words=tuple(each.metadata.get('choices', ())),
            required=each.name == 'name' or (each.default is MISSING and each.default_factory is MISSING),
        )


def shape_of(annotation: object) -> Shape:
    """Raises TypeError for an annotation that no YAML could fill (a mistake of ours)."""
    if kind := _SCALARS.get(annotation):
        return Shape(kind)
    if annotation is Any or annotation is object:
        return Shape('any')
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return _either([each for each in inside if each is not types.NoneType])
    if origin in (tuple, list, Sequence):
        return Shape('list', shape_of(inside[0]))
    if origin in (dict, Mapping):
        return Shape('pairs', shape_of(inside[1]))
    if isinstance(annotation, type) and dataclasses.is_dataclass(annotation):
        return Shape('settings', cls=annotation)
    raise TypeError(f'no way to write {annotation!r} in YAML')


def _either(options: list[object]) -> Shape:
    if len(options) == 1:
        return shape_of(options[0])
    if FormulaText in options:
        return Shape('yes_no_or_formula' if bool in options else 'formula')
    several = [each for each in options if get_origin(each) is tuple]
    if several and str in options:
        return shape_of(several[0])
    return Shape('any')
