"""The third step: every row is judged as a save would, while a bar moves; then what would happen, and each problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import background_tasks, ui

from apps.addresses import corrections_address
from apps.importing.draft import Draft, Report
from apps.importing.judging import KINDS, REFUSED
from apps.operations.take_in import Cancelled
from apps.outcome import Refused
from apps.screens.importing.take_step import TakeStep
from apps.tags import button, icon, link, notice, tag

if TYPE_CHECKING:
    from apps.screens.importing import ImportPage

SHOWN = 200
"""Problems listed on the screen; the workbook has all of them."""

NOTES_SHOWN = 20
PROGRESS_SECONDS = 0.3


class ProgressBar:
    """Moves while something is going on, and lets a person stop it."""

    def __init__(self, draft: Draft, text: str) -> None:
        self._draft = draft
        with tag('div', '', 'card import-going', role='status'):
            tag('strong', text)
            self._bar = tag('progress', '', '', max=100)
            self._told = tag('span', '')
            self._stop = button('やめる', self._cancel, 'button outline')
        self._timer = ui.timer(PROGRESS_SECONDS, self._show)

    def _show(self) -> None:
        progress = self._draft.progress
        if progress.total:
            self._bar.props['value'] = round(100 * progress.done / progress.total)
            self._told.set_text(f'{progress.done:,} / {progress.total:,}行')
        self._bar.update()

    def _cancel(self) -> None:
        self._draft.progress.stop = True
        self._told.set_text('やめています…')

    def end(self) -> None:
        self._timer.cancel()


class CheckStep:
    def __init__(self, page: ImportPage) -> None:
        assert page.draft is not None
        self.page = page
        self.draft: Draft = page.draft

    def draw(self) -> None:
        self._place = tag('div', '', 'import-step')
        with self._place:
            bar = ProgressBar(self.draft, '1行ずつ確かめています')
        background_tasks.create(self._check(bar), name='check of an import')

    async def _check(self, bar: ProgressBar) -> None:
        person = self.page.person()
        if person is None:
            return
        try:
            report = await self.page.desk.check(self.draft, by=person)
        except Cancelled:
            self._back('info', '確かめるのをやめました。')
            return
        except Refused as refused:
            self._back('error', refused.detail)
            return
        finally:
            bar.end()
        if not self._place.is_deleted:
            self._place.clear()
            with self._place:
                self._draw_report(report)

    def _back(self, kind: str, text: str) -> None:
        if not self._place.is_deleted:
            self.page.show_columns()
            self.page.say(kind, text)

    # ---- what was found

    def _draw_report(self, report: Report) -> None:
        counts = report.counts
        with tag('dl', '', 'import-counts'):
            for kind, name in KINDS.items():
                with tag('div', '', f'import-count {kind if counts[kind] else "none"}'):
                    tag('dt', name)
                    tag('dd', f'{counts[kind]:,}行')
        if report.problems:
            self._draw_problems(report)
        elif report.can_be_taken:
            notice('success', '誤りはありません。', role='status')
        else:
            notice('info', '変わるところがないので、取り込む行はありません。')
        self._draw_notes(report)
        with tag('div', '', 'import-foot'):
            button('列の対応に戻る', self.page.show_columns, 'button quiet')
            good = len(report.taken)
            if report.problems and good:
                text = f'誤りのある行を除いて{good:,}件を取り込む'
                button(text, lambda: self._take(partly=True), 'button outline large')
            elif good:
                button(f'{good:,}件を取り込む', lambda: self._take(partly=False), 'button solid large')

    def _draw_problems(self, report: Report) -> None:
        rows = report.counts[REFUSED]
        text = f'{rows:,}行に{len(report.problems):,}件の誤りがあります。'
        notice('error', f'{text}ファイルを直して選び直すか、誤りのある行を除いて取り込めます。')
        with link('', corrections_address(self.page.definition.name, self.draft.id), 'button outline', download=True):
            icon('download')
            tag('span', '誤りに印を付けたExcelを受け取る')
        with tag('div', '', 'records-frame'), tag('table', '', 'records import-problems'):
            with tag('thead'), tag('tr'):
                for head in ('番地', '書かれている値', '誤りと直し方'):
                    tag('th', head, scope='col')
            with tag('tbody'):
                for each in report.problems[:SHOWN]:
                    with tag('tr'):
                        tag('th', each.address, scope='row')
                        tag('td', each.shown or '(空)')
                        tag('td', each.text)
        if len(report.problems) > SHOWN:
            tag('p', f'ほか{len(report.problems) - SHOWN:,}件は、Excelの「取込結果」にあります。')

    def _draw_notes(self, report: Report) -> None:
        notes = report.notes
        if not notes:
            return
        with tag('details', '', 'card import-notes'):
            tag('summary', f'読み替えたことや注意が{len(notes):,}件あります')
            with tag('ul'):
                for verdict, note in notes[:NOTES_SHOWN]:
                    tag('li', f'{verdict.number + 1}行目: {note.text}')
                if len(notes) > NOTES_SHOWN:
                    tag('li', f'ほか{len(notes) - NOTES_SHOWN:,}件')

    def _take(self, *, partly: bool) -> None:
        self.page.show_taken(TakeStep(self.page, partly=partly))
