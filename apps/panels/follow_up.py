"""What was made from a record, and the buttons that make more: repairs of an inspection, work orders of a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import background_tasks, run, ui
from tinydb import where

from apps.addresses import record_address
from apps.outcome import Refused
from apps.panel import RecordScene, record_panel
from apps.panels.action_dialog import ActionDialog
from apps.people import Person
from apps.reading import IN_LISTS
from apps.reading.shown import Row, row
from apps.screens.record_line import draw_record_line
from apps.tags import button, icon, notice, tag
from forms.capability import Offer
from forms.definition import AppDefinition

_LAST = '\uffff'


@dataclass(frozen=True, slots=True)
class Made:
    """The records of one app that were made from this record. label: as the rule calls them."""

    label: str
    definition: AppDefinition
    rows: Sequence[Row]

    @property
    def is_finished(self) -> bool:
        """Whether nothing remains to be done in any of them."""
        workflow: Any = self.definition.capabilities.get('workflow')
        return workflow is not None and all(each.values.get(workflow.field) in workflow.done for each in self.rows)


@record_panel('follow_up')
def follow_up(scene: RecordScene) -> None:
    """Only where something was made, or can be."""
    person = scene.person()
    if person is not None:
        _draw_buttons(scene, person)
        background_tasks.create(_show(scene, person, tag('div', '', 'made')), name='follow-ups')


def _draw_buttons(scene: RecordScene, person: Person) -> None:
    app, record = scene.definition.name, scene.record
    rules: Any = scene.definition.capabilities['follow_up']
    offers = [each for each in scene.context.reading.offers(app, record.id, by=person) if rules.takes(each.name)]
    if not offers:
        return
    with tag('div', '', 'follow-up-buttons'):
        news, place = tag('div'), tag('div')
        for offer in offers:
            dialog = _making(scene, offer, news, place)
            with button('', dialog.press, 'button outline wide'):
                icon('add_task')
                tag('span', offer.label)


def _making(scene: RecordScene, offer: Offer, news: Any, place: Any) -> ActionDialog:
    """The button leads on to the record that it has made."""
    client = ui.context.client

    def done() -> None:
        # The page has drawn its side anew by now, this button with it: what follows belongs to the page as a whole.
        made = newest_made(scene, offer.name)
        with client:
            ui.navigate.to(made) if made else scene.refresh()

    def refused(text: str) -> None:
        if not news.is_deleted:
            news.clear()
            with news:
                notice('error', text)

    record = scene.record
    return ActionDialog(scene, record.id, offer, place, done=done, refused=refused, if_rev=record.rev)


def newest_made(scene: RecordScene, button_name: str) -> str:
    """The address of the record that the button made last, '' when this person may not see it."""
    person = scene.person()
    rules: Any = scene.definition.capabilities['follow_up']
    app = next(rule.app for rule in rules.rules if rule.button == button_name)
    made = _from(f'{scene.definition.name}/{scene.record.id}/{button_name}/')
    docs = scene.context.store.find(app, made, limit=None).docs
    newest = max(docs, key=lambda each: int(each['_origin'].rpartition('/')[2]), default=None)
    if newest is None or person is None:
        return ''
    seen = scene.context.reading.may_on('see', app, newest.doc_id, by=person)
    return record_address(app, newest.doc_id) if seen else ''


async def _show(scene: RecordScene, person: Person, place: Any) -> None:
    found = await run.io_bound(made_from, scene, person)
    if not found or place.is_deleted:
        return
    workflow: Any = scene.definition.capabilities.get('workflow')
    still_open = workflow is not None and scene.record.values.get(workflow.field) not in workflow.done
    with place:
        for each in found:
            with tag('section', '', 'card card-body'):
                with tag('h2', '', 'card-title'):
                    icon(each.definition.icon)
                    tag('span', f'ここからできた{each.label} {len(each.rows):,}件')
                if still_open and each.is_finished:
                    text = f'{each.label}はすべて終わりました。この記録を終わりにできます。'
                    notice('info', text, role='status')
                with tag('ul', '', 'record-links'):
                    for one in each.rows:
                        draw_record_line(each.definition, one)


def made_from(scene: RecordScene, person: Person) -> list[Made]:
    """Oldest first, only of apps that this person sees."""
    context, app = scene.context, scene.definition.name
    rules: Any = scene.definition.capabilities['follow_up']
    world = context.reading.world(person, IN_LISTS)
    made = _from(f'{app}/{scene.record.id}/')
    found = []
    for target in dict.fromkeys(rule.app for rule in rules.rules):
        try:
            definition = context.reading.definition(target, person)
        except Refused:
            continue
        seen = world.sight(definition).condition()
        query = made if seen is None else made & seen
        docs = context.store.find(target, query, limit=None).docs
        if docs:
            label = next(rule.label for rule in rules.rules if rule.app == target) or definition.title
            rows = [row(definition, each, definition.record_title, world) for each in docs]
            found.append(Made(label, definition, rows))
    return found


def _from(origin: str) -> Any:
    """Records whose origin begins so."""
    return (where('_origin') >= origin) & (where('_origin') < origin + _LAST)
