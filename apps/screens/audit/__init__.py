"""Who did what when: the audit for administrators, and for supervisors what is about the apps of their section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import run, ui
from nicegui.events import GenericEventArguments

from apps import audit_retention
from apps.addresses import AUDIT, query_of
from apps.audit_trail import TRAIL_KINDS, Asked, TrailPage
from apps.outcome import Refused
from apps.people import SYSTEM, Person
from apps.screens.audit.export_form import draw_export_form
from apps.screens.audit.lines import draw_lines
from apps.screens.refusal import draw_not_allowed
from apps.tags import button, icon, notice, tag

if TYPE_CHECKING:
    from apps.frame import Frame

_SEND_FORM = '(e) => { e.preventDefault(); emit(Object.fromEntries(new FormData(e.target))) }'
_USUAL_DAYS = 7
"""Shown at first: years at once would take a second, and nobody reads them."""


def draw(frame: Frame) -> None:
    """The search, what was found, and the way to take it along."""
    person = frame.person()
    if person is None:
        return
    if not frame.context.trail.may_look(person):
        draw_not_allowed(frame, '監査記録を見られるのは、システム管理者と、アプリを所管する課の所属長です。')
        return
    frame.title('監査記録')
    _AuditPage(frame, person).draw()


class _AuditPage:
    def __init__(self, frame: Frame, person: Person) -> None:
        self.frame = frame
        self.person = person
        self._asked = asked_in(query_of(frame.path), frame.context.clock.now().date())

    def draw(self) -> None:
        with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
            tag('h1', '監査記録', 'page-title')
            tag('p', 'だれが、いつ、何をしたかの記録です。レコードの中身は出ません。', 'page-lead')
        if short := audit_retention.warning(self.frame.context.settings.audit_days):
            notice('warning', short)
        if waiting := self.frame.context.audit.unwritten:
            notice('error', f'{waiting:,}件の監査記録を書き込めていません。ディスクの空きを確かめてください。')
        self._search()
        self._found = tag('div', '', 'audit-found')
        self._more = tag('div', '', 'audit-more')
        with tag('details', '', 'card audit-export'):
            with tag('summary', '', 'card-title'):
                icon('download')
                tag('span', 'この条件の監査記録を書き出す')
            self._export = tag('div', '', 'card-body')
        self._show_export()
        ui.timer(0, self._first_page, once=True)

    def _search(self) -> None:
        apps = [(each.name, each.title) for each in self.frame.context.trail.apps(self.person)]
        people = [(each.account, each.name) for each in self.frame.context.accounts.all()]
        with tag('form', '', 'toolbar audit-search', role='search', aria_label='監査記録をさがす') as form:
            _box('since', 'この日から', self._asked.since, kind='date')
            _box('until', 'この日まで', self._asked.until, kind='date')
            _choice('person', '利用者', [*people, (SYSTEM.account, SYSTEM.name)], self._asked.person)
            _choice('kind', '内容', list(TRAIL_KINDS.items()), self._asked.kind)
            _choice('app', 'アプリ', apps, self._asked.app)
            _box('record', 'レコードID', self._asked.record)
            with tag('button', '', 'button solid', type='submit'):
                icon('search')
                tag('span', 'さがす')
        form.on('submit', self._ask, js_handler=_SEND_FORM)

    def _ask(self, event: GenericEventArguments) -> None:
        given = event.args if isinstance(event.args, dict) else {}
        query = {name: str(value) for name, value in given.items()}
        self._asked = asked_in(query, None)
        ui.navigate.history.replace(f'{AUDIT}?{urlencode(query)}')
        self._show_export()
        return self._begin()

    def _begin(self) -> None:
        self._found.clear()
        ui.timer(0, self._first_page, once=True)

    async def _first_page(self) -> None:
        await self._page(None)

    async def _page(self, before: int | None) -> None:
        person = self.frame.person()
        if person is None or self._found.is_deleted:
            return
        self._more.clear()
        try:
            page = await run.io_bound(self.frame.context.trail.page, self._asked, by=person, before=before)
        except Refused as refused:
            with self._found:
                notice('error', refused.detail)
            return
        if page is not None and not self._found.is_deleted:
            self._show(page, first=before is None)

    def _show(self, page: TrailPage, *, first: bool) -> None:
        with self._found:
            if first and not page.entries:
                tag('p', 'この条件の監査記録はありません。', 'card empty')
            else:
                draw_lines(page.entries)
        if page.before is not None:
            before = page.before

            async def more() -> None:
                await self._page(before)

            with self._more:
                button('続きを表示する', more, 'button outline wide')

    def _show_export(self) -> None:
        self._export.clear()
        with self._export:
            draw_export_form(self.frame.context.settings.export_purposes, self._asked)


def asked_in(query: Mapping[str, str], today: date | None) -> Asked:
    """What an address asks for; the last week where it asks for nothing and today is told."""
    told = {name: query.get(name, '').strip()[:100] for name in ('person', 'kind', 'app', 'record')}
    kind = told['kind'] if told['kind'] in TRAIL_KINDS else ''
    asked = Asked(_day(query.get('since')), _day(query.get('until')), **{**told, 'kind': kind})
    if today is not None and asked == Asked():
        return replace(asked, since=today - timedelta(days=_USUAL_DAYS))
    return asked


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or '')
    except ValueError:
        return None


def _box(name: str, label: str, value: object, kind: str = 'text') -> None:
    with tag('div', '', 'audit-field'):
        tag('label', label, 'toolbar-label', for_=f'audit-{name}')
        box = tag('input', '', 'field-box', id=f'audit-{name}', name=name, type=kind, autocomplete='off')
        box.props['defaultValue'] = str(value or '')


def _choice(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> None:
    with tag('div', '', 'audit-field'):
        tag('label', label, 'toolbar-label', for_=f'audit-{name}')
        with tag('select', '', 'field-box', id=f'audit-{name}', name=name):
            tag('option', 'すべて', value='')
            for value, text in options:
                tag('option', text, value=value, selected=value == chosen)
