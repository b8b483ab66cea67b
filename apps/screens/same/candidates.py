"""Which record to put beside: the likely ones with their reasons, or any other that is found by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nicegui import background_tasks, run
from nicegui.events import GenericEventArguments

from apps.addresses import same_address
from apps.people import Person
from apps.reading import Shown, Wanted
from apps.reading.likely_duplicates import likely_duplicates
from apps.screens.accounts.boxes import SEND_FORM, given
from apps.tags import icon, link, tag
from forms.view import View

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition

MOST_FOUND = 10


class Candidates:
    """Below the comparison; other: id of the one that stands beside now."""

    def __init__(self, frame: Frame, definition: AppDefinition, shown: Shown, other: str) -> None:
        self._frame = frame
        self._definition = definition
        self._shown = shown
        self._other = other

    def draw(self, person: Person) -> None:
        with tag('section', '', 'card card-body same-candidates', aria_labelledby='same-candidates-title'):
            tag('h2', '同じことかもしれないもの', 'card-title', id='same-candidates-title')
            place = tag('div', '', 'same-likely')
            with place:
                tag('p', '調べています…', 'same-hint', role='status')
            with tag('form', '', 'toolbar same-search', role='search') as form:
                with tag('div'):
                    tag('label', 'ほかのものを番号や言葉で探す', 'toolbar-label', for_='same-words')
                    tag('input', '', 'field-box', id='same-words', name='words', type='search', autocomplete='off')
                with tag('button', '', 'button outline', type='submit'):
                    icon('search')
                    tag('span', '探す')
            self._found = tag('div', '', 'same-found', role='status')
        form.on('submit', self._search, js_handler=SEND_FORM)
        background_tasks.create(self._fill(person, place), name='likely duplicates')

    async def _fill(self, person: Person, place: Any) -> None:
        reading = self._frame.context.reading
        seen = reading.seen(self._definition, View(name=''), {}, person)
        stored = reading.stored(self._definition.name, self._shown.id, by=person)
        likely = await run.io_bound(likely_duplicates, seen, seen.sight.readable(stored), self._shown.id)
        if likely is None or place.is_deleted:
            return
        place.clear()
        with place:
            if not likely:
                tag('p', '近い日に、似たものはありません。', 'same-hint')
            with tag('ul', '', 'record-links'):
                for each in likely:
                    self._candidate(each['id'], each['title'], each['status'], '、'.join(each['reasons']))

    def _search(self, event: GenericEventArguments) -> None:
        person, words = self._frame.person(), given(event).get('words', '').strip()
        if person is None or not words or self._found.is_deleted:
            return
        wanted = Wanted(text=words, limit=MOST_FOUND)
        page = self._frame.context.reading.page(self._definition.name, None, wanted, by=person)
        rows = [each for each in page.rows if each.id != self._shown.id]
        self._frame.context.audit.searched(person, self._definition.name, words, page.total)
        self._found.clear()
        with self._found:
            if not rows:
                tag('p', f'「{words}」では見つかりません。', 'same-hint')
            with tag('ul', '', 'record-links'):
                for each in rows:
                    self._candidate(each.id, each.title, '', '')
            if page.total > MOST_FOUND:
                tag('p', f'ほかに{page.total - MOST_FOUND:,}件あります。言葉を足してください。', 'same-hint')

    def _candidate(self, record_id: str, title: str, status: str, why: str) -> None:
        address = same_address(self._definition.name, self._shown.id, record_id)
        current = 'true' if record_id == self._other else None
        with tag('li'), link('', address, 'record-link', aria_current=current):
            tag('span', title or '(名前なし)', 'record-link-title')
            if status:
                tag('span', status, 'chip')
            if why:
                tag('span', why, 'record-link-due')
