"""The records to which a change just saved may be done too (the same household), ready to be sent one by one."""

from __future__ import annotations

from typing import Any

from tinydb import where

from apps.operations.world import World, title_of
from apps.outcome import Saved
from apps.reading.shown import text_of
from forms.capability import Moment
from forms.change_rules import SameOffer, same_change
from forms.definition import AppDefinition
from forms.evaluation import Evaluation
from storage import Doc, Store
from storage.record import ARRIVAL

MOST = 100
"""More records than a person can tick; how many there are besides is told."""

Json = dict[str, Any]


def same_changes(store: Store, definition: AppDefinition, saved: Saved, world: World, moment: Moment) -> list[Json]:
    """[{'field', 'label', 'to', 'by', 'group', 'value', 'text', 'records', 'more'}] of the offers that reach anybody.

    records: [{'id', 'rev', 'title', 'now', 'values'}]; values is what a change of that record sends, now the text of
    what would be replaced. to: whom the definition calls them (同じ世帯).
    """
    offers = (_told(store, definition, each, saved, world, moment) for each in saved.offers)
    return [each for each in offers if each['records']]


def _told(  # noqa: PLR0913, PLR0917 - what, for whom, seen by whom
    store: Store, definition: AppDefinition, offer: SameOffer, saved: Saved, world: World, moment: Moment
) -> Json:
    field, by = definition.fields.get(offer.field), definition.fields.get(offer.by)
    if field is None or by is None:
        return {'records': []}
    same_group = (where(offer.by) == offer.group) & ~(where(offer.field) == offer.value)
    found = store.find(definition.name, same_group, sort=[(ARRIVAL, False)], limit=MOST)
    others = [each for each in found.docs if each.doc_id != saved.id]
    rule = next((each for each in definition.on_change if (each.field, each.offer_same) == (field.name, by.name)), None)
    return {
        'field': field.name,
        'label': field.title,
        'to': (rule and rule.offer_to) or f'同じ{by.title}',
        'by': by.name,
        'group': offer.group,
        'value': offer.value,
        'text': text_of(definition, field.name, {field.name: offer.value}, world),
        'records': [_record(definition, offer, each, world, moment) for each in others],
        'more': store.count(definition.name, same_group) - len(others),
    }


def _record(definition: AppDefinition, offer: SameOffer, doc: Doc, world: World, moment: Moment) -> Json:
    values = {name: value for name, value in doc.items() if not name.startswith('_')}
    return {
        'id': doc.doc_id,
        'rev': doc.rev,
        'title': title_of(definition, doc, world),
        'now': text_of(definition, offer.field, doc, world),
        'values': same_change(definition, offer, values, Evaluation.at(definition, moment)),
    }
