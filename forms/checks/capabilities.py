"""What each capability finds wrong with itself and with the rest of the definition."""

from __future__ import annotations

from dataclasses import replace

from forms.definition import AppDefinition
from forms.draft import Draft
from forms.problems import Problem


def check(draft: Draft, app: AppDefinition) -> None:
    """app: the draft's definition with its formulas. A problem without a place stands below the capability's key."""
    if draft.unread or draft.lost:
        return
    for key, capability in app.capabilities.items():
        for found in capability.problems(app):
            draft.problems.append(_placed(draft, key, found))
        for found in capability.warnings(app):
            draft.warnings.append(_placed(draft, key, found))


def _placed(draft: Draft, key: str, found: Problem) -> Problem:
    place = found.place if found.place.line else draft.place(key, *found.at)
    return replace(found, place=place, at=())
