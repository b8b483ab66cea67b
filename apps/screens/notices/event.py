"""One text of an app: what would go to whom, sending it, putting it on paper, and what became of each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nicegui import background_tasks, run, ui

from apps.addresses import paper_address, prefix_of
from apps.clock import TOKYO
from apps.outbox.drafts import not_before as moment_before
from apps.outbox.drafts import notices_of
from apps.outbox.notice import MERGED, PRINTED, QUEUED, SENDING, STATES, is_waiting
from apps.outbox.queueing import BY_PAPER
from apps.outcome import Refused
from apps.people import Person
from apps.screens.notices.preview import PreviewCard
from apps.screens.notices.recipients import Recipients
from apps.tags import button, icon, notice, tag
from forms.capabilities.notices import BY_HAND
from forms.capabilities.period import told

if TYPE_CHECKING:
    from apps.frame import Frame
    from apps.outbox.standing import Preview, Standing
    from forms.definition import AppDefinition

LOOK_AGAIN = 3
"""Seconds between two looks at what is being sent."""


class EventPage:
    """Read in a thread, as ten thousand applications take a second."""

    def __init__(self, frame: Frame, definition: AppDefinition, event: str) -> None:
        self.frame = frame
        self.definition = definition
        self.event = event
        self.outbox = frame.context.outbox
        self._recipients = Recipients(definition.name, self._decide, mail=self.outbox.sender is not None)

    def draw(self) -> None:
        with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
            tag('h1', f'通知「{self.event}」', 'page-title')
        self._trouble = tag('div')
        self._said = tag('div', '', 'account-said')
        with tag('div', '', 'notice-stack'):
            self._place = tag('div', '', 'notice-stack')
            self._list = tag('div')
        with self._place:
            tag('p', '読み込んでいます。', 'empty')
        background_tasks.create(self._fill())

    async def _fill(self) -> None:
        person = self.frame.person()
        if person is None:
            return
        try:
            preview = await run.io_bound(self.outbox.preview, self.definition.name, self.event, by=person)
            standings = await run.io_bound(self.outbox.standings, self.definition.name, self.event, by=person)
        except Refused as refused:
            self._say('error', refused.detail)
            return
        if self._place.is_deleted or preview is None or standings is None:
            return
        self._draw_trouble()
        self._place.clear()
        with self._place:
            self._draw_sending(preview)
            if self.outbox.may_export(self.definition, person):
                self._draw_paper(standings, self._for_paper(preview, standings))
        self._draw_list(standings)

    def _draw_list(self, standings: list[Standing]) -> None:
        """Drawn again every few seconds while something is on its way."""
        self._list.clear()
        with self._list:
            self._recipients.draw(standings)
            waiting = sum(each.notice is not None and is_waiting(each.notice) for each in standings)
            if waiting:
                button(f'送信待ちの{waiting:,}通を取りやめる', self._take_back, 'button danger')
            if any(each.state in (QUEUED, SENDING) for each in standings):
                ui.timer(LOOK_AGAIN, self._look_again, once=True)

    async def _look_again(self) -> None:
        person = self.frame.person()
        if person is None or self._list.is_deleted:
            return
        found = await run.io_bound(self.outbox.standings, self.definition.name, self.event, by=person)
        if found is not None and not self._list.is_deleted:
            self._draw_trouble()
            self._draw_list(found)

    def _draw_trouble(self) -> None:
        self._trouble.clear()
        with self._trouble:
            if self.outbox.sender is not None and self.outbox.sender.trouble:
                notice('warning', f'{self.outbox.sender.trouble}つながりしだい、順に送ります。')

    # ---- sending

    def _draw_sending(self, preview: Preview) -> None:
        notices = notices_of(self.definition)
        text = notices.text(self.event) if notices is not None else None
        if text is None or text.send != BY_HAND:
            return
        with tag('section', '', 'card card-body', aria_labelledby='send-title'):
            with tag('h2', '', 'card-title', id='send-title'):
                icon('send')
                tag('span', 'これから送る')
            if not preview.drafts:
                tag('p', '新しく送る相手はいません。')
                return
            tag('p', self._told(preview))
            if before := moment_before(self.definition, text):
                tag('p', f'メールは、発表の{told(datetime.fromisoformat(before))}より前には出ません。')
            PreviewCard(preview.drafts).draw()
            if self.outbox.sender is not None and preview.by_mail:
                self._draw_button(preview)

    def _told(self, preview: Preview) -> str:
        if self.outbox.sender is None:
            return f'まだ送っていない相手が{len(preview.drafts):,}人います。'
        mail, rest = len(preview.by_mail), len(preview.without_mail)
        more = f'メールアドレスのない{rest:,}人には、手紙か差込ファイルで送ってください。' if rest else ''
        return f'メールで{mail:,}人に送れます。{more}'

    def _draw_button(self, preview: Preview) -> None:
        """Two presses: the second one says how many."""
        count = len(preview.by_mail)
        place = tag('div', '', 'notice-buttons')

        def first() -> None:
            place.clear()
            with place:
                button('やめる', ask, 'button outline')
            with place:
                tag('span', '', 'visually-hidden', role='alert').set_text(f'{count:,}人にメールを送ります。')
                button(f'はい、{count:,}人に送る', second, 'button solid')

        def ask() -> None:
            place.clear()
            with place:
                button(f'{count:,}人にメールを送る', first, 'button solid')

        async def second() -> None:
            place.clear()
            await self._send(preview)

        ask()

    async def _send(self, preview: Preview) -> None:
        person = self.frame.person()
        if person is None:
            return
        try:
            queued = await self.outbox.send(preview, by=person)
        except Refused as refused:
            self._say('error', refused.detail)
        else:
            left_out = f'{queued.left_out:,}件は、内容が変わったか、すでに送られていたので外しました。'
            more = left_out if queued.left_out else ''
            await self._note(person, 'メールを送信待ちにした', queued.count)
            self._say('success', f'{queued.count:,}通を送信待ちにしました。{more}')
        await self._fill()

    async def _take_back(self) -> None:
        person = self.frame.person()
        if person is None:
            return
        try:
            count = await self.outbox.take_back(self.definition.name, self.event, by=person)
        except Refused as refused:
            self._say('error', refused.detail)
        else:
            await self._note(person, '送信を取りやめた', count)
            self._say('success', f'{count:,}通を取りやめました。まだ何も送っていません。')
        await self._fill()

    # ---- on paper

    def _for_paper(self, preview: Preview, standings: list[Standing]) -> list[str]:
        """Records that no mail reaches: without an address or after a refusal; all of them without a mail server."""
        drafts = preview.drafts if self.outbox.sender is None else preview.without_mail
        failed = (each.record for each in standings if each.notice is not None and each.state in BY_PAPER)
        return [*(each.notice.record for each in drafts), *failed]

    def _draw_paper(self, standings: list[Standing], waiting: list[str]) -> None:
        batches = {
            state: sorted({each.notice.at for each in standings if each.notice and each.state == state}, reverse=True)
            for state in (PRINTED, MERGED)
        }
        if not waiting and not any(batches.values()):
            return
        with tag('section', '', 'card card-body', aria_labelledby='paper-title'):
            with tag('h2', '', 'card-title', id='paper-title'):
                icon('print')
                tag('span', '紙で送る')
            if waiting:
                how = '手紙か差込ファイルで送れます。作った人には、あとからメールは出ません。'
                tag('p', f'メールで送れない{len(waiting):,}人に、{how}')
                with tag('div', '', 'notice-buttons'):
                    button('手紙を作る(住所のある人)', lambda: self._paper(PRINTED, waiting), 'button outline')
                    button('差込ファイルを作る', lambda: self._paper(MERGED, waiting), 'button outline')
            for state, kinds in ((PRINTED, ('letters',)), (MERGED, ('merge.xlsx', 'merge.csv'))):
                for batch in batches[state]:
                    self._draw_batch(state, batch, kinds, standings)

    def _draw_batch(self, state: str, batch: str, kinds: tuple[str, ...], standings: list[Standing]) -> None:
        count = sum(each.state == state and each.notice is not None and each.notice.at == batch for each in standings)
        at = datetime.fromisoformat(batch).astimezone(TOKYO)
        words = {'letters': '手紙を開いて印刷する', 'merge.xlsx': 'Excelで受け取る', 'merge.csv': 'CSVで受け取る'}
        with tag('div', '', 'notice-buttons'):
            tag('span', f'{STATES[state]} {count:,}人({at.month}月{at.day}日 {at.hour}:{at.minute:02})')
            for kind in kinds:
                address = prefix_of(self.frame.client.request) + paper_address(
                    self.definition.name, self.event, kind, batch
                )
                target = {'target': '_blank', 'rel': 'noopener'} if kind == 'letters' else {'download': True}
                tag('a', words[kind], 'button outline', href=address, **target)

    async def _paper(self, state: str, records: list[str]) -> None:
        person = self.frame.person()
        if person is None:
            return
        make = self.outbox.letters if state == PRINTED else self.outbox.merge_file
        try:
            _, count = await make(self.definition.name, self.event, by=person, records=records)
        except Refused as refused:
            self._say('error', refused.detail)
            return
        await self._note(person, '手紙を作った' if state == PRINTED else '差込ファイルを作った', count)
        self._say('success', f'{count:,}人分を作りました。下のボタンから開いてください。')
        await self._fill()

    # ---- what became of them

    async def _decide(self, deciding: Callable[[Any, Person], Awaitable[None]], done: str) -> None:
        person = self.frame.person()
        if person is None:
            return
        try:
            await deciding(self.outbox, person)
        except Refused as refused:
            self._say('error', refused.detail)
            return
        self._say('success', done)
        await self._fill()

    async def _note(self, by: Person, way: str, count: int) -> None:
        """Who has sent how many; to whom stands in the outbox."""
        await self.frame.context.audit.note(
            'send', by, app=self.definition.name, purpose=f'通知: {self.event}', way=way, count=count
        )

    def _say(self, kind: str, text: str) -> None:
        self._said.clear()
        with self._said:
            notice(kind, text, role='alert' if kind == 'error' else 'status')
