"""The rules of a draw from a file of their own: a whole app, or its `lottery:` part with nothing around it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from forms.capabilities.lottery.entries_file import NUMBER
from forms.choice_files import decoded
from forms.definition import AppDefinition
from forms.loader import load_text
from forms.problems import Place, Problem, problem
from forms.yaml_text import plain, read_yaml

Written = Mapping[str, Any]

Seen = Callable[[str], Iterable[str]]
"""Column of the applications -> the values in it."""

OTHERS = 'その他'
"""Stands for those whom no rule favours, when the applications hold nobody of that kind."""


def read_rules(content: bytes, file: str, seen: Seen = lambda column: ()) -> AppDefinition | tuple[Problem, ...]:
    """An app with a lottery, or every mistake with its line in the file.

    seen: where the rules stand alone, what the applications say of those whom no rule favours.
    """
    text = decoded(content)
    if text is None:
        return (problem('D001', Place(file, 1)),)
    root, problems = read_yaml(text, file)
    if root is None:
        return tuple(problems)
    node = root.get('lottery')
    if node is None:
        return (problem('D103', root.place, key='lottery', where=file),)
    if root.get('sections') is not None:
        return load_text(text, 'rules', file=file)
    written = plain(node)
    # What is added stands below the rules, so that every line keeps its number.
    around = _around(written if isinstance(written, dict) else {}, seen)
    found = load_text(f'{text.rstrip()}\n{around}\n', 'rules', file=file)
    if isinstance(found, AppDefinition):
        return found
    last = text.rstrip().count('\n') + 1
    return tuple(each if each.place.line <= last else replace(each, place=node.place) for each in found)


def _around(lottery: Written, seen: Seen) -> str:
    """The fields that the rules name, as an app would have them: YAML, written as JSON."""
    fields = [{'name': name, **settings} for name, settings in _fields(lottery, seen).items() if name]
    title = json.dumps('抽選', ensure_ascii=False)
    return f'title: {title}\nsections: {json.dumps([{"title": "申込み", "fields": fields}], ensure_ascii=False)}'


def _fields(lottery: Written, seen: Seen) -> dict[str, dict[str, Any]]:
    """Field name -> its settings; a field that two rules name takes the values of both."""
    sessions = [each for each in _list(lottery.get('sessions')) if isinstance(each, dict)]
    fields: dict[str, dict[str, Any]] = {str(lottery.get('number') or NUMBER): {'type': 'text'}}
    for name in _list(lottery.get('one_win')):
        fields[str(name)] = {'type': 'text'}
    for number, name in enumerate(_list(lottery.get('choices'))):
        choices = [str(each.get('name')) for each in sessions]
        fields[str(name)] = {'type': 'select_one', 'choices': choices, 'required': str(number == 0).lower()}
    most = max((_number(each.get('capacity')) for each in sessions), default=1)
    fields[str(lottery.get('size', ''))] = {'type': 'integer', 'min': '1', 'max': str(most), 'required': 'true'}
    for name, values in _values(lottery, seen).items():
        fields[name] = {'type': 'select_one', 'choices': values, 'required': 'true'}
    if losses := _part(lottery, 'odds').get('losses'):
        fields[str(losses)] = {'type': 'integer', 'min': '0'}
    return fields


def _values(lottery: Written, seen: Seen) -> dict[str, list[str]]:
    """Field -> its choices: all that an order of tiers names; else what is favoured, and what the applications say."""
    named: dict[str, list[str]] = {}
    for key, setting in (('set_aside', 'values'), ('odds', 'tickets')):
        part = _part(lottery, key)
        if name := str(part.get('field', '')):
            named.setdefault(name, []).extend(str(each) for each in _list(part.get(setting)))
    found = {name: list(dict.fromkeys((*values, *filter(None, seen(name))))) for name, values in named.items()}
    found = {name: [*values, *([OTHERS] if values == named[name] else [])] for name, values in found.items()}
    tiers = _part(lottery, 'tiers')
    return {**found, str(tiers.get('field', '')): [str(each) for each in _list(tiers.get('order'))]}


def _part(lottery: Written, key: str) -> Written:
    part = lottery.get(key)
    return part if isinstance(part, dict) else {}


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, (list, dict)) else [value] if value else []


def _number(written: object) -> int:
    return int(written) if isinstance(written, str) and written.isdecimal() else 0
