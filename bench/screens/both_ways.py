"""One page of a list as the server makes it: our way through the views, and the plain way over all rows in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

from apps.context import AppContext
from apps.operations.save import search_text
from apps.reading import Wanted
from apps.reading.shown import row
from bench.screens.road_office import APP, CLERK
from forms.japanese.fiscal import fiscal_year, fiscal_year_range
from forms.japanese.search_key import search_key

PAGE = 50
VIEW = 'すべて'
COLUMNS = ('受付番号', '受付日', '種別', '場所', '氏名', '電話番号', '状態', '完了日')

Answer = tuple[int, list[str]]
"""How many there are in all, and the receipt numbers of the page."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks of the list."""

    filters: Mapping[str, str]
    sort: str = '-受付番号'
    text: str = ''
    page: int = 1


class Way(Protocol):
    def answer(self, request: Request) -> Answer: ...


class Ours:
    """What the list's screen does for a page: permission, condition, count, records, every cell as text."""

    def __init__(self, office: AppContext) -> None:
        self._reading = office.reading

    def answer(self, request: Request) -> Answer:
        asked = Wanted(request.text, request.filters, request.sort, PAGE, (request.page - 1) * PAGE)
        found = self._reading.page(APP, VIEW, asked, by=CLERK)
        return found.total, [each.cells['受付番号'] for each in found.rows]


class Plain:
    """All rows loaded; each request filters, searches and sorts them in Python and turns its page into text."""

    def __init__(self, office: AppContext) -> None:
        self._rows = office.store.find(APP, limit=None).docs
        self._definition, self._world = office.catalogue.get(APP), office.reading.world(CLERK)
        self._texts = [search_text(self._definition, each, self._world) for each in self._rows]

    def answer(self, request: Request) -> Answer:
        words = [search_key(word) for word in request.text.split()]
        tests = [_test(name, value) for name, value in request.filters.items()]
        found = [
            each
            for each, text in zip(self._rows, self._texts, strict=True)
            if all(test(each) for test in tests) and all(word in text for word in words)
        ]
        found.sort(key=lambda each: each['受付番号'], reverse=True)
        name = request.sort.removeprefix('-')
        found.sort(key=lambda each: each.get(name) or '', reverse=request.sort.startswith('-'))
        first = (request.page - 1) * PAGE
        shown = [row(self._definition, each, COLUMNS, self._world) for each in found[first : first + PAGE]]
        return len(found), [each.cells['受付番号'] for each in shown]


def _test(name: str, value: str) -> Callable[[Mapping[str, Any]], bool]:
    if name == '年度':
        first, last = (day.isoformat() for day in fiscal_year_range(int(value)))
        return lambda row: first <= row['受付日'] <= last
    return lambda row: row.get(name) == value


def tasks(office: AppContext, records: int) -> dict[str, Sequence[Request] | Iterator[Request]]:
    """Task -> requests of that kind; searches are for other words each time, so that nothing found before helps."""
    this = fiscal_year(office.clock.now().date())
    far = min(600, max(2, records // PAGE))
    digits = count(1)
    return {
        'open, this fiscal year': [Request({'年度': str(this)})],
        'open, all years': [Request({})],
        'filter by fiscal year': [Request({'年度': str(this - each)}) for each in range(5)],
        'filter by kind': [Request({'種別': each}) for each in ('舗装', '側溝', '街路樹', '照明', '除雪')],
        'filter by year, kind and status': [Request({'年度': str(this - 1), '種別': '舗装', '状態': '完了'})],
        **{f'sort by {name}': [Request({}, name), Request({}, f'-{name}')] for name in COLUMNS},
        'sort within a year, any column': [Request({'年度': str(this - 1)}, name) for name in COLUMNS],
        'page 2': [Request({}, page=2)],
        f'page {far}': [Request({}, page=far)],
        f'page {far}, sorted by place': [Request({}, '場所', page=far)],
        'search, common beginning': (Request({}, text=f'090-0000 {next(digits) % 1_000}') for _ in count()),
        'search, one number': (Request({}, text=f'090-0000-{next(digits) * 37 % 10_000:04}') for _ in count()),
        'search, one place': (Request({}, text=f'見本町{next(digits) % 5 + 1}丁目 {next(digits)}') for _ in count()),
        'search, sorted by place': (Request({}, '場所', f'ミホン {next(digits) % 1_000}') for _ in count()),
    }
