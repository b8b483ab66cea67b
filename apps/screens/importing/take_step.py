"""The fourth step: the rows are written, with a bar that moves; then what was done, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import background_tasks

from apps.addresses import app_address, corrections_address
from apps.importing.draft import Draft
from apps.operations.imports_kept import Import
from apps.operations.take_in import Cancelled
from apps.outcome import Refused
from apps.tags import button, icon, link, notice, tag

if TYPE_CHECKING:
    from apps.screens.importing import ImportPage
    from apps.screens.importing.check_step import ProgressBar


class TakeStep:
    def __init__(self, page: ImportPage, *, partly: bool) -> None:
        assert page.draft is not None
        self.page = page
        self.partly = partly
        self.draft: Draft = page.draft

    def draw(self) -> None:
        from apps.screens.importing.check_step import ProgressBar

        self._place = tag('div', '', 'import-step')
        with self._place:
            bar = ProgressBar(self.draft, '取り込んでいます')
        background_tasks.create(self._take(bar), name='import')

    async def _take(self, bar: ProgressBar) -> None:
        person = self.page.person()
        if person is None:
            return
        try:
            made = await self.page.desk.take(self.draft, by=person, partly=self.partly)
        except Cancelled:
            self._back('info', '取り込みをやめました。何も残っていません。')
            return
        except Refused as refused:
            self._back('error', refused.detail)
            return
        finally:
            bar.end()
        if not self._place.is_deleted:
            self._place.clear()
            with self._place:
                self._draw_done(made)

    def _back(self, kind: str, text: str) -> None:
        if not self._place.is_deleted:
            self.page.show_columns()
            self.page.say(kind, text)

    def _draw_done(self, made: Import) -> None:
        told = f'{made.new:,}件を登録し、{made.changed:,}件を変更しました。'
        if made.unchanged:
            told += f'変わりのない{made.unchanged:,}件は、そのままです。'
        notice('success', told, role='status')
        if made.refused:
            left = f'誤りのある{made.refused:,}行は取り込んでいません。'
            notice('warning', f'{left}Excelで受け取り、直してからもう一度取り込めます。')
            address = corrections_address(self.page.definition.name, self.draft.id)
            with link('', address, 'button outline', download=True):
                icon('download')
                tag('span', '取り込まなかった行をExcelで受け取る')
        tag('p', 'まちがいに気づいたら、「取り込みの一覧」からまとめて取り消せます。')
        with tag('div', '', 'import-foot'):
            button('取り込みの一覧', self.page.show_file, 'button quiet')
            link('記録の一覧を見る', app_address(self.page.definition.name), 'button solid large')
