"""A summary: the monthly cross table, every figure a link to the records that it counts."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import background_tasks, run

from apps.addresses import summary_address
from apps.live import RecordChanged
from apps.outcome import Refused
from apps.people import may
from apps.reading.summary_table import SummaryTable, table
from apps.screens.narrowing_row import NarrowingRow, as_query
from apps.screens.summary.behind import Behind
from apps.screens.view_screen import ViewScene, ViewScreen, view_screen
from apps.tags import button, icon, link, notice, tag

_KEYS = ('row', 'column', 'all')
"""What the address says besides the filters when the records behind a figure are shown."""


@view_screen('summary')
class SummaryScreen(ViewScreen):
    """The figures are read anew only when asked: they must not change under the eyes of who copies them."""

    def __init__(self, scene: ViewScene) -> None:
        super().__init__(scene)
        self._query = dict(scene.query)
        self._reading = 0

    def draw(self) -> None:
        self._row = NarrowingRow(self.scene, lambda filters: self.scene.go(as_query(filters)))
        self._news = button('', self._read, 'button outline list-news')
        with self._news:
            icon('refresh')
            tag('span', '更新があります。新しい数字にする')
        self._news.visible = False
        self._place = tag('div', '', 'summary', aria_busy='true')
        self.follow(self._query)

    def follow(self, query: Mapping[str, str]) -> None:
        self._query = dict(query)
        self._row.draw(query)
        self._read()

    def happened(self, happening: object) -> None:
        if isinstance(happening, RecordChanged) and happening.app == self.scene.definition.name:
            self._news.visible = True

    def _read(self) -> None:
        self._reading += 1
        self._news.visible = False
        background_tasks.create(self._show(self._reading), name='summary')

    async def _show(self, reading: int) -> None:
        person = self.scene.person()
        if person is None:
            return
        reader, view = self.scene.context.reading, self.scene.view
        try:
            definition = reader.definition(self.scene.definition.name, person)
            seen = reader.seen(definition, view, self._row.chosen(self._query), person)
            shown = await run.io_bound(table, seen)
        except (Refused, ValueError) as refused:
            self._refuse(str(refused))
            return
        if shown is None or reading != self._reading or self._place.is_deleted:
            return
        self._place.clear()
        self._place.props.pop('aria-busy', None)
        with self._place:
            keys = {key: self._query[key] for key in _KEYS if key in self._query}
            if keys:
                await Behind(self.scene, seen, shown, keys, self._address({})).draw(self._page())
            else:
                self._draw_table(shown)
                self._draw_foot(may(person, definition, 'export'))

    def _page(self) -> int:
        number = self._query.get('page', '1')
        return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 6 else 1

    def _refuse(self, text: str) -> None:
        if not self._place.is_deleted:
            self._place.clear()
            with self._place:
                notice('error', text or 'この条件では集計できません。')

    # ---- the table

    def _draw_table(self, shown: SummaryTable) -> None:
        columns = shown.columns if shown.is_cross else ()
        title = f'{self.scene.definition.title} {self.scene.view.name}'
        tag('p', '、'.join([title, *self._row.words(self._query)]), 'summary-paper')
        with (
            tag('div', '', 'summary-frame', tabindex='0', role='region', aria_label=f'{title}の表'),
            tag('table', '', 'figures'),
        ):
            tag('caption', title, 'visually-hidden')
            self._draw_head(shown, columns)
            with tag('tbody'):
                for key, label in shown.rows:
                    with tag('tr'):
                        tag('th', label, scope='row')
                        for column, name in columns:
                            part = {'row': key, 'column': column}
                            self._figure(shown.cells.get((key, column), 0), part, f'{label} {name}')
                        self._figure(shown.row_totals.get(key, 0), {'row': key}, f'{label} 計', 'total')
                        self._share(shown, shown.row_totals.get(key, 0))
            self._draw_totals(shown, columns)
        if shown.overlapping:
            tag('p', '1件で複数を選べるため、内訳をたした数は計より大きくなることがあります。', 'summary-note')

    def _draw_head(self, shown: SummaryTable, columns: tuple[tuple[str, str], ...]) -> None:
        with tag('thead'), tag('tr'):
            tag('th', shown.title[0], scope='col')
            for _, label in columns:
                tag('th', label, scope='col')
            tag('th', '計' if columns else shown.what, 'total', scope='col')
            if shown.shares:
                tag('th', '構成比', scope='col')

    def _draw_totals(self, shown: SummaryTable, columns: tuple[tuple[str, str], ...]) -> None:
        with tag('tfoot'):
            with tag('tr'):
                tag('th', '計', 'total', scope='row')
                for column, name in columns:
                    self._figure(shown.column_totals.get(column, 0), {'column': column}, f'{name} 計', 'total')
                self._figure(shown.total, {'all': '1'}, '計', 'total')
                self._share(shown, shown.total)
            if columns and shown.shares:
                with tag('tr'):
                    tag('th', '構成比', scope='row')
                    for column, _ in columns:
                        self._share(shown, shown.column_totals.get(column, 0))
                    self._share(shown, shown.total)
                    tag('td')

    def _figure(self, value: float, keys: Mapping[str, str], name: str, classes: str = '') -> None:
        with tag('td', '', f'figure {classes}'.strip()):
            if value:
                text = number_text(value)
                link(text, self._address(keys), aria_label=f'{name} {text}')
            else:
                tag('span', '0', 'none')

    def _share(self, shown: SummaryTable, part: float) -> None:
        if shown.shares:
            share = shown.share(part)
            tag('td', '' if share is None else f'{share:.1%}', 'figure share')

    def _draw_foot(self, can_export: bool) -> None:
        with tag('div', '', 'list-foot no-print'):
            with button('', None, 'button quiet') as printing:
                icon('print')
                tag('span', '印刷')
            printing.on('click', js_handler='() => window.print()')
            if can_export:
                chosen = self._row.chosen(self._query)
                address = summary_address(self.scene.definition.name, self.scene.view.name, chosen)
                with link('', address, 'button quiet', download=True):
                    icon('download')
                    tag('span', 'この集計をExcelで書き出す')

    def _address(self, keys: Mapping[str, str]) -> str:
        return self.scene.address({**as_query(self._row.chosen(self._query)), **keys})


def number_text(value: float) -> str:
    """12,345; averages with one digit behind the point."""
    return f'{value:,.0f}' if float(value).is_integer() else f'{value:,.1f}'
