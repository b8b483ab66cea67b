"""Records of other apps that point at this one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tinydb import where

from apps.addresses import app_address
from apps.context import AppContext
from apps.people import Person
from apps.reading import IN_LISTS
from apps.reading.shown import Row, row
from apps.screens.record_line import draw_record_line
from apps.tags import icon, link, tag
from forms.definition import AppDefinition
from forms.field import Field
from storage.record import ARRIVAL

MOST = 10


@dataclass(frozen=True, slots=True)
class Related:
    """The records of one app that name this record in one field; total: how many there really are."""

    definition: AppDefinition
    field: Field
    rows: tuple[Row, ...]
    total: int


def related(context: AppContext, app: str, record_id: str, person: Person) -> list[Related]:
    """Newest first, only of apps that this person sees."""
    world = context.reading.world(person, IN_LISTS)
    found = []
    for definition, field in _pointing(context.reading.apps(person), app):
        if field.name in world.sight(definition).veiled:
            continue
        seen = world.sight(definition).condition()
        query = where(field.name) == record_id if seen is None else (where(field.name) == record_id) & seen
        docs = context.store.find(definition.name, query, sort=[(ARRIVAL, True)], limit=MOST).docs
        if docs:
            rows = tuple(row(definition, each, definition.record_title, world) for each in docs)
            total = context.store.count(definition.name, query) if len(docs) == MOST else len(docs)
            found.append(Related(definition, field, rows, total))
    return found


def _pointing(apps: Iterable[AppDefinition], app: str) -> Iterable[tuple[AppDefinition, Field]]:
    for definition in apps:
        for field in definition.fields.values():
            if field.TYPE == 'lookup' and getattr(field, 'app', '') == app:
                yield definition, field


def draw_related(found: Iterable[Related]) -> None:
    """One card per app and field."""
    for each in found:
        with tag('section', '', 'card card-body record-section'):
            with tag('h2', '', 'card-title'):
                icon(each.definition.icon)
                tag('span', f'{each.definition.title} {each.total:,}件')
            with tag('ul', '', 'record-links'):
                for one in each.rows:
                    draw_record_line(each.definition, one)
            if each.total > len(each.rows):
                link(f'{each.definition.title}の一覧へ', app_address(each.definition.name), 'button plain')
