"""個人情報の消去: what is over in an app, its lists, and one list from its approval to its certificate."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nicegui import background_tasks, run, ui

from apps.addresses import app_address, retention_address
from apps.outcome import Refused
from apps.people import Person
from apps.reading.shown import moment_text
from apps.retention.disposal import DONE, ERASING, PROPOSED, REFUSED, STATES, Disposal
from apps.retention.rule import day_text, in_words
from apps.screens.accounts.boxes import Said
from apps.screens.refusal import draw_not_allowed, draw_not_found
from apps.screens.retention.one_list import ListPage
from apps.tags import button, icon, link, notice, tag

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition

COLORS = {PROPOSED: 'orange', ERASING: 'orange', DONE: 'green', REFUSED: 'gray'}


def draw(frame: Frame, app: str, list_id: str = '') -> None:
    """The page of an app, or that of one of its lists."""
    person = frame.person()
    if person is None:
        return
    try:
        definition = frame.context.retention.definition(app, person)
        found = frame.context.retention.disposal(list_id, person) if list_id else None
    except Refused as refused:
        (draw_not_found if refused.kind == 'not_found' else draw_not_allowed)(frame, refused.detail)
        return
    frame.title(f'個人情報の消去 - {definition.title}', definition.title)
    with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
        link(definition.title, app_address(app))
        tag('span', '›', aria_hidden='true')
        if found is not None:
            link('個人情報の消去', retention_address(app))
            tag('span', '›', aria_hidden='true')
        tag('span', '一覧' if found is not None else '個人情報の消去', aria_current='page')
    if found is not None:
        ListPage(frame, definition, found).draw()
    else:
        _draw_app(frame, definition, person)


def _draw_app(frame: Frame, definition: AppDefinition, person: Person) -> None:
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('h1', '個人情報の消去', 'page-title')
        tag('p', in_words(definition), 'page-lead')
    said = Said()
    lists = frame.context.retention.lists(definition.name, person)
    with tag('div', '', 'retention-list'):
        _draw_parts(frame, definition, lists, said)


def _draw_parts(frame: Frame, definition: AppDefinition, lists: list[Disposal], said: Said) -> None:
    with tag('section', '', 'card card-body', aria_label='保存期間が過ぎたレコード') as place:
        tag('h2', '保存期間が過ぎたレコード', 'card-title')
        tag('p', '数えています。', 'empty')
    background_tasks.create(_count(frame, definition, place, lists, said), name='what is over')
    with tag('section', '', 'card card-body', aria_label='これまでの一覧'):
        tag('h2', 'これまでの一覧', 'card-title')
        if not lists:
            tag('p', 'まだありません。', 'empty')
        with tag('ul', '', 'account-planned'):
            for each in lists:
                _line(frame, definition, each)


async def _count(
    frame: Frame, definition: AppDefinition, place: ui.element, lists: list[Disposal], said: Said
) -> None:
    person = frame.person()
    if person is None:
        return
    due = await run.io_bound(frame.context.retention.due, definition.name, person)
    if place.is_deleted:
        return
    place.clear()
    with place:
        tag('h2', '保存期間が過ぎたレコード', 'card-title')
        if not due:
            tag('p', '個人情報が残っているものはありません。', 'empty')
            return
        with tag('p'):
            tag('strong', f'{len(due):,}件', 'retention-count')
            tag('span', f' いちばん古いものの保存期間は、{day_text(due[0].last)}まででした。')
        waiting = next((each for each in lists if each.state not in (DONE, REFUSED)), None)
        if waiting is not None:
            notice('info', '前の一覧が終わると、次の一覧を作れます。')
            link('前の一覧を開く', retention_address(definition.name, waiting.id), 'button outline')
            return
        tag('p', '一覧を作り、別の人が承認してから、消します。一覧を作っただけでは消えません。')
        with button('', partial(_propose, frame, definition, said), 'button solid') as making:
            icon('playlist_add')
            tag('span', '消去の一覧を作る')
        making.props['data-propose'] = ''


def _line(frame: Frame, definition: AppDefinition, one: Disposal) -> None:
    by = frame.context.directory.staff_name(one.made_by) or '自動処理'
    with tag('li', '', 'retention-line'):
        link(moment_text(one.made_at), retention_address(definition.name, one.id))
        tag('span', f'{len(one.wanted):,}件 {by}')
        tag('span', STATES[one.state], f'chip {COLORS.get(one.state, "blue")}')


async def _propose(frame: Frame, definition: AppDefinition, said: Said) -> None:
    by = frame.person()
    if by is None:
        return
    try:
        made = await frame.context.retention.propose(definition.name, by=by)
    except Refused as refused:
        said.say('error', refused.detail)
        return
    ui.navigate.to(retention_address(definition.name, made.id))
