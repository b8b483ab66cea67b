"""Something else that a person at the counter came for: ticked items, or free words that one section takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from forms.capabilities.queue.items import items_of
from forms.capabilities.queue.tickets import OPEN
from forms.capability import Values

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue
    from forms.definition import AppDefinition


def with_more(queue: Queue, definition: AppDefinition, values: Values, given: Values) -> Mapping[str, Any] | None:
    """The fields of a visit with more of it; None when nothing of what was given can be added.

    given: items; other (words) and the section that takes them, else that of the ticket. Another section gets its
    ticket when the visit is saved. Words that are there already stay with their section, and new ones go beside them.
    """
    choices = [each.value for each in getattr(definition.fields[queue.items], 'choices', ()) if not each.retired]
    before = list(values.get(queue.items) or ())
    asked = given.get('items') or ()
    more = [each for each in choices if each in asked and each not in before]
    found: dict[str, Any] = {queue.items: [*before, *more]} if more else {}
    words = str(given.get('other') or '').strip()
    if words and queue.other:
        written = str(values.get(queue.other.text) or '')
        taker = taker_of_words(queue, definition, values) or _asked_section(queue, values, given)
        if written and all(each.origin != taker or each.status not in OPEN for each in queue.tickets_of(values)):
            return None
        found[queue.other.text] = f'{written}、{words}' if written else words
        found[queue.other.section] = taker
    return found or None


def taker_of_words(queue: Queue, definition: AppDefinition, values: Values) -> str:
    """The section that takes the free words of a visit, '' when there are none."""
    if queue.other is None:
        return ''
    of_sections = items_of(queue, definition, values)
    return next((section for section, items in of_sections.items() if queue.other.text in items), '')


def _asked_section(queue: Queue, values: Values, given: Values) -> str:
    own = next((each.section for each in queue.tickets_of(values) if each.name == given.get('ticket')), '')
    return str(given.get('section') or '') or own
