"""What cannot be right in a queue: items without a section, sections twice, fields of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue
    from forms.definition import AppDefinition


def contradictions(queue: Queue, definition: AppDefinition) -> Iterable[Problem]:
    """Every mistake at once."""
    yield from _wrong_field(definition, queue.items, ('items',), ('select_multiple', 'select_one'), '複数選択')
    if queue.day:
        yield from _wrong_field(definition, queue.day, ('day',), ('date', 'datetime'), '日付')
    if queue.other:
        yield from _wrong_field(definition, queue.other.text, ('other', 'text'), ('text', 'textarea'), '文字')
        wanted = ('select_one', 'section')
        yield from _wrong_field(definition, queue.other.section, ('other', 'section'), wanted, '選択肢か所属')
    yield from _sections(queue)
    yield from _items(queue, definition)


def _sections(queue: Queue) -> Iterable[Problem]:
    if not queue.sections:
        yield problem('D103', at=(), key='sections', where='queue')
    prefixes = [each.prefix for each in queue.sections]
    for index, prefix in enumerate(prefixes):
        if prefix in prefixes[:index]:
            yield problem('D740', at=('sections', index, 'prefix'), name=prefix)


def _items(queue: Queue, definition: AppDefinition) -> Iterable[Problem]:
    names = [each.name for each in queue.sections]
    choices = getattr(definition.fields.get(queue.items), 'choices', ())
    groups = dict.fromkeys(choice.group for choice in choices if not choice.retired)
    for group in groups:
        if group not in names:
            yield problem('D741', at=('sections',), name=group or '(分類なし)', field=queue.items)
    for index, name in enumerate(names):
        if name not in groups and queue.other is None and choices:
            yield problem('D742', at=('sections', index, 'name'), name=name, field=queue.items)


def _wrong_field(
    definition: AppDefinition, name: str, at: tuple[str, ...], types: tuple[str, ...], wanted: str
) -> Iterable[Problem]:
    each = definition.fields.get(name)
    if each is None:
        yield problem('D209', at=at, setting=at[-1], name=name, instead=instead(name, definition.fields))
    elif each.TYPE not in types:
        yield problem('D210', at=at, setting=at[-1], name=name, type=each.TITLE, wanted=wanted)
