"""The five modern eras and the days on which they changed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    """One era; `last` is the last day that may bear its name, None while it runs.

    The day of a change belongs to both eras where the new one was proclaimed for the same day (1912, 1926).
    """

    name: str
    short: str
    letter: str
    first: date
    last: date | None

    def year_of(self, year: int) -> int:
        """2024 -> 6 in 令和."""
        return year - self.first.year + 1

    def gregorian_year(self, era_year: int) -> int:
        """令和 6 -> 2024."""
        return self.first.year + era_year - 1

    def spells(self, text: str) -> bool:
        """Whether the text is a way to write this era: 令和, 令, R, r."""
        return text in (self.name, self.short) or text.upper() == self.letter


# 明治 was proclaimed later and made to begin on this day; before 1873-01-01 Japan used a lunar calendar.
ERAS = (
    Era('明治', '明', 'M', date(1868, 1, 25), date(1912, 7, 30)),
    Era('大正', '大', 'T', date(1912, 7, 30), date(1926, 12, 25)),
    Era('昭和', '昭', 'S', date(1926, 12, 25), date(1989, 1, 7)),
    Era('平成', '平', 'H', date(1989, 1, 8), date(2019, 4, 30)),
    Era('令和', '令', 'R', date(2019, 5, 1), None),
)


def era_of(day: date) -> Era | None:
    """The era of a day (the newer one on a day of change), or None before 明治."""
    plain = date(day.year, day.month, day.day)
    return next((era for era in reversed(ERAS) if plain >= era.first), None)


def era_named(text: str) -> Era:
    """The era written as 令和, 令, R or r; KeyError for anything else."""
    found = next((era for era in ERAS if era.spells(text)), None)
    if found is None:
        raise KeyError(text)
    return found
