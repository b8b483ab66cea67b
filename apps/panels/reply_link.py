"""The link by which somebody outside answers: made, copied, mailed, withdrawn; shown once and never again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nicegui import ui

from apps.addresses import prefix_of, record_address
from apps.outbox.reply_mail import mailed
from apps.outcome import Refused
from apps.panel import RecordScene, record_panel
from apps.people import Person
from apps.public.addresses import reply_address
from apps.qr_code import qr_picture
from apps.reading.shown import moment_text
from apps.reply_links import ANSWERED, OPEN, KeptLink
from apps.tags import button, link, notice, tag
from forms.capabilities.reply_link import KEY

_COPY = """() => {{
  const box = document.getElementById('{box}')
  box.select()
  const done = () => emit(true), failed = () => emit(document.execCommand('copy'))
  navigator.clipboard ? navigator.clipboard.writeText(box.value).then(done, failed) : failed()
}}"""
_TROUBLE = '結果を確認できません。画面を開き直してください。'


@record_panel(KEY)
def reply_link(scene: RecordScene) -> None:
    """Where a link can be made, or was."""
    person = scene.person()
    if person is not None:
        ReplyLinkPanel(scene, person).draw()


class ReplyLinkPanel:
    """Drawn anew after every change of the record; a link that was just made stays until then."""

    def __init__(self, scene: RecordScene, person: Person) -> None:
        self._scene = scene
        self._rules: Any = scene.definition.capabilities[KEY]
        self._app, self._id = scene.definition.name, scene.record.id
        moment = scene.context.reading.moment(person)
        self._waits = self._rules.offered(scene.definition, scene.record.values, moment) is not None
        self._may = scene.context.reading.may_on('act', self._app, self._id, by=person)

    def draw(self) -> None:
        links = self._scene.context.reply_links.of(self._app, self._id)
        if not links and not (self._waits and self._may):
            self._draw_origin()
            return
        with tag('section', '', 'card card-body reply-link', aria_labelledby='reply-link-title'):
            tag('h2', '返信用リンク', 'card-title', id='reply-link-title')
            self._news = tag('div')
            self._place = tag('div')
            with self._place:
                self._draw_standing(links)
        self._draw_origin()

    # ---- where it stands

    def _draw_standing(self, links: list[KeptLink]) -> None:
        now = self._scene.context.clock.now()
        newest = links[0] if links else None
        is_open = self._waits and newest is not None and newest.is_open(now)
        if newest is not None and (is_open or not self._waits or newest.state != OPEN or not newest.is_open(now)):
            tag('p', _told(newest, now, is_open), 'reply-link-state')
        if mail := mailed(self._scene.context.store, self._app, self._id):
            tag('p', f'メール {mail[0]} {moment_text(mail[1])}', 'reply-link-note')
        if not (self._waits and self._may):
            return
        if not is_open:
            tag('p', '相手は、アカウントなしでこの依頼だけに返信できます。')
        with tag('div', '', 'action-buttons'):
            words = 'リンクを作り直す' if is_open else '返信用リンクを作る'
            button(words, self._make, f'button wide {"outline" if is_open else "solid"}')
            if is_open:
                button('リンクを取り消す', self._withdraw, 'button wide quiet')
        if is_open:
            tag('p', '作り直すと、前のリンクは使えなくなります。', 'reply-link-note')

    def _draw_origin(self) -> None:
        """When the task is done: the way back to the record from which it was made, while that one is open."""
        workflow: Any = self._scene.definition.capabilities.get('workflow')
        person = self._scene.person()
        app, _, rest = self._scene.record.origin.partition('/')
        record_id = rest.partition('/')[0]
        if workflow is None or person is None or self._scene.record.values.get(workflow.field) not in workflow.done:
            return
        try:
            shown = self._scene.context.reading.record(app, record_id, by=person)
        except Refused:
            return
        origin: Any = self._scene.context.catalogue.get(app).capabilities.get('workflow')
        if origin is not None and shown.values.get(origin.field) not in origin.done:
            with tag('section', '', 'card card-body'):
                tag('p', f'元の{self._scene.context.catalogue.get(app).title}は、まだ終わっていません。')
                link(f'{shown.title}を開いて終わりにする', record_address(app, record_id), 'button solid wide')

    # ---- what is done

    async def _make(self) -> None:
        person = self._scene.person()
        if person is None:
            return
        try:
            made = await self._scene.context.reply_links.make(self._app, self._id, by=person)
        except Refused as refused:
            self._say('error', refused.detail or _TROUBLE)
            return
        if self._place.is_deleted:
            return
        settings = self._scene.context.settings
        request = ui.context.client.request
        here = f'{request.url.scheme}://{request.url.netloc}{prefix_of(request)}'
        address = (settings.public_origin or here) + reply_address(made.token)
        self._place.clear()
        with self._place:
            self._draw_made(address, made.link)

    def _draw_made(self, address: str, made: KeptLink) -> None:
        box = f'reply-link-{made.id[:8]}'
        notice('success', 'リンクを作りました。このリンクは、いまだけ表示します。', role='status')
        tag('p', _ends(made), 'reply-link-state')
        with tag('label', '', 'reply-link-box'):
            tag('span', '相手に送るリンク')
            tag('input', id=box, type='text', readonly=True, value=address)
        with tag('div', '', 'action-buttons'):
            copying = button('リンクをコピーする', None, 'button solid wide')
            copying.on('click', lambda event: self._copied(bool(event.args)), js_handler=_COPY.format(box=box))
            if self._mail():
                button('メールで送る', self._send, 'button outline wide')
        with tag('details', '', 'reply-link-qr'):
            tag('summary', 'QRコードを表示する')
            tag('img', src=qr_picture(address), alt='返信用リンクのQRコード')
        self._copy_said = tag('p', '', 'reply-link-note', role='status')

    def _copied(self, done: bool) -> None:
        text = 'コピーしました。' if done else 'コピーできません。リンクの文字を選んでコピーしてください。'
        if not self._copy_said.is_deleted:
            self._copy_said.set_text(text)

    def _mail(self) -> str:
        """The address to which a link can be mailed; '' without one, or without a mail server."""
        if self._scene.context.outbox.sender is None or not self._rules.mail:
            return ''
        return str(self._scene.record.values.get(self._rules.mail) or '')

    async def _send(self) -> None:
        person = self._scene.person()
        if person is None:
            return
        try:
            await self._scene.context.reply_links.mail(self._app, self._id, by=person)
        except Refused as refused:
            self._say('error', refused.detail or _TROUBLE)
        else:
            sender = self._scene.context.outbox.sender
            if sender is not None:
                sender.wake()
            self._say('success', 'メールの送信待ちに入れました。')

    async def _withdraw(self) -> None:
        person = self._scene.person()
        if person is None:
            return
        try:
            await self._scene.context.reply_links.withdraw(self._app, self._id, by=person)
        except Refused as refused:
            self._say('error', refused.detail or _TROUBLE)
        else:
            self._scene.refresh()

    def _say(self, kind: str, text: str) -> None:
        if not self._news.is_deleted:
            self._news.clear()
            with self._news:
                notice(kind, text)


def _ends(made: KeptLink) -> str:
    day = moment_text(made.ends_at).rpartition(' ')[0]
    return f'{made.name or "相手"} 宛て。{day}まで使えます。'


def _told(newest: KeptLink, now: datetime, is_open: bool) -> str:
    if is_open:
        return f'{_ends(newest)}{moment_text(newest.made_at)} に作りました。'
    if newest.state == ANSWERED:
        return f'{newest.name or "相手"}から {moment_text(newest.settled_at)} に返信がありました。'
    if newest.state == OPEN and newest.is_open(now):
        return '記録が先に進んだので、前のリンクは使えません。'
    return '前のリンクは期限が切れました。' if newest.state == OPEN else '前のリンクは取り消してあります。'
