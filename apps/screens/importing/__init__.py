"""Taking in a file in four steps: the file, its columns, the check, the taking in; and what was taken in before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from apps.addresses import app_address
from apps.importing.draft import Draft
from apps.outcome import Refused
from apps.people import Person
from apps.screens.importing.check_step import CheckStep
from apps.screens.importing.column_step import ColumnStep
from apps.screens.importing.file_step import FileStep
from apps.screens.importing.take_step import TakeStep
from apps.screens.refusal import draw_not_allowed, draw_not_found
from apps.tags import link, notice, tag

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition

STEPS = ('ファイルを選ぶ', '列を合わせる', '内容を確かめる', '取り込む')


def draw(frame: Frame, app: str) -> None:
    """The first step. Who may not import is told so."""
    person = frame.person()
    if person is None:
        return
    try:
        definition = frame.context.reading.definition(app, person, 'import')
    except Refused as refused:
        (draw_not_allowed if refused.kind == 'forbidden' else draw_not_found)(frame, refused.detail)
        return
    frame.title(f'{definition.title} 取り込み', definition.title)
    ImportPage(frame, definition).draw()


class ImportPage:
    """One import in one open tab. The steps are drawn into the same place, one after the other."""

    def __init__(self, frame: Frame, definition: AppDefinition) -> None:
        self.frame = frame
        self.definition = definition
        self.desk = frame.context.imports
        self.draft: Draft | None = None

    def draw(self) -> None:
        with tag('nav', '', 'crumbs', aria_label='いまいるところ'):
            link(self.definition.title, app_address(self.definition.name))
            tag('span', '›', '', aria_hidden='true')
            tag('span', '取り込み')
        with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
            tag('h1', 'ExcelやCSVから取り込む', 'page-title')
            told = '「取り込む」を押すまで、記録は何も変わりません。取り込んだあとでも、まとめて取り消せます。'
            tag('p', told, 'page-lead')
        self._marks = tag('ol', '', 'import-steps', aria_label='取り込みの手順')
        self._said = tag('div', '', 'import-said')
        self._place = tag('div', '', 'import-step')
        self.frame.client.on_delete(self._left)
        self.show_file()

    # ---- the steps

    def show_file(self) -> None:
        self._step(0, FileStep(self).draw)

    def show_columns(self) -> None:
        self._step(1, ColumnStep(self).draw)

    def show_check(self) -> None:
        self._step(2, CheckStep(self).draw)

    def show_taken(self, step: TakeStep) -> None:
        self._step(3, step.draw)

    def _step(self, number: int, draw_step: Callable[[], None]) -> None:
        self._said.clear()
        self._marks.clear()
        with self._marks:
            for place, name in enumerate(STEPS):
                state = 'import-past' if place < number else 'import-now' if place == number else ''
                with tag('li', '', state, aria_current='step' if place == number else None):
                    tag('span', str(place + 1), 'import-number', aria_hidden='true')
                    tag('span', name)
        self._place.clear()
        with self._place:
            draw_step()
        shown = f'document.getElementById("{self._marks.html_id}")?.scrollIntoView({{block: "nearest"}})'
        self.frame.client.run_javascript(shown)

    # ---- what the steps need

    def person(self) -> Person | None:
        return self.frame.person()

    def opened(self, draft_id: str) -> bool:
        """The file has arrived and was read: this draft is what the next steps are about."""
        person = self.person()
        if person is None:
            return False
        self.draft = self.desk.draft(draft_id, by=person)
        return True

    def say(self, kind: str, text: str) -> None:
        self._said.clear()
        with self._said:
            notice(kind, text, role='alert' if kind == 'error' else 'status')

    def unsay(self) -> None:
        self._said.clear()

    def _left(self) -> None:
        if self.draft is not None:
            self.desk.drop(self.draft)
