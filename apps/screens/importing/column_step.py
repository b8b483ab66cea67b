"""The second step: which sheet, where the header is, where each column goes, and how records are told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nicegui.events import GenericEventArguments

from apps.importing.book import shown
from apps.importing.draft import Draft
from apps.importing.table import SEARCHED, Column
from apps.outcome import Refused
from apps.tags import button, notice, tag

if TYPE_CHECKING:
    from apps.screens.importing import ImportPage

_CHECKED = '(e) => emit(e.target.checked)'
_NEW = ''


class ColumnStep:
    def __init__(self, page: ImportPage) -> None:
        assert page.draft is not None
        self.page = page
        self.draft: Draft = page.draft
        self._boxes: dict[str, str] = {}
        self._chosen = ''

    def draw(self) -> None:
        self._body = tag('div', '', 'import-step')
        with self._body:
            self._draw_body()
        with tag('div', '', 'import-foot'):
            button('ファイルを選び直す', self.page.show_file, 'button quiet')
            button('内容を確かめる', self._check, 'button solid large')

    def _draw_body(self) -> None:
        draft = self.draft
        tag('p', f'{draft.book.name}({draft.book.how})', 'import-file-name')
        for remark in draft.book.remarks:
            notice('info', remark)
        if draft.same is not None:
            day, name = draft.same.at[:10], draft.same.file
            notice('warning', f'同じ内容のファイルを、{day} に「{name}」として取り込んでいます。')
        with tag('section', '', 'card'), tag('div', '', 'card-body'):
            tag('h2', '表の場所', 'card-title')
            self._draw_place()
        with tag('section', '', 'card'), tag('div', '', 'card-body'):
            tag('h2', '列の取り込み先', 'card-title')
            self._draw_columns()
        with tag('section', '', 'card'), tag('div', '', 'card-body'):
            tag('h2', '取り込み方', 'card-title')
            self._draw_ways()

    # ---- the place of the table

    def _draw_place(self) -> None:
        draft, layout = self.draft, self.draft.table.layout
        with tag('div', '', 'toolbar'):
            if len(draft.book.sheets) > 1:
                names = [(each.name, f'{each.name}({max(0, len(each.rows)):,}行)') for each in draft.book.sheets]
                self._select('シート', names, draft.table.sheet.name, self._choose_sheet)
            self._select('見出しの行', self._header_rows(), str(layout.header), self._choose_header)
            self._select('見出しの行数', [('1', '1行'), ('2', '2行')], str(layout.height), self._choose_height)
        told = [f'{len(draft.table.rows):,}行を取り込みます。']
        if draft.table.repeated:
            told.append(f'「〃」「同上」{draft.table.repeated:,}か所は、上の行の値にしました。')
        tag('p', ''.join(told), 'import-told')
        if draft.table.totals:
            rows = '、'.join(str(each + 1) for each in sorted(draft.table.totals)[:5])
            text = f'計や注記の行({rows}行目)を除く'
            self._check_box(
                text, bool(layout.left_out), lambda on: self._leave_out(self.draft.table.totals if on else ())
            )
        if draft.table.hidden:
            text = f'非表示の行({len(draft.table.hidden):,}行)を除く'
            self._check_box(text, layout.skip_hidden, self._skip_hidden)

    def _header_rows(self) -> list[tuple[str, str]]:
        found = []
        for number, row in enumerate(self.draft.table.sheet.rows[:SEARCHED]):
            words = ' / '.join(filter(None, (' '.join(shown(cell).split()) for cell in row)))[:40]
            if words:
                found.append((str(number), f'{number + 1}行目: {words}'))
        return found

    def _choose_sheet(self, name: str) -> None:
        self._do(lambda: self.draft.choose_sheet(name))

    def _choose_header(self, number: str) -> None:
        layout = self.draft.table.layout
        self._do(lambda: self.draft.choose_layout(replace(layout, header=int(number))))

    def _choose_height(self, height: str) -> None:
        layout = self.draft.table.layout
        self._do(lambda: self.draft.choose_layout(replace(layout, height=int(height))))

    def _leave_out(self, rows: Sequence[int]) -> None:
        self._do(lambda: self.draft.leave_out(rows, hidden=self.draft.table.layout.skip_hidden))

    def _skip_hidden(self, on: bool) -> None:
        self._do(lambda: self.draft.leave_out(self.draft.table.layout.left_out, hidden=on))

    # ---- the columns

    def _draw_columns(self) -> None:
        targets = self.draft.targets
        options = [('', '取り込まない')]
        closed = ' ※値は取り込めません'
        options += [(key, each.label + (closed if each.closed else '')) for key, each in targets.items()]
        with tag('div', '', 'records-frame'), tag('table', '', 'records import-columns'):
            with tag('thead'), tag('tr'):
                for head in ('列', 'ファイルの見出し', '値の例', '取り込み先'):
                    tag('th', head, scope='col')
            with tag('tbody'):
                for column in self.draft.table.columns:
                    self._draw_column(column, options)

    def _draw_column(self, column: Column, options: Sequence[tuple[str, str]]) -> None:
        key = self.draft.chosen.get(column.at, '')
        letter = self.draft.table.sheet.address(0, column.at).rpartition('!')[2][:-1]
        with tag('tr', '', '' if key else 'import-unused'):
            tag('td', letter)
            tag('th', column.header or '(見出しなし)', scope='row')
            tag('td', '、'.join(column.samples) or '(空)', 'import-samples')
            with tag('td'):
                name = f'{letter}列 {column.header} の取り込み先'
                self._options(name, options, key, lambda value: self._choose(column.at, value), aria_label=name)
                closed = self.draft.targets[key].closed if key else ''
                if closed:
                    tag('div', closed, 'tile-note')

    def _choose(self, at: int, key: str) -> None:
        self._do(lambda: self.draft.choose(at, key))

    # ---- how

    def _draw_ways(self) -> None:
        draft = self.draft
        keys = [(_NEW, 'すべて新しく登録する')]
        labels = {key: each.label for key, each in draft.targets.items()}
        keys += [(key, f'「{labels[key]}」が同じ記録を変更し、なければ登録する') for key in draft.key_choices()]
        self._select('同じ記録の見分け方', keys, draft.keys[0] if draft.keys else _NEW, self._choose_key)
        blanks = [('', '空のセルの項目は、いまの値のままにする'), ('clear', '空のセルの項目は、空にする')]
        self._select('空のセル', blanks, 'clear' if draft.clears else '', self._choose_blanks)

    def _choose_key(self, key: str) -> None:
        self._do(lambda: self.draft.choose_keys((key,) if key else ()))

    def _choose_blanks(self, value: str) -> None:
        self._do(lambda: self.draft.choose_blanks(clears=value == 'clear'))

    def _do(self, change: Callable[[], object]) -> None:
        try:
            change()
        except Refused as refused:
            self.page.say('error', refused.detail)
            return
        self.page.unsay()
        self._draw_anew()

    def _draw_anew(self) -> None:
        """All but the buttons below, so that none of them is pressed in vain; the focus stays where it was."""
        self._body.clear()
        with self._body:
            self._draw_body()
        if again := self._boxes.get(self._chosen):
            self.page.frame.client.run_javascript(
                f'document.activeElement === document.body && document.getElementById("{again}")?.focus()'
            )

    def _check(self) -> None:
        if mistakes := self.draft.mistakes:
            self.page.say('error', ' '.join(mistakes))
            return
        self.page.show_check()

    # ---- what is chosen with

    def _select(self, label: str, options: Sequence[tuple[str, str]], value: str, on: Callable[[str], None]) -> None:
        with tag('label', '', 'import-choice'):
            tag('span', label, 'toolbar-label')
            self._options(label, options, value, on)

    def _options(
        self, name: str, options: Sequence[tuple[str, str]], value: str, on: Callable[[str], None], **attributes: object
    ) -> None:
        known = {key for key, _ in options}

        def chosen(event: GenericEventArguments) -> None:
            if isinstance(event.args, str) and event.args in known:
                self._chosen = name
                on(event.args)

        with tag('select', '', 'field-box', **attributes) as box:
            for key, text in options:
                tag('option', text, value=key or None, selected=key == value)
        self._boxes[name] = box.html_id
        box.on('change', chosen, js_handler='(e) => emit(e.target.selectedOptions[0].getAttribute("value") ?? "")')

    def _check_box(self, text: str, on: bool, change: Callable[[bool], None]) -> None:
        def chosen(event: GenericEventArguments) -> None:
            self._chosen = text
            change(bool(event.args))

        with tag('label', '', 'check'):
            box = tag('input', type='checkbox')
            box.props['defaultChecked'] = on
            tag('span', text)
        self._boxes[text] = box.html_id
        box.on('change', chosen, js_handler=_CHECKED)
