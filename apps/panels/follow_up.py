"""What was made from a record: every repair that an inspection led to, with the row it comes from and its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import background_tasks, run
from tinydb import where

from apps.outcome import Refused
from apps.panel import RecordScene, record_panel
from apps.people import Person
from apps.reading import IN_LISTS
from apps.reading.shown import Row, row
from apps.screens.record_line import draw_record_line
from apps.tags import icon, tag
from forms.definition import AppDefinition

_LAST = '\uffff'


@dataclass(frozen=True, slots=True)
class Made:
    """The records of one app that were made from this record. label: as the rule calls them."""

    label: str
    definition: AppDefinition
    rows: Sequence[Row]


@record_panel('follow_up')
def follow_up(scene: RecordScene) -> None:
    """Only where something was made."""
    person = scene.person()
    if person is not None:
        background_tasks.create(_show(scene, person, tag('div', '', 'made')), name='follow-ups')


async def _show(scene: RecordScene, person: Person, place: Any) -> None:
    found = await run.io_bound(made_from, scene, person)
    if not found or place.is_deleted:
        return
    with place:
        for each in found:
            with tag('section', '', 'card card-body'):
                with tag('h2', '', 'card-title'):
                    icon(each.definition.icon)
                    tag('span', f'ここからできた{each.label} {len(each.rows):,}件')
                with tag('ul', '', 'record-links'):
                    for one in each.rows:
                        draw_record_line(each.definition, one)


def made_from(scene: RecordScene, person: Person) -> list[Made]:
    """Oldest first, only of apps that this person sees."""
    context, app = scene.context, scene.definition.name
    rules: Any = scene.definition.capabilities['follow_up']
    origin = f'{app}/{scene.record.id}/'
    world = context.reading.world(person, IN_LISTS)
    found = []
    for target in dict.fromkeys(rule.app for rule in rules.rules):
        try:
            definition = context.reading.definition(target, person)
        except Refused:
            continue
        made = (where('_origin') >= origin) & (where('_origin') < origin + _LAST)
        seen = world.sight(definition).condition()
        query = made if seen is None else made & seen
        docs = context.store.find(target, query, limit=None).docs
        if docs:
            label = next(rule.label for rule in rules.rules if rule.app == target) or definition.title
            rows = [row(definition, each, definition.record_title, world) for each in docs]
            found.append(Made(label, definition, rows))
    return found
