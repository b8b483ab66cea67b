"""How long personal data is kept: so many years after the 年度 of a day, or so long after the day itself."""

from __future__ import annotations

import calendar
from dataclasses import MISSING, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from forms.capability import Moment, Values
from forms.evaluation import Evaluation
from forms.field import FormulaText, setting
from forms.japanese.fiscal import fiscal_year, fiscal_year_range

if TYPE_CHECKING:
    from forms.definition import AppDefinition

UNITS: Final = ('fiscal_years', 'years', 'months', 'days')
MOST: Final = {'fiscal_years': 100, 'years': 100, 'months': 1_200, 'days': 36_500}


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """Just one of the units. fiscal_years: counted from the first day of the next 年度, as files of a city are."""

    from_: FormulaText = setting(MISSING, label='数え始める日', help='必ず書きます。日付の項目か式。')
    fiscal_years: int = setting(0, label='年(年度のあと)', help='その日の年度が終わった次の日から数える年数。')
    years: int = setting(0, label='年', help='その日から数える年数。')
    months: int = setting(0, label='月', help='その日から数える月数。')
    days: int = setting(0, label='日', help='その日から数える日数。')


def last_day(after: After, definition: AppDefinition, values: Values, moment: Moment) -> date | None:
    """The last day of the period; None while the day from which it is counted is not known."""
    found = Evaluation.at(definition, moment).value('retention.after', 'from', values)
    try:
        start = date.fromisoformat(str(found)[:10])
    except ValueError:
        return None
    if after.fiscal_years:
        month = definition.fiscal_start
        return fiscal_year_range(fiscal_year(start, month) + after.fiscal_years, month)[1]
    return months_later(start, after.years * 12 + after.months) + timedelta(days=after.days)


def months_later(day: date, months: int) -> date:
    """The same day of that month, or its last one: a month after 31 January is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
