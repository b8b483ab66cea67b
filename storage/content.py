"""The JSON text of a document: what may be stored, and the difference between two states."""

import math
from collections.abc import Mapping
from typing import Any

import orjson

type_names = 'text, numbers, true/false, null, lists and objects with text keys'

State = dict[str, Any]


def encode(value: Mapping[str, Any]) -> str:
    """JSON text of a document. TypeError for what JSON cannot hold, ValueError for NaN and infinity."""
    return stored(value)[0]


def stored(value: Mapping[str, Any]) -> tuple[str, State]:
    """The JSON text of a document and what will be read from it. Raises as `encode` does."""
    if not isinstance(value, Mapping):
        raise TypeError('a document is a mapping')
    plain = dict(value)
    try:
        text = orjson.dumps(plain)
    except TypeError:
        check(plain)
        raise
    state = decode(text)
    if state != plain:  # what comes back equal was written as it is; asking each value is for the rest, as tuples
        check(plain)
    return text.decode(), state


def decode(text: str | bytes) -> State:
    state: State = orjson.loads(text)
    return state


def check(value: object) -> None:
    """Raise when JSON would change or refuse the value (orjson writes NaN as null and a date as text)."""
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f'{value} is not a JSON number')
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f'key {key!r} is not text')
            check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            check(inner)
    else:
        raise TypeError(f'{type(value).__name__} cannot be stored; only {type_names} can')


def difference(old: State, new: State) -> tuple[State, State]:
    """(removed, added): the fields with their old values, the fields with their new ones."""
    removed = {name: value for name, value in old.items() if name not in new or not same(value, new[name])}
    added = {name: value for name, value in new.items() if name not in old or not same(old[name], value)}
    return removed, added


def same(one: object, other: object) -> bool:
    """Equal as JSON: in Python 1 equals True, on paper they differ."""
    if one != other:
        return False
    if isinstance(one, dict | list) or isinstance(one, bool) is not isinstance(other, bool):
        return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(other, option=orjson.OPT_SORT_KEYS)
    return True


def forward(state: State, removed: State, added: State) -> State:
    """The state after a change."""
    kept = {name: value for name, value in state.items() if name not in removed or name in added}
    return {**kept, **added}


def backward(state: State, removed: State, added: State) -> State:
    """The state before a change."""
    kept = {name: value for name, value in state.items() if name not in added or name in removed}
    return {**kept, **removed}


def pairs(removed: State, added: State) -> dict[str, tuple[Any, Any]]:
    """{field: (old, new)}, None for a missing side."""
    return {name: (removed.get(name), added.get(name)) for name in {**removed, **added}}
