"""Hands queued notices to the mail server, one by one. A crash at any point sends no second copy.

Before the first word about a mail is said to the server, `sending` is durable. Whoever finds a notice there after a
start cannot know whether it went out: it becomes `unknown`, and only a person sends it again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tinydb import where

from apps.clock import Clock, stamp
from apps.mail_server import MailServer
from apps.outbox.bounces import Bounces
from apps.outbox.delivery import Delivered, Line, ServerTrouble
from apps.outbox.message import mail_of, message_id
from apps.outbox.notice import BOUNCED, FAILED, OUTBOX, QUEUED, SENDING, SENT, UNKNOWN, Notice, notice_of
from apps.outbox.reply_mail import WITHDRAWN, AnotherToken, addressed
from apps.people import SYSTEM
from apps.transactions import Transactions
from storage import Doc, Store, Tx
from storage.record import ANY

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5
TROUBLE_SECONDS = 30
STOP_SECONDS = 20
_MOST_TRIES = 24
_LONGEST_WAIT = 60
_AT_A_TIME = 50

BROKE_OFF = '送っている途中で止まりました。届いたかどうか確かめてください。'
NEVER_TAKEN = 'メールサーバーが受け取りません。'
UNMAILABLE = 'この内容ではメールを作れません。'
REASON = 'メールの送信'


@dataclass(slots=True)
class _Open:
    """The line to the server, while there is something to say."""

    line: Line | None = None


async def _no_token(_app: str, _record: str) -> str | None:
    return None


class Sender:
    """Runs as long as the server does. trouble: why nothing can be sent at this moment, in Japanese, or ''."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it reads, writes and talks to
        self,
        store: Store,
        transactions: Transactions,
        clock: Clock,
        server: MailServer,
        origin: str,
        bounces: Bounces | None = None,
        pause: Callable[[float], Awaitable[Any]] = asyncio.sleep,
        *,
        another_token: AnotherToken = _no_token,
        public_origin: str = '',
    ) -> None:
        self.trouble = ''
        self._store = store
        self._transactions = transactions
        self._clock = clock
        self._server = server
        self._origin = origin
        self._bounces = bounces
        self._pause = pause
        self._another_token = another_token
        self._public_origin = public_origin or origin
        self._woken = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """There is something new to send."""
        self._woken.set()

    def start(self) -> None:
        """Send from now on, in the running loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Send nothing more. The mail that is just being handed over is finished: nobody has to ask about it later."""
        self._stopping = True
        self.wake()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=STOP_SECONDS)
            self._task.cancel()

    async def _run(self) -> None:
        recovered = False
        while not self._stopping:
            try:
                if not recovered:
                    await self.recover()
                    recovered = True
                await self.send_all()
                if self._bounces is not None:
                    await self._bounces.take()
            except Exception as error:
                # Only its kind: what went wrong may hold an address. What was being sent is put aside by `recover`.
                logger.error('sending failed: %s', type(error).__name__)
                recovered = False
            await self._wait(TROUBLE_SECONDS if self.trouble else LOOK_SECONDS)

    async def recover(self) -> int:
        """What was being sent when the program stopped may be out or not. Returns how many; nobody sends them again."""
        broken = self._store.find(OUTBOX, where('state') == SENDING, limit=None).docs
        for each in broken:
            await self._settle(each.doc_id, {'state': UNKNOWN, 'why': BROKE_OFF})
        return len(broken)

    async def send_all(self) -> int:
        """Send what is due, oldest first; returns how many the server took."""
        self.trouble, count, opened = '', 0, _Open()
        try:
            while due := self._due():
                for each in due:
                    if self.trouble or self._stopping:
                        return count
                    count += await self._send(each, opened)
        finally:
            if opened.line is not None:
                await asyncio.to_thread(opened.line.close)
        return count

    def _due(self) -> list[Doc]:
        now = stamp(self._clock.now())
        ripe = (where('state') == QUEUED) & (~where('not_before').exists() | (where('not_before') <= now))
        return self._store.find(OUTBOX, ripe, limit=_AT_A_TIME).docs

    async def _send(self, doc: Doc, opened: _Open) -> bool:
        try:
            if opened.line is None:
                opened.line = await asyncio.to_thread(Line, self._server)
            line = opened.line
            notice = await self._begin(doc.doc_id)
            if notice is None:
                return False
            delivered = await self._hand_over(line, notice)
        except ServerTrouble as trouble:
            self.trouble = str(trouble)
            logger.warning('mail: %s', trouble)
            await self._settle(doc.doc_id, {'state': QUEUED}, only=SENDING)
            return False
        if delivered.outcome in ('not_sent', 'unknown'):
            line.drop()
            opened.line = None
        await self._settle(doc.doc_id, self._after(notice, delivered))
        await self._pause(60 / self._server.per_minute)
        return delivered.outcome == 'sent'

    async def _hand_over(self, line: Line, notice: Notice) -> Delivered:
        whole = await addressed(notice, self._another_token, self._public_origin)
        if whole is None:
            return Delivered('refused', WITHDRAWN)
        try:
            mail = mail_of(whole, self._server, self._clock.now(), self._origin)
        except ValueError:
            return Delivered('refused', UNMAILABLE)
        return await asyncio.to_thread(line.hand_over, notice.to, mail)

    async def _begin(self, notice_id: str) -> Notice | None:
        """Make `sending` durable; None when somebody else took the notice or put it aside."""

        def work(tx: Tx) -> dict[str, Any] | None:
            found = tx.get(OUTBOX, notice_id)
            if found is None or found['state'] != QUEUED:
                return None
            own_id = message_id(notice_of(found), self._server)
            begun = {'state': SENDING, 'message_id': own_id, 'tries': found.get('tries', 0) + 1}
            return dict(tx.patch(OUTBOX, notice_id, {**begun, 'at': stamp(self._clock.now())}, ANY, remove=['why']))

        begun = await self._transactions.run(work, by=SYSTEM, reason=REASON)
        return None if begun is None else notice_of(begun)

    def _after(self, notice: Notice, delivered: Delivered) -> dict[str, Any]:
        match delivered.outcome:
            case 'sent':
                return {'state': SENT}
            case 'refused':
                return {'state': BOUNCED, 'why': delivered.why}
            case 'unknown':
                return {'state': UNKNOWN, 'why': BROKE_OFF}
        if notice.tries >= _MOST_TRIES:
            return {'state': FAILED, 'why': delivered.why or NEVER_TAKEN}
        wait = timedelta(minutes=min(2**notice.tries, _LONGEST_WAIT)) if delivered.outcome == 'later' else timedelta()
        return {'state': QUEUED, 'why': delivered.why, 'not_before': stamp(self._clock.now() + wait)}

    async def _settle(self, notice_id: str, changes: dict[str, Any], *, only: str = '') -> None:
        told = {name: value for name, value in changes.items() if value != ''}

        def work(tx: Tx) -> None:
            found = tx.get(OUTBOX, notice_id)
            if found is not None and (not only or found['state'] == only):
                tx.patch(OUTBOX, notice_id, {**told, 'at': stamp(self._clock.now())}, ANY)

        await self._transactions.run(work, by=SYSTEM, reason=REASON)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()
