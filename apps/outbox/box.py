"""What people do with the notices of an app: look at them, send them, print them, decide what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from tinydb import where

from apps.clock import Clock, stamp
from apps.operations.hall import Hall
from apps.operations.world import World, title_of
from apps.outbox.drafts import Draft, drafted, mail_refusal, named_in, not_before, notices_of
from apps.outbox.notice import (
    BOUNCED,
    FAILED,
    MERGED,
    OUTBOX,
    PRINTED,
    QUEUED,
    SENT,
    UNKNOWN,
    UNSENT,
    Notice,
    is_waiting,
    notice_of,
)
from apps.outbox.queueing import BY_PAPER, put_on_paper, put_once
from apps.outbox.sender import Sender
from apps.outbox.standing import EventStanding, Preview, Queued, Standing
from apps.outcome import Refused
from apps.people import Person
from apps.transactions import Transactions, told
from forms.capabilities.notices import Notices, NoticeText
from forms.capability import Moment
from storage import Doc, Store, Tx
from storage.record import ANY

if TYPE_CHECKING:
    from forms.definition import AppDefinition

_AT_ONCE = 200
"""Notices in one transaction, so that ten thousand of them keep nobody else waiting."""

AGAIN: Collection[str] = (FAILED, BOUNCED, UNKNOWN)
"""States from which somebody may send it again by mail."""


class Outbox:
    """Every method asks permission first and raises Refused. Reading is blocking; writing is durable when it returns.

    sender: None where no mail server is set; then everything goes on paper.
    """

    def __init__(
        self, store: Store, transactions: Transactions, hall: Hall, clock: Clock, sender: Sender | None
    ) -> None:
        self._store = store
        self._transactions = transactions
        self._hall = hall
        self._clock = clock
        self.sender = sender
        for fields in (['app', 'event'], ['state']):
            store.index(OUTBOX, fields)

    # ---- looking

    def events(self, app: str, *, by: Person) -> list[EventStanding]:
        """Every text of the app, and how many records stand where."""
        definition, notices = self._permitted(app, by, 'act')
        moment, _ = self._moment(self._store, by)
        records = [(each.doc_id, told(each)) for each in self._records(definition, by, 'act')]
        found = []
        for text in notices.texts:
            kept = self._kept(app, text.name)
            counts = Counter(
                kept[record].state if record in kept else UNSENT
                for record, values in records
                if record in kept or notices.concerns(definition, text, values, moment)
            )
            found.append(EventStanding(text, counts, not_before(definition, text)))
        return found

    def standings(self, app: str, event: str, *, by: Person) -> list[Standing]:
        """Every record that the event concerns or that got its notice, in order of arrival."""
        definition, text = self._text(app, event, by, 'act')
        kept = self._kept(app, event)
        moment, world = self._moment(self._store, by)
        found = []
        for doc in self._records(definition, by, 'act'):
            notice = kept.get(doc.doc_id)
            if notice is None and not self._concerns(definition, text, doc, moment):
                continue
            title = title_of(definition, doc, world)
            found.append(Standing(doc.doc_id, title, notice.state if notice else UNSENT, notice))
        return found

    def preview(self, app: str, event: str, *, by: Person) -> Preview:
        """What would go out now: one draft per record that the event concerns and that has no notice of it."""
        definition, text = self._text(app, event, by, 'act')
        kept = self._kept(app, event)
        moment, world = self._moment(self._store, by)
        drafts = []
        for doc in self._records(definition, by, 'act'):
            if doc.doc_id in kept or not self._concerns(definition, text, doc, moment):
                continue
            notice = drafted(definition, text, doc.doc_id, told(doc), moment=moment)
            drafts.append(Draft(notice, doc.rev, title_of(definition, doc, world), mail_refusal(notice)))
        return Preview(app, event, definition.version, drafts)

    def frozen(self, app: str, event: str, *, by: Person, batch: str = '', state: str = PRINTED) -> list[Notice]:
        """What was printed or merged; batch: the moment of it as `letters` returned it, '' for all."""
        definition, _ = self._text(app, event, by, 'export')
        visible = {doc.doc_id for doc in self._records(definition, by, 'export')}
        kept = self._kept(app, event).values()
        return [each for each in kept if each.state == state and each.record in visible and batch in ('', each.at)]

    def may_export(self, definition: AppDefinition, by: Person) -> bool:
        """Whether this person may put addresses on paper or into a file."""
        return self._hall.may(definition, 'export', by)

    # ---- sending

    async def send(self, preview: Preview, *, by: Person) -> Queued:
        """Queue what was previewed and has a mail address. Pressing twice queues nothing twice.

        Raises Refused 'closed' without a mail server, 'conflict' when the texts have been changed meanwhile.
        """
        definition, text = self._text(preview.app, preview.event, by, 'act')
        if self.sender is None:
            raise Refused('closed', detail='メールサーバーが設定されていません。手紙か差込ファイルで送ってください。')
        if definition.version != preview.version:
            raise Refused('conflict', detail='通知の文が変わりました。もう一度、内容を確かめてください。')
        wanted = {each.notice.record: each.rev for each in preview.by_mail}
        count = 0
        for part in _parts(wanted):

            def work(tx: Tx, part: Iterable[str] = part) -> int:
                drafts = self._unchanged(tx, definition, text, {each: wanted[each] for each in part}, by)
                return sum(put_once(tx, replace(each, state=QUEUED)) for each in drafts if not mail_refusal(each))

            count += await self._transactions.run(work, by=by, reason=f'通知を送る: {text.name}')
        self.sender.wake()
        return Queued(count, len(wanted) - count)

    async def take_back(self, app: str, event: str, *, by: Person) -> int:
        """Take back what still waits and was never begun, as if nobody had pressed; returns how many."""
        definition, text = self._text(app, event, by, 'act')
        visible = {doc.doc_id for doc in self._records(definition, by, 'act')}
        waiting = [each.id for each in self._kept(app, event).values() if is_waiting(each) and each.record in visible]

        def work(tx: Tx) -> int:
            found = [tx.get(OUTBOX, each) for each in waiting]
            still = [each for each in found if each is not None and is_waiting(notice_of(each))]
            for each in still:
                tx.delete(OUTBOX, each.doc_id, each.rev)
            return len(still)

        return int(await self._transactions.run(work, by=by, reason=f'通知を取りやめる: {text.name}'))

    async def letters(
        self, app: str, event: str, *, by: Person, records: Collection[str] | None = None
    ) -> tuple[str, int]:
        """Freeze letters and tell (batch, how many). records: None for every one that can go on paper and has not.

        Raises Refused 'invalid' when there is none with a postal address.
        """
        return await self._on_paper(app, event, PRINTED, by, records)

    async def merge_file(
        self, app: str, event: str, *, by: Person, records: Collection[str] | None = None
    ) -> tuple[str, int]:
        """The same for a file that another program prints from; it needs no address."""
        return await self._on_paper(app, event, MERGED, by, records)

    # ---- deciding by hand

    async def bounced(self, notice: str, why: str, *, by: Person) -> None:
        """Somebody saw that it came back."""
        await self._decide(notice, by, (SENT, UNKNOWN, PRINTED, MERGED), {'state': BOUNCED, 'why': why.strip()})

    async def was_sent(self, notice: str, *, by: Person) -> None:
        """Somebody made sure that a notice of unknown fate has arrived."""
        await self._decide(notice, by, (UNKNOWN,), {'state': SENT, 'why': ''})

    async def send_again(self, notice: str, *, by: Person) -> None:
        """Send what failed, came back or is of unknown fate once more, to the address that the record has now."""
        if self.sender is None:
            raise Refused('closed', detail='メールサーバーが設定されていません。')
        await self._decide(notice, by, AGAIN, {'state': QUEUED, 'why': ''}, mail=True)
        self.sender.wake()

    # ---- how

    async def _on_paper(
        self, app: str, event: str, state: str, by: Person, records: Collection[str] | None
    ) -> tuple[str, int]:
        definition, text = self._text(app, event, by, 'export')
        standings = self.standings(app, event, by=by)
        possible = (each.record for each in standings if each.state in BY_PAPER)
        wanted = [each for each in possible if records is None or each in records]
        batch = stamp(self._clock.now())
        count = 0
        for part in _parts(wanted):

            def work(tx: Tx, part: Iterable[str] = part) -> int:
                moment, _ = self._moment(tx, by)
                drafts = (self._drafted(tx, definition, text, each, moment) for each in part)
                return sum(put_on_paper(tx, each, state, batch) for each in drafts if each is not None)

            count += await self._transactions.run(work, by=by, reason=f'通知を紙で送る: {text.name}')
        if not count:
            missing = '住所のある相手が' if state == PRINTED else '相手が'
            raise Refused('invalid', detail=f'新しく送る{missing}いません。')
        return batch, count

    @staticmethod
    def _drafted(tx: Tx, definition: AppDefinition, text: NoticeText, record: str, moment: Moment) -> Notice | None:
        doc = tx.get(definition.name, record)
        return None if doc is None else drafted(definition, text, record, told(doc), moment=moment)

    def _unchanged(
        self, tx: Tx, definition: AppDefinition, text: NoticeText, wanted: Mapping[str, int], by: Person
    ) -> Iterator[Notice]:
        """The drafts of these records that are still as they were previewed. wanted: record -> revision."""
        sight, (moment, _) = self._hall.sight(definition, by), self._moment(tx, by)
        for record, rev in wanted.items():
            doc = tx.get(definition.name, record)
            if doc is not None and doc.rev == rev and sight.may_on('act', doc):
                yield drafted(definition, text, record, told(doc), moment=moment)

    async def _decide(
        self, notice: str, by: Person, states: Collection[str], changes: Mapping[str, Any], *, mail: bool = False
    ) -> None:
        found = self._store.get(OUTBOX, notice)
        if found is None:
            raise Refused('not_found', detail='この通知はありません。')
        definition, text = self._text(found['app'], found['event'], by, 'act')

        def work(tx: Tx) -> None:
            kept, record = tx.get(OUTBOX, notice), tx.get(definition.name, found['record'])
            if kept is None or kept['state'] not in states:
                raise Refused('conflict', detail='この通知の状態が変わりました。画面を開き直してください。')
            to = {}
            if mail and record is not None:
                moment, _ = self._moment(tx, by)
                fresh = drafted(definition, text, found['record'], told(record), moment=moment)
                if refusal := mail_refusal(fresh):
                    raise Refused('invalid', detail=refusal)
                to = {'to': fresh.to}
            told_now = {name: value for name, value in {**changes, **to}.items() if value}
            gone = [name for name, value in changes.items() if not value]
            tx.patch(OUTBOX, notice, {**told_now, 'at': stamp(self._clock.now())}, ANY, remove=gone)

        await self._transactions.run(work, by=by, reason='通知の状態を決める')

    def _permitted(self, app: str, by: Person, deed: str) -> tuple[AppDefinition, Notices]:
        definition = self._hall.permitted(app, deed, by)
        notices = notices_of(definition)
        if notices is None:
            raise Refused('not_found', detail=f'「{definition.title}」には通知の文がありません。')
        return definition, notices

    def _text(self, app: str, event: str, by: Person, deed: str) -> tuple[AppDefinition, NoticeText]:
        definition, notices = self._permitted(app, by, deed)
        text = notices.text(event)
        if text is None:
            raise Refused('not_found', detail=f'「{event}」という通知はありません。')
        if named_in(text) & self._hall.sight(definition, by).veiled:
            raise Refused('forbidden', detail='この通知には、あなたに見えない項目が入ります。')
        return definition, text

    def _concerns(self, definition: AppDefinition, text: NoticeText, doc: Doc, moment: Moment) -> bool:
        notices = notices_of(definition)
        return notices is not None and notices.concerns(definition, text, told(doc), moment)

    def _records(self, definition: AppDefinition, by: Person, deed: str) -> list[Doc]:
        seen = self._hall.sight(definition, by).condition_for(deed)
        return self._store.find(definition.name, seen, limit=None).docs

    def _kept(self, app: str, event: str) -> dict[str, Notice]:
        """Record -> its newest notice of that event."""
        own = (where('app') == app) & (where('event') == event) & ~where('person').exists()
        found = (notice_of(each) for each in self._store.find(OUTBOX, own, limit=None).docs)
        return {each.record: each for each in sorted(found, key=lambda one: one.at)}

    def _moment(self, records: Any, by: Person) -> tuple[Moment, World]:
        """The moment as texts and formulas read it, whoever sends; and the world as this person may see it."""
        world = self._hall.world(records, by)
        return replace(by.moment(self._clock.now()), around=world.whole()), world


def _parts(records: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(records)
    while part := list(islice(rest, _AT_ONCE)):
        yield part
