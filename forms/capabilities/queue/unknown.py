"""Names that a move was given and that nobody knows: a section, a counter or a clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.capabilities.queue.moves import TAKES_COUNTER
from forms.capability import Moment, Values

if TYPE_CHECKING:
    from forms.capabilities.queue import Queue
    from forms.capabilities.queue.stepping import Refusal


def unknown(queue: Queue, move: str, values: Values, given: Values, moment: Moment) -> Refusal | None:
    """What is told about the first such name; None when all are known."""
    section, counter, clerk = (str(given.get(name) or '') for name in ('section', 'counter', 'clerk'))
    if section and all(section != each.name for each in queue.sections):
        return 'no_such_section', {'section': section}
    if counter and move in TAKES_COUNTER:
        own = next((each.section for each in queue.tickets_of(values) if each.name == given.get('ticket')), '')
        at = next((each for each in queue.sections if each.name == (section or own)), None)
        if at is not None and counter not in at.places:
            return 'no_such_counter', {'counter': counter, 'section': at.name}
    if clerk and moment.around is not None and moment.around.staff_name(clerk) is None:
        return 'no_such_clerk', {'clerk': clerk}
    return None
