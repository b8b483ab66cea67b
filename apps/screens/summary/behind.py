"""The records behind one figure of a summary, page by page, and the way back to the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nicegui import run

from apps.reading.seen import Seen
from apps.reading.shown import Row
from apps.reading.summary_table import SummaryTable, records_behind
from apps.screens.list.columns import Columns
from apps.screens.list.elements import RecordTable
from apps.screens.narrowing_row import as_query
from apps.tags import icon, link, notice, tag
from forms.definition import AppDefinition
from storage.record import ARRIVAL

if TYPE_CHECKING:
    from apps.screens.view_screen import ViewScene

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """keys: 'row' and 'column' of the figure, or 'all'. back: the address of the table."""

    scene: ViewScene
    seen: Seen
    shown: SummaryTable
    keys: Mapping[str, str]
    back: str

    async def draw(self, page: int) -> None:
        """Into the place that is open."""
        columns = list_columns(self.scene.definition)
        head = tag('div', '', 'behind-head')
        place = tag('div')
        try:
            found = await run.io_bound(self._read, columns, page)
        except ValueError:
            found = None
        if place.is_deleted:
            return
        with head:
            with link('', self.back, 'button outline'):
                icon('arrow_back')
                tag('span', '集計の表へ戻る')
            total = found[1] if found else 0
            tag('h2', f'{self._name()} {total:,}件', 'behind-title')
        with place:
            if found is None:
                notice('error', 'この数字の記録を見つけられません。集計の表から選び直してください。')
            else:
                self._draw_rows(columns, *found, page)

    def _read(self, columns: tuple[str, ...], page: int) -> tuple[list[Row], int]:
        definition, seen = self.scene.definition, self.seen
        condition, own = seen.condition(), records_behind(definition, self.scene.view, self.keys)
        query = own if condition is None else condition if own is None else condition & own
        found = seen.store.find(
            definition.name, query, sort=[(ARRIVAL, True)], limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE
        )
        rows = [seen.row(each, columns) for each in found.docs]
        return rows, seen.store.count(definition.name, query)

    def _name(self) -> str:
        rows, columns = dict(self.shown.rows), dict(self.shown.columns)
        names = [rows.get(self.keys.get('row', ' ')), columns.get(self.keys.get('column', ' '))]
        return ' '.join(each for each in names if each) or '計'

    def _draw_rows(self, names: tuple[str, ...], rows: list[Row], total: int, page: int) -> None:
        columns = Columns(self.scene.definition, names)
        heads = [{**each, 'sortable': False} for each in columns.told()]
        shown = RecordTable(heads, self._name(), lambda _: None)
        shown.show(columns.rows(rows, '', self.seen.world), '')
        if total <= PAGE_SIZE:
            return
        first = (page - 1) * PAGE_SIZE + 1
        with tag('nav', '', 'pager', aria_label='ページ'):
            tag('span', f'{total:,}件のうち {first:,}〜{first + len(rows) - 1:,}件目', 'pager-words')
            with tag('div', '', 'pager-steps'):
                for text, number, there in (
                    ('前へ', page - 1, page > 1),
                    ('次へ', page + 1, first + PAGE_SIZE <= total),
                ):
                    if there:
                        link(text, self._page_address(number), 'button quiet')

    def _page_address(self, page: int) -> str:
        return self.scene.address({**as_query(self.seen.filters), **self.keys, 'page': str(page)})


def list_columns(definition: AppDefinition) -> tuple[str, ...]:
    """The columns that the app's own lists show: of one without a condition, else of the first."""
    lists = [each for each in definition.views if each.type == 'list' and each.columns]
    chosen = next((each for each in lists if each.filter is None), lists[0] if lists else None)
    return chosen.columns if chosen is not None else tuple(definition.fields)[:8]
