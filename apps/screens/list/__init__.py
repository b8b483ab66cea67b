"""A list: one page of records out of however many there are, its state in the address, alive while others work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nicegui import background_tasks, run

from apps.live import RecordChanged
from apps.outcome import Refused
from apps.people import Person, may
from apps.reading import ON_RECORD, ListPage, Wanted
from apps.screens.export_dialog import ExportDialog
from apps.screens.list.asked import PAGE_SIZE, Asked, conditions, defaults
from apps.screens.list.bulk import BulkBar, may_bulk
from apps.screens.list.columns import Columns
from apps.screens.list.elements import FilterBar, RecordTable
from apps.screens.list.nothing import draw_nothing
from apps.screens.list.revealing import Revealing
from apps.screens.list.saved import SavedRow
from apps.screens.list.sheet_links import draw_sheet_links, sheets_in
from apps.screens.print_button import draw_print_button
from apps.screens.view_screen import ViewScene, ViewScreen, view_screen
from apps.tags import button, icon, link, tag
from forms.capabilities.sheets import MANY_RECORDS


@view_screen('list')
class ListScreen(ViewScreen):
    """Only the wanted page is read, outside the loop; what the address says is what is shown."""

    def __init__(self, scene: ViewScene) -> None:
        super().__init__(scene)
        context, definition = scene.context, scene.definition
        person = scene.person()
        assert person is not None
        self._asked = Asked.read(scene.query)
        self._narrowings = context.reading.narrowings(definition.name, scene.view.name, by=person)
        today = context.clock.now().date()
        self._usual = defaults(
            self._narrowings, today, definition.fiscal_start, has_condition=scene.view.filter is not None
        )
        columns = scene.view.columns or tuple(definition.fields)[:8]
        self._columns = Columns(definition, columns, context.reading.sight(definition, person).veiled)
        self._revealing = Revealing(scene, columns, self._read_again)
        self._reading, self._noted = 0, ''
        self._account = person.account
        self._may_bulk = may_bulk(person, definition)

    # ---- drawing

    def draw(self) -> None:
        title = self.scene.definition.title
        self._bar = FilterBar(f'{title}をさがす', self._narrowings, self._ask)
        self._saved = SavedRow(self.scene, lambda: self._asked.on_page(1).query())
        self._news = button('', self._read_again, 'button outline list-news')
        with self._news:
            icon('refresh')
            tag('span', '更新があります。新しい内容を表示する')
        self._news.visible = False
        self._problem = tag('div', '', 'notice error', role='alert')
        self._problem.visible = False
        self._paper = tag('p', '', 'list-paper')
        with tag('div', '', 'list-told'):
            self._count = tag('p', '', 'list-count', role='status')
            self._wider = tag('div')
            self._revealing.draw()
        caption = f'{title} {self.scene.view.name}'
        picked = self._picked if self._may_bulk else None
        self._table = RecordTable(self._columns.told(), caption, self._sort, picked)
        self._empty = tag('div', '', 'card empty')
        self._empty.visible = False
        self._pager = tag('nav', '', 'pager', aria_label='ページ')
        self._export = tag('div', '', 'list-foot')
        self._total, self._dialogs = 0, tag('div')
        self._bulk = BulkBar(self.scene, self._table, self._wanted, self._read_again)
        self._show_bar()
        self._read()

    def follow(self, query: Mapping[str, str]) -> None:
        asked = Asked.read(query)
        if asked != self._asked:
            self._asked = asked
            self._show_bar()
            self._read()

    def happened(self, happening: object) -> None:
        if not isinstance(happening, RecordChanged) or happening.app != self.scene.definition.name:
            return
        if happening.id in self._table.ids:
            background_tasks.create(self._put(happening.id), name='row of a list')
        elif (happening.account != self._account or not happening.id) and self._concerns(happening.id):
            self._news.visible = True

    def _concerns(self, record_id: str) -> bool:
        """Whether what happened is anything to this person: nobody is told of a record that they may not see."""
        person = self.scene.person()
        if person is None:
            return False
        reading, definition = self.scene.context.reading, self.scene.definition
        if reading.sight(definition, person).sees_all:
            return True
        seen = reading.seen(definition, self.scene.view, {}, person)
        return bool(record_id) and reading.row(seen, record_id, ()) is not None

    # ---- what the person does

    def _go(self, asked: Asked) -> None:
        self.scene.go(asked.query())

    def _ask(self, words: str, chosen: Mapping[str, str]) -> None:
        unusual = {name: value for name, value in chosen.items() if value != self._usual.get(name, '')}
        self._go(Asked(words.strip()[:200], self._asked.sort, 1, unusual))

    def _sort(self, column: str) -> None:
        if column in self._columns.names:
            current = self._asked.sort or self._usual_sort()
            self._go(Asked(self._asked.text, current, 1, self._asked.filters).sorted_by(column))

    def _read_again(self) -> None:
        self._show_export()
        self._read()

    def _picked(self, ids: list[str], on: bool) -> None:
        self._bulk.pick(ids, on)

    def _wanted(self) -> Wanted:
        return replace(self._asked.wanted(self._narrowings, self._usual), masks=self._revealing.masks)

    # ---- reading

    def _read(self) -> None:
        self._reading += 1
        background_tasks.create(self._show_page(self._reading), name='page of a list')

    async def _show_page(self, reading: int) -> None:
        person = self.scene.person()
        if person is None:
            return
        wanted = self._wanted()
        try:
            page = await run.io_bound(
                self.scene.context.reading.page, self.scene.definition.name, self.scene.view.name, wanted, by=person
            )
        except (Refused, ValueError) as refused:
            self._refuse(str(refused))
            return
        if page is None or reading != self._reading or self._table.is_deleted:
            return
        if self._asked.page > 1 and not page.rows:
            self._go(self._asked.on_page(max(1, -(-page.total // PAGE_SIZE))))
            return
        self._problem.visible = self._news.visible = False
        rows = self._columns.rows(
            page.rows, self._asked.text, self.scene.context.reading.world(person, wanted.masks)
        )
        self._table.show(rows, self._asked.sort or self._usual_sort())
        self._table.visible = self._export.visible = bool(page.rows)
        self._note_search(person, page.total)
        self._total = page.total
        self._bulk.shows(page.total)
        self._count.set_text(f'{page.total:,}件' if page.rows else '')
        self._show_wider(page)
        self._paper.set_text(self._on_paper(page))
        self._show_empty(page)
        self._show_pager(page)

    async def _put(self, record_id: str) -> None:
        """The changed record in its place, also when it no longer belongs to the view: nothing jumps under a finger."""
        context, definition = self.scene.context, self.scene.definition
        person = self.scene.person()
        if person is None or self._table.is_deleted or record_id not in self._table.ids:
            return
        seen = context.reading.seen(definition, self.scene.view, {}, person, self._revealing.masks)
        shown = context.reading.row(seen, record_id, self._columns.names)
        if shown is None:
            self._table.lost(record_id)
        else:
            self._table.put(self._columns.row(shown, self._asked.text, seen.world))

    # ---- showing

    def _usual_sort(self) -> str:
        return self.scene.view.sort[0] if self.scene.view.sort else ''

    def _show_bar(self) -> None:
        self._bar.show(self._asked.text, self._chosen())
        self._saved.draw()
        self._show_export()

    def _show_export(self) -> None:
        self._export.clear()
        person = self.scene.person()
        definition = self.scene.definition
        if person is None:
            return
        with self._export:
            draw_print_button()
            revealed = {'reveal': '1'} if self._revealing.masks == ON_RECORD else {}
            asked = {'view': self.scene.view.name, **self._asked.on_page(1).query(), **revealed}
            draw_sheet_links(definition, sheets_in(definition, MANY_RECORDS), asked, 'button quiet')
            if may(person, definition, 'export'):
                with button('', self._open_export, 'button quiet'):
                    icon('download')
                    tag('span', 'この条件の記録を書き出す')

    def _note_search(self, person: Person, hits: int) -> None:
        """Once for each search, not for every page of it."""
        if self._asked.text and self._asked.text != self._noted:
            self.scene.context.audit.searched(person, self.scene.definition.name, self._asked.text, hits)
        self._noted = self._asked.text

    def _open_export(self) -> None:
        wanted, scene = self._wanted(), self.scene
        ExportDialog(
            scene.context,
            scene.definition,
            self._dialogs,
            person=scene.person,
            view=scene.view.name,
            filters=wanted.filters,
            text=wanted.text,
            count=self._total,
        ).open()

    def _chosen(self) -> dict[str, str]:
        """Every filter that is offered -> its value now, '' for all."""
        names = [each.name for each in self._narrowings]
        return {name: self._asked.filters.get(name, self._usual.get(name, '')) for name in names}

    def _show_wider(self, page: ListPage) -> None:
        """Who searches for a word is told that other years were left out: nobody chose that."""
        self._wider.clear()
        narrowing = [name for name in self._usual if name not in self._asked.filters]
        if not (self._asked.text and narrowing and page.rows):
            return
        told = dict(choice for each in self._narrowings if each.name in narrowing for choice in each.options)
        years = '、'.join(told.get(self._usual[name], '') for name in narrowing)
        with self._wider:
            tag('span', f'{years}だけを見ています。')
            link('すべての年度でさがす', self._address(self._asked.widened(narrowing)), 'button plain')

    def _on_paper(self, page: ListPage) -> str:
        """What a printed page must say about itself: which records these are, out of how many."""
        told = conditions(self._asked, self._narrowings, self._usual)
        return '、'.join([self.scene.view.name, *told, self._range(page)])

    def _refuse(self, text: str) -> None:
        if not self._problem.is_deleted:
            self._problem.set_text(text or 'この条件では表示できません。条件を消して、もう一度ためしてください。')
            self._problem.visible = True
            self._table.visible = self._empty.visible = False
            self._pager.clear()

    def _show_empty(self, page: ListPage) -> None:
        self._empty.clear()
        self._empty.visible = not page.rows
        if not page.rows:
            with self._empty:
                draw_nothing(self.scene, self._asked, self._usual)

    def _range(self, page: ListPage) -> str:
        first = (self._asked.page - 1) * PAGE_SIZE + 1
        if page.total == len(page.rows):
            return f'{page.total:,}件'
        return f'{page.total:,}件のうち {first:,}〜{first + len(page.rows) - 1:,}件目'

    def _show_pager(self, page: ListPage) -> None:
        self._pager.clear()
        self._pager.visible = page.total > PAGE_SIZE
        if not self._pager.visible:
            return
        first = (self._asked.page - 1) * PAGE_SIZE + 1
        with self._pager:
            tag('span', self._range(page), 'pager-words')
            with tag('div', '', 'pager-steps'):
                self._step('前へ', 'chevron_left', self._asked.page - 1, there=self._asked.page > 1)
                tag('span', f'{self._asked.page:,} / {-(-page.total // PAGE_SIZE):,} ページ', 'pager-place')
                self._step('次へ', 'chevron_right', self._asked.page + 1, there=first + PAGE_SIZE <= page.total)

    def _step(self, text: str, icon_name: str, page: int, *, there: bool) -> None:
        if there:
            with link('', self._address(self._asked.on_page(page)), 'button quiet'):
                icon(icon_name)
                tag('span', text)

    def _address(self, asked: Asked) -> str:
        return self.scene.address(asked.query())
