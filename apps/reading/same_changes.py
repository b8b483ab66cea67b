"""The records to which a change just saved may be done too (the same household), ready to be sent one by one."""

from __future__ import annotations

from typing import Any

from tinydb import where

from apps.operations.world import title_of
from apps.outcome import Saved
from apps.reading.seen import Seen
from apps.reading.shown import text_of
from forms.change_rules import SameOffer, same_change
from forms.evaluation import Evaluation
from storage import Doc
from storage.record import ARRIVAL

MOST = 100
"""More records than a person can tick; how many there are besides is told."""

Json = dict[str, Any]


def same_changes(seen: Seen, saved: Saved) -> list[Json]:
    """[{'field', 'label', 'to', 'by', 'group', 'value', 'text', 'records', 'more'}] of the offers that reach anybody.

    records: [{'id', 'rev', 'title', 'now', 'values'}]; values is what a change of that record sends, now the text of
    what would be replaced. to: whom the definition calls them (同じ世帯). Only records that this person sees and may
    change; nothing where they may not read what the records have in common.
    """
    offers = (_told(seen, each, saved) for each in saved.offers if not {each.field, each.by} & seen.sight.veiled)
    return [each for each in offers if each['records']]


def _told(seen: Seen, offer: SameOffer, saved: Saved) -> Json:
    definition, store = seen.definition, seen.store
    field, by = definition.fields.get(offer.field), definition.fields.get(offer.by)
    if field is None or by is None:
        return {'records': []}
    same_group = (where(offer.by) == offer.group) & ~(where(offer.field) == offer.value)
    theirs = seen.sight.condition_for('change')
    same_group = same_group if theirs is None else same_group & theirs
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
        'text': text_of(definition, field.name, {field.name: offer.value}, seen.world),
        'records': [_record(seen, offer, each) for each in others],
        'more': store.count(definition.name, same_group) - len(others),
    }


def _record(seen: Seen, offer: SameOffer, doc: Doc) -> Json:
    values = {name: value for name, value in doc.items() if not name.startswith('_')}
    whole, locked = seen.sight.definition, seen.sight.locked(doc)
    wanted = same_change(whole, offer, values, Evaluation.at(whole, seen.moment))
    return {
        'id': doc.doc_id,
        'rev': doc.rev,
        'title': title_of(seen.definition, doc, seen.world),
        'now': text_of(seen.definition, offer.field, seen.sight.told(doc), seen.world),
        'values': {name: value for name, value in wanted.items() if name not in locked},
    }
