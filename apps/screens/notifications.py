"""お知らせ: what somebody was told, newest first, and how they want to be told by mail."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from nicegui.events import GenericEventArguments

from apps.addresses import record_address
from apps.clock import TOKYO
from apps.live import Notified
from apps.notifications.notification import Choices
from apps.outcome import Refused
from apps.tags import button, icon, link, notice, tag
from forms.japanese.era import wareki

if TYPE_CHECKING:
    from apps.frame import Frame
    from apps.notifications.notification import Notification
    from apps.people import Person

_SEND_FORM = '(e) => { e.preventDefault(); emit(Object.fromEntries(new FormData(e.target))) }'


def draw(frame: Frame) -> None:
    """The list and the settings of the person who looks."""
    person = frame.person()
    if person is not None:
        _Page(frame).draw(person)


class _Page:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.inbox = frame.context.inbox

    def draw(self, person: Person) -> None:
        self.frame.title('お知らせ')
        with tag('div', '', 'page-head'):
            with tag('div', '', 'page-head-words'):
                tag('h1', 'お知らせ', 'page-title')
                tag('p', 'あなたに関わる出来事です。レコードを開くと、読んだことになります。', 'page-lead')
            self._all_read = button('すべて読んだことにする', self._read_all, 'button outline')
        self._list = tag('div', '', 'told')
        self._settings(person)
        self._fill(person)
        self.frame.listen(self._happened)

    def _happened(self, happening: object) -> None:
        if isinstance(happening, Notified) and not self._list.is_deleted:
            person = self.frame.person()
            if person is not None and happening.account == person.account:
                self._fill(person)

    def _fill(self, person: Person) -> None:
        newest = self.inbox.newest(person)
        self._all_read.visible = self.inbox.unread(person) > 0
        self._list.clear()
        with self._list:
            if not newest:
                tag('p', 'お知らせはありません。', 'empty')
            for day, found in groupby(newest, key=lambda each: each.at[:10]):
                tag('h2', wareki(datetime.fromisoformat(day).date()), 'told-day')
                with tag('ul', '', 'told-list card'):
                    for each in found:
                        self._one(each)

    def _one(self, one: Notification) -> None:
        definition = self.frame.context.catalogue.find(one.app)
        at = datetime.fromisoformat(one.at).astimezone(TOKYO)
        with tag('li', '', 'told-item' + ('' if one.read else ' unread')):
            with link('', record_address(one.app, one.record), 'told-link'):
                icon(definition.icon if definition is not None else '')
                with tag('span', '', 'told-words'):
                    with tag('span', '', 'told-event'):
                        if not one.read:
                            tag('span', '未読', 'chip blue')
                        tag('span', one.event)
                    tag('span', one.text or one.title, 'told-text')
                    if one.text and one.title:
                        tag('span', one.title, 'told-record')
                tag('span', f'{at.hour}:{at.minute:02}', 'told-time')

    async def _read_all(self) -> None:
        person = self.frame.person()
        if person is not None:
            await self.inbox.read_all(by=person)
            self._fill(person)

    # ---- by mail

    def _settings(self, person: Person) -> None:
        with tag('details', '', 'card told-settings'):
            with tag('summary', '', 'card-title'):
                icon('mail')
                tag('span', 'メールでも受け取る')
            with tag('div', '', 'card-body'):
                if self.frame.context.outbox.sender is None:
                    notice('info', 'メールサーバーが設定されていないので、お知らせはこの画面だけに出ます。')
                else:
                    self._form(person)

    def _form(self, person: Person) -> None:
        choices, events = self.inbox.choices(person), self.inbox.events(person)
        tag('p', 'メールには、受付番号とアドレスだけが入ります。内容は開いて見てください。')
        self._said = tag('div')
        with tag('form', '', 'account-form') as form:
            with tag('label', '', 'check'):
                tag('input', type='checkbox', name='mail').props['defaultChecked'] = choices.mail
                tag('span', 'メールでも受け取る')
            with tag('div', '', 'account-box'):
                tag('label', '職場のメールアドレス', 'toolbar-label', for_='told-address')
                box = tag('input', '', 'field-box', id='told-address', name='address', type='email')
                box.props['defaultValue'] = choices.address
            if events:
                with tag('fieldset', '', 'told-events'):
                    tag('legend', 'メールで受け取るもの', 'toolbar-label')
                    for definition, event in events:
                        key = f'{definition.name}/{event}'
                        with tag('label', '', 'check'):
                            box = tag('input', type='checkbox', name=f'event.{key}')
                            box.props['defaultChecked'] = key not in choices.without
                            tag('span', f'{definition.title} {event}')
            tag('button', '保存する', 'button solid', type='submit')
        form.on('submit', self._choose, js_handler=_SEND_FORM)

    async def _choose(self, event: GenericEventArguments) -> None:
        person = self.frame.person()
        if person is None:
            return
        given = event.args if isinstance(event.args, dict) else {}
        known = {f'{definition.name}/{name}' for definition, name in self.inbox.events(person)}
        without = frozenset(each for each in known if f'event.{each}' not in given)
        choices = Choices('mail' in given, str(given.get('address', '')).strip(), without)
        self._said.clear()
        try:
            await self.inbox.choose(choices, by=person)
        except Refused as refused:
            with self._said:
                notice('error', refused.detail)
            return
        with self._said:
            notice('success', '保存しました。', role='status')
