"""The days that statistics are about: one day, a month, or a 年度, and the ones before and after."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from forms.japanese.era import wareki
from forms.japanese.fiscal import fiscal_year, fiscal_year_label, fiscal_year_range

DAY, MONTH, YEAR = 'day', 'month', 'year'
KINDS = {DAY: '日', MONTH: '月', YEAR: '年度'}


@dataclass(frozen=True, slots=True)
class Span:
    """kind: of KINDS; begin, end: first and last day."""

    kind: str
    begin: date
    end: date

    @classmethod
    def around(cls, kind: str, at: date) -> Span:
        """The day, month or 年度 in which `at` lies."""
        match kind:
            case 'year':
                return cls(YEAR, *fiscal_year_range(fiscal_year(at)))
            case 'month':
                return cls(MONTH, at.replace(day=1), at.replace(day=monthrange(at.year, at.month)[1]))
        return cls(DAY, at, at)

    @classmethod
    def asked(cls, kind: str, at: str, today: date) -> Span:
        """As an address says it; today where it says nothing that can be read."""
        try:
            day = date.fromisoformat(at)
        except ValueError:
            day = today
        return cls.around(kind, day if date(1990, 1, 1) < day < date(2200, 1, 1) else today)

    @property
    def title(self) -> str:
        """令和8年11月20日(金), 令和8年11月 or 令和8年度."""
        match self.kind:
            case 'year':
                return fiscal_year_label(fiscal_year(self.begin))
            case 'month':
                return wareki(self.begin, weekday=False).removesuffix('1日')
        return wareki(self.begin)

    @property
    def before(self) -> Span:
        return Span.around(self.kind, self.begin - timedelta(days=1))

    @property
    def after(self) -> Span:
        return Span.around(self.kind, self.end + timedelta(days=1))

    def query(self, kind: str = '') -> dict[str, str]:
        """For the address; kind: another one around the first day."""
        return {'span': kind or self.kind, 'at': self.begin.isoformat()}
