"""What cannot be right in a queue: items without a section, numbers that collide, ranks and hours that say nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from forms.capabilities.queue.settings import ORDINARY
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
    yield from _priority(queue, definition)
    if queue.appointment:
        wanted = ('time', 'datetime')
        yield from _wrong_field(definition, queue.appointment.time, ('appointment', 'time'), wanted, '時刻か日時')
        yield from _rank(queue.appointment.rank, 'appointment', 'rank')


def _sections(queue: Queue) -> Iterable[Problem]:
    if not queue.sections:
        yield problem('D103', at=(), key='sections', where='queue')
    prefixes = [each.prefix for each in queue.sections]
    for index, prefix in enumerate(prefixes):
        if prefix in prefixes[:index]:
            yield problem('D740', at=('sections', index, 'prefix'), name=prefix)
    for index, each in enumerate(queue.sections):
        if each.after_end == 'close' and not each.end:
            yield problem('D747', at=('sections', index, 'after_end'), name=each.name)
        if each.end and each.end < each.start:
            yield problem('D743', at=('sections', index, 'end'), name=each.name, start=each.start, end=each.end)
        for place, staffing in enumerate(each.staffing):
            if staffing.from_ >= staffing.to or not 0 < staffing.counters:
                yield problem('D744', at=('sections', index, 'staffing', place), name=each.name)


def _priority(queue: Queue, definition: AppDefinition) -> Iterable[Problem]:
    if queue.priority is None:
        return
    if queue.priority.in_a_row < 1:
        yield problem('D746', at=('priority', 'in_a_row'), value=queue.priority.in_a_row)
    for index, each in enumerate(queue.priority.classes):
        at = ('priority', 'classes', index)
        yield from _rank(each.rank, *at, 'rank')
        wanted = ('select_one', 'select_multiple', 'yes_no')
        yield from _wrong_field(definition, each.field, (*at, 'field'), wanted, '選択肢')
        choices = [one.value for one in getattr(definition.fields.get(each.field), 'choices', ())]
        for value in each.values if choices else ():
            if value not in choices:
                yield problem(
                    'D779', at=(*at, 'values'), field=each.field, value=value, instead=instead(value, choices)
                )


def _rank(rank: int, *at: str | int) -> Iterable[Problem]:
    if not 1 <= rank < ORDINARY:
        yield problem('D745', at=at, value=rank)


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
    definition: AppDefinition, name: str, at: tuple[str | int, ...], types: tuple[str, ...], wanted: str
) -> Iterable[Problem]:
    each = definition.fields.get(name)
    if each is None:
        yield problem('D209', at=at, setting=str(at[-1]), name=name, instead=instead(name, definition.fields))
    elif each.TYPE not in types:
        yield problem('D210', at=at, setting=str(at[-1]), name=name, type=each.TITLE, wanted=wanted)
