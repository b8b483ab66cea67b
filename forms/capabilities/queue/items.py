"""What people came for, by the section and by the ticket that takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from forms.capabilities.queue.tickets import Ticket
from forms.capability import Values

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue
    from forms.definition import AppDefinition


def items_of(queue: Queue, definition: AppDefinition, values: Values) -> Mapping[str, Sequence[str]]:
    """Section -> the items of one visit that it takes, free words included (as the name of their field)."""
    found: dict[str, list[str]] = {}
    choices = {choice.value: choice.group for choice in getattr(definition.fields[queue.items], 'choices', ())}
    ticked = values.get(queue.items) or ()
    for item in [ticked] if isinstance(ticked, str) else ticked:
        if choices.get(item):
            found.setdefault(choices[item], []).append(item)
    if queue.other and values.get(queue.other.text):
        # Free words next to ticked items belong to the section that was named, or to the first one ticked.
        section = values.get(queue.other.section) or next(iter(found), '')
        if section:
            found.setdefault(section, []).append(queue.other.text)
    return found


def items_by_ticket(
    queue: Queue, definition: AppDefinition, values: Values, tickets: Sequence[Ticket]
) -> Mapping[str, tuple[str, ...]]:
    """Ticket -> what its person came for; every item that is still ticked belongs to exactly one ticket.

    The one that was issued for it; an item ticked later belongs to the newest ticket of its section.
    """
    found: dict[str, list[str]] = {each.name: [] for each in tickets}
    for section, items in items_of(queue, definition, values).items():
        own = [each for each in tickets if each.origin == section]
        for item in items if own else ():
            holder = next((each for each in own if item in each.items), own[-1])
            found[holder.name].append(item)
    return {name: tuple(items) for name, items in found.items()}


def item_label(queue: Queue, definition: AppDefinition, item: str) -> str:
    """As it stands on the form; free words stay unsaid."""
    if queue.other and item == queue.other.text:
        return definition.fields[item].title
    return definition.fields[queue.items].show([item])
