"""What each capability finds wrong with itself and with the rest of the definition."""

from __future__ import annotations

from dataclasses import replace

from forms.definition import AppDefinition
from forms.draft import Draft


def check(draft: Draft, app: AppDefinition) -> None:
    """app: the draft's definition with its formulas. A problem without a place stands below the capability's key."""
    if draft.unread or draft.lost:
        return
    for key, capability in app.capabilities.items():
        for found in capability.problems(app):
            place = found.place if found.place.line else draft.place(key, *found.at)
            draft.problems.append(replace(found, place=place, at=()))
