"""What a form's formulas are told about the world while they run in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from forms.capability import Moment
from forms.definition import AppDefinition
from forms.form_json import Json
from forms.japanese.calendar import BusinessCalendar

BUSINESS_DAYS = frozenset(('WORKDAY', 'NETWORKDAYS'))
"""Functions that count by the calendar of the app."""

YEARS_BEFORE, YEARS_AFTER = 5, 3
"""How far from today a page may count by itself; the server knows every year, and decides."""


def form_context(definition: AppDefinition, form: Json, moment: Moment) -> Json:
    """For the person who fills in `form` (see forms/form_json.py): user, department, fiscal_start.

    calendar: the business days around today, only when a formula of the form counts them (see `business_days`).
    """
    context: Json = {
        'user': moment.account,
        'department': moment.sections[0] if moment.sections else '',
        'fiscal_start': definition.fiscal_start,
    }
    if any(name in BUSINESS_DAYS for name in _called(form)):
        year = moment.now.year
        context['calendar'] = business_days(definition.calendar, year - YEARS_BEFORE, year + YEARS_AFTER)
    return context


def business_days(calendar: BusinessCalendar, first_year: int, last_year: int) -> Json:
    """The exceptions of a calendar, dates as YYYY-MM-DD: {first, last, closed, open}.

    closed: days from Monday to Friday without business; open: Saturdays and Sundays with business.
    """
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    weekdays = [day for day in days if day.weekday() < 5]
    weekends = [day for day in days if day.weekday() >= 5]
    return {
        'first': first.isoformat(),
        'last': last.isoformat(),
        'closed': [day.isoformat() for day in weekdays if not calendar.is_business_day(day)],
        'open': [day.isoformat() for day in weekends if calendar.is_business_day(day)],
    }


def _called(tree: Any) -> Iterator[str]:
    """The functions that the formulas in a form call; forms/formula/tree.py describes their trees."""
    if isinstance(tree, dict):
        if tree.get('k') == 'call':
            yield tree['f']
        tree = tree.values()
    elif not isinstance(tree, list):
        return
    for part in tree:
        yield from _called(part)
