"""Apps that nobody looks after: administrators and leaders give them an owner."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui.events import GenericEventArguments

from apps.addresses import OWNERS, permissions_address
from apps.outcome import Refused
from apps.owners import Unowned
from apps.people import Person
from apps.screens.accounts.boxes import SEND_FORM, Said, given
from apps.screens.refusal import draw_not_allowed
from apps.tags import button, icon, link, tag

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition

__all__ = ['OWNERS', 'draw']


def draw(frame: Frame) -> None:
    person = frame.person()
    if person is None:
        return
    if not _may_give(person):
        draw_not_allowed(frame, '所管課を決められるのは、システム管理者とデジタル推進リーダーです。')
        return
    frame.title('所管のないアプリ')
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('h1', '所管のないアプリ', 'page-title')
        tag('p', '異動などで、世話をする人がいなくなったアプリです。所管課を決めるまで、ここに出ます。', 'page-lead')
    said = Said()
    _fill(frame, tag('div', '', 'accounts'), said)


def _may_give(person: Person) -> bool:
    return bool({'leader', 'administrator'} & set(person.roles))


def _fill(frame: Frame, place: Any, said: Said) -> None:
    found = frame.context.owners.unowned()
    sections = frame.context.directory.sections()
    place.clear()
    with place:
        if not found:
            tag('p', 'どのアプリにも、世話をする人がいます。', 'empty')
        for each in found:
            _app(frame, each, sections, place, said)
        _given(frame, place, said)


def _given(frame: Frame, place: Any, said: Said) -> None:
    given = frame.context.owners.given()
    if not given:
        return
    with tag('section', '', 'card card-body', aria_label='この画面で決めた所管課'):
        tag('h2', 'この画面で決めた所管課', 'card-title')
        tag('p', '定義のファイルの owner は、まだ前のままです。次に定義を直すときに、書き換えてください。')
        with tag('ul', '', 'account-planned'):
            for definition, section in given:
                in_file = f'ファイルでは「{definition.owner}」' if definition.owner else 'ファイルには書かれていません'
                with tag('li', '', 'owner-given'):
                    tag('span', f'{definition.title}: {section}({in_file})')
                    back = partial(_take_back, frame, definition, place, said)
                    button('ファイルのとおりに戻す', back, 'button plain')


def _app(frame: Frame, app: Unowned, sections: list[str], place: Any, said: Said) -> None:
    name = app.definition.name
    with tag('section', '', 'card card-body', aria_label=app.definition.title):
        with tag('h2', '', 'card-title'):
            icon(app.definition.icon)
            tag('span', app.definition.title)
        tag('p', app.why)
        person = frame.person()
        if person is not None and frame.context.grants.may_give(app.definition, person):
            link('権限と閲覧の許可', permissions_address(name), 'button plain')
        with tag('form', '', 'toolbar') as form:
            with tag('div'):
                tag('label', '所管課', 'toolbar-label', for_=f'owner-{name}')
                with tag('select', '', 'field-box', id=f'owner-{name}', name='section'):
                    for each in ['', *sections]:
                        tag('option', each or '選んでください', value=each, selected=each == app.owner)
            tag('button', '決める', 'button solid', type='submit')
        form.on('submit', partial(_give, frame, app, place, said), js_handler=SEND_FORM)


async def _give(frame: Frame, app: Unowned, place: Any, said: Said, event: GenericEventArguments) -> None:
    by = frame.person()
    if by is None or not _may_give(by):
        return
    section = given(event).get('section', '')
    try:
        await frame.context.owners.give(app.definition.name, section, by=by)
    except Refused as refused:
        said.say('error', refused.detail)
        return
    await frame.context.audit.note('definition', by, app=app.definition.name, target=section)
    said.say('success', f'「{app.definition.title}」の所管課を「{section}」にしました。')
    _fill(frame, place, said)


async def _take_back(frame: Frame, definition: AppDefinition, place: Any, said: Said) -> None:
    by = frame.person()
    if by is None or not _may_give(by):
        return
    await frame.context.owners.take_back(definition.name, by=by)
    await frame.context.audit.note('definition', by, app=definition.name, target=definition.owner)
    said.say('success', f'「{definition.title}」の所管課を、定義のファイルのとおりに戻しました。')
    _fill(frame, place, said)
