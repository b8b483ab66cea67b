"""Looks at personal records and searches by way of the API, noted as those on screen are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person


def note_look(
    context: AppContext, by: Person, app: str, told: Iterable[Mapping[str, Any]], *, record: str = ''
) -> None:
    """Note that `by` was given these values, when something personal is among them."""
    fields = context.reading.definition(app, by).fields
    personal = {name for name, each in fields.items() if each.privacy}
    count = sum(1 for values in told if personal & values.keys())
    if count:
        context.audit.note_soon('view', by, app=app, record=record, way='API', count=count)
