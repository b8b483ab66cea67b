"""What a person asks of a list, as it stands in the address: search words, filters, order, page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from apps.reading import Narrowing, Wanted
from apps.reading.narrowing import FISCAL_YEAR
from forms.japanese.fiscal import fiscal_year

PAGE_SIZE = 50
_FILTER = 'filter.'


@dataclass(frozen=True, slots=True)
class Asked:
    """sort: a column, with '-' in front when descending, '' for the view's own order. page counts from 1.

    filters: only what the address says; a filter that it does not name has its default, '' there means «all».
    """

    text: str = ''
    sort: str = ''
    page: int = 1
    filters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        """From the query of an address; what makes no sense in it is passed over."""
        number = query.get('page', '1')
        filters = {key.removeprefix(_FILTER): value for key, value in query.items() if key.startswith(_FILTER)}
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        return cls(query.get('q', '').strip()[:200], query.get('sort', ''), max(1, page), filters)

    def query(self) -> dict[str, str]:
        """For the address; what is as always is left out."""
        plain = {'q': self.text, 'sort': self.sort, 'page': str(self.page) if self.page > 1 else ''}
        chosen = {f'{_FILTER}{name}': value for name, value in self.filters.items()}
        return {**{key: value for key, value in plain.items() if value}, **chosen}

    def widened(self, names: Iterable[str]) -> Asked:
        """The same without the narrowing by these filters, also where they are usual."""
        return replace(self, page=1, filters={**self.filters, **dict.fromkeys(names, '')})

    def on_page(self, page: int) -> Asked:
        return replace(self, page=page)

    def sorted_by(self, column: str) -> Asked:
        """First press ascending, second descending, and so on; from the first page."""
        return replace(self, sort=f'-{column}' if self.sort == column else column, page=1)

    def wanted(self, narrowings: Iterable[Narrowing], defaults: Mapping[str, str]) -> Wanted:
        """For the reading: filters that the view does not offer are ignored."""
        offered = {each.name for each in narrowings}
        known = {name: value for name, value in {**defaults, **self.filters}.items() if name in offered and value}
        return Wanted(self.text, known, self.sort, PAGE_SIZE, (self.page - 1) * PAGE_SIZE)


def conditions(asked: Asked, narrowings: Iterable[Narrowing], usual: Mapping[str, str]) -> Iterator[str]:
    """What a printed list must say of which records it shows: the word searched for, every filter and its value."""
    if asked.text:
        yield f'「{asked.text}」をふくむ'
    for each in narrowings:
        if chosen := asked.filters.get(each.name, usual.get(each.name, '')):
            yield f'{each.label} {dict(each.options).get(chosen, chosen)}'


def defaults(narrowings: Iterable[Narrowing], today: date, fiscal_start: int, *, has_condition: bool) -> dict[str, str]:
    """This fiscal year, except where the view itself chooses (未完了): open work must not hide in last year."""
    if has_condition or not any(each.name == FISCAL_YEAR for each in narrowings):
        return {}
    return {FISCAL_YEAR: str(fiscal_year(today, fiscal_start))}
