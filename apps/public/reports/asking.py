"""The question whether it was put right, for who has number and code, while it may be answered."""

from __future__ import annotations

from datetime import date

from apps.public.reports.released import rules_of
from apps.public.reports.words import words
from forms.capability import Values
from forms.definition import AppDefinition


def asked_of(definition: AppDefinition, values: Values, today: date, *, easy: bool) -> dict[str, str] | None:
    """The words of the question; None where nothing is asked (any more). how: '' where no words are wanted."""
    rules = rules_of(definition)
    if rules is None or rules.asks is None or not rules.may_answer(definition, values, today):
        return None
    said = words(easy)
    how = said.how if rules.asks.words else ''
    return {'title': said.asks, 'well': said.well, 'notWell': said.not_well, 'how': how, 'send': said.send}
