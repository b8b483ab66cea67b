"""What hangs together with a record because it is about the same thing, and the way to compare and decide."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

from nicegui import background_tasks, run

from apps.addresses import record_address, same_address
from apps.outcome import Refused
from apps.panel import RecordScene, record_panel
from apps.people import Person
from apps.reading import IN_LISTS
from apps.reading.likely_duplicates import likely_duplicates
from apps.reading.same_reports import SameReports, Tied
from apps.tags import button, icon, link, notice, tag
from forms.capabilities.duplicates import KEY
from forms.definition import AppDefinition
from forms.view import View

GONE = '(見られないか、消去された記録)'
LATEST = 3
"""So much of what was done to the original is told on its followers."""


def told(definition: AppDefinition) -> list[str]:
    """The number of reports stands in the panel's own words."""
    rules: Any = definition.capabilities[KEY]
    return [rules.reports] if rules.reports else []


@record_panel(KEY, tells=told)
def duplicates(scene: RecordScene) -> None:
    """Beside every record: alone, it still leads to the comparison."""
    person = scene.person()
    if person is not None:
        DuplicatesPanel(scene, person).draw()


class DuplicatesPanel:
    """Drawn anew after every change of the record, and of those it hangs together with."""

    def __init__(self, scene: RecordScene, person: Person) -> None:
        self._scene = scene
        self._person = person
        self._app = scene.definition.name
        self._request_id = str(uuid4())

    def draw(self) -> None:
        context, record = self._scene.context, self._scene.record
        ties = context.reading.same_reports(self._app, record.id, by=self._person, masks=IN_LISTS)
        self._may = context.reading.may_on('change', self._app, record.id, by=self._person)
        with tag('section', '', 'card card-body same-panel', aria_labelledby='same-panel-title'):
            with tag('h2', '', 'card-title', id='same-panel-title'):
                tag('span', '同じことの記録')
                if ties.reports > 1:
                    tag('span', f'申出 {ties.reports:,}件', 'chip')
            self._news = tag('div', '', 'workflow-news')
            if ties.original is not None:
                self._draw_original(ties.original)
            self._draw_group('まとめた記録', ties.followers)
            self._draw_group('関係する記録', ties.linked)
            if ties.original is None:
                self._draw_way(ties)

    def _draw_original(self, original: Tied) -> None:
        with tag('div', '', 'same-group'):
            notice('info', 'この記録は、次の記録にまとめてあります。操作は、まとめ先で行います。')
            self._draw_tied(original)
            self._draw_updates(original)

    def _draw_updates(self, original: Tied) -> None:
        """What happens to the original is what happens to this one."""
        if not original.title:
            return
        entries = self._scene.context.reading.history(self._app, original.id, by=self._person, masks=IN_LISTS)
        with tag('ul', '', 'same-updates', aria_label='まとめ先の最近の動き'):
            for each in entries[:LATEST]:
                tag('li', f'{each.what} {each.at} {each.by}')

    def _draw_group(self, title: str, many: tuple[Tied, ...]) -> None:
        if not many:
            return
        with tag('div', '', 'same-group'):
            tag('h3', f'{title} {len(many):,}件')
            with tag('ul', '', 'record-links'):
                for each in many:
                    with tag('li'):
                        self._draw_tied(each)

    def _draw_tied(self, one: Tied) -> None:
        with tag('div', '', 'same-tied'):
            if one.title:
                with link('', record_address(self._app, one.id), 'record-link'):
                    tag('span', one.title, 'record-link-title')
                    if one.status:
                        tag('span', one.status, 'chip' if one.done else 'chip blue')
            else:
                tag('span', GONE, 'same-hint')
            if self._may:
                called = f'「{one.title or GONE}」と別々にする'
                button('別々にする', partial(self._separate, one), 'button plain', aria_label=called)

    async def _separate(self, other: Tied) -> None:
        person, record = self._scene.person(), self._scene.record
        if person is None:
            return
        try:
            await self._scene.context.same_reports.separate(
                self._app, record.id, other.id, by=person, request_id=self._request_id, if_rev=record.rev
            )
        except Refused as refused:
            if refused.kind != 'unknown_outcome':
                self._request_id = str(uuid4())
            self._news.clear()
            with self._news:
                notice('error', refused.detail or '結果を確認できません。もう一度押しても二重にはなりません。')
        else:
            self._scene.refresh()

    # ---- what may be about the same thing

    def _draw_way(self, ties: SameReports) -> None:
        place = tag('div', '', 'same-group')
        with link('', same_address(self._app, self._scene.record.id), 'button wide outline'):
            icon('compare')
            tag('span', '似たものと見比べる')
        if ties.is_alone and not self._is_done():
            background_tasks.create(self._fill(place), name='likely duplicates')

    def _is_done(self) -> bool:
        workflow: Any = self._scene.definition.capabilities.get('workflow')
        return workflow is not None and self._scene.record.values.get(workflow.field) in workflow.done

    async def _fill(self, place: Any) -> None:
        reading, record_id = self._scene.context.reading, self._scene.record.id
        try:
            seen = reading.seen(self._scene.definition, View(name=''), {}, self._person)
            values = seen.sight.readable(reading.stored(self._app, record_id, by=self._person))
        except Refused:
            return
        likely = await run.io_bound(likely_duplicates, seen, values, record_id)
        if not likely or place.is_deleted:
            return
        with place:
            tag('h3', f'似た記録があります({len(likely)}件)')
            with tag('ul', '', 'record-links'):
                for each in likely[:3]:
                    with tag('li'), link('', same_address(self._app, record_id, each['id']), 'record-link'):
                        tag('span', each['title'], 'record-link-title')
                        tag('span', '、'.join(each['reasons']), 'record-link-due')
