"""Links by which somebody outside answers one task: made, withdrawn and used; each in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tinydb import where

from apps.clock import stamp
from apps.formula_failures import Heard
from apps.live import Live, RecordChanged
from apps.operations import act, files, repeated
from apps.operations.hall import Hall, existing
from apps.operations.permitted import refuse_unpermitted
from apps.outbox.reply_mail import queue_reply_mail
from apps.outcome import Refused
from apps.people import SYSTEM, Person
from apps.reply_links import ANSWERED, LINKS, OPEN, WITHDRAWN, KeptLink, id_of, link_of, new_token
from apps.transactions import Transactions, told
from forms.capabilities.reply_link import KEY, ReplyLink
from forms.capability import Offer, Values
from forms.definition import AppDefinition
from forms.message import message
from storage import Doc, Store, Tx
from storage.record import ANY

UNKNOWN = 'このリンクは使えません。リンクをもう一度確かめるか、依頼元にご連絡ください。'
CLOSED = 'このリンクからは、もう返信できません。お困りのときは、依頼元にご連絡ください。'


@dataclass(frozen=True, slots=True)
class Made:
    """A new link. token: told this once and never again."""

    token: str
    link: KeptLink


@dataclass(frozen=True, slots=True)
class LinkedTask:
    """What a link leads to. offer: the action to be taken by it, None when it cannot be answered (any more)."""

    link: KeptLink
    definition: AppDefinition
    rules: ReplyLink
    record: Doc
    offer: Offer | None

    @property
    def values(self) -> Values:
        """The whole record; what of it may be told is for `rules` to say."""
        return told(self.record)


class ReplyLinks:
    """A record has one open link at most, and one more that was sent by mail: both end together."""

    def __init__(self, store: Store, transactions: Transactions, hall: Hall, live: Live) -> None:
        self._store = store
        self._transactions = transactions
        self._hall = hall
        self._live = live
        store.index(LINKS, ['app', 'record'])

    # ---- by staff

    async def make(self, app: str, record_id: str, *, by: Person) -> Made:
        """A new link; earlier ones of this record end. Raises Refused 'closed' while nothing is to be answered."""
        definition = self._hall.permitted(app, 'act', by)
        rules, token = _rules(definition), new_token()
        now = self._hall.clock.now()

        def work(tx: Tx) -> dict[str, Any]:
            doc = existing(tx, definition, record_id)
            refuse_unpermitted(self._hall.task(tx, definition, by, Heard(), old=doc), 'act')
            name = rules.addressee(doc)
            at, ends = stamp(now), stamp(rules.ends(now))
            link = KeptLink(
                id=id_of(token), app=app, record=record_id, name=name, made_at=at, made_by=by.account, ends_at=ends
            )
            if rules.offered(definition, told(doc), link.person.moment(now)) is None:
                raise Refused('closed', detail='いまの状態では、リンクを作れません。')
            _settle(tx, _open(tx, app, record_id), WITHDRAWN, at)
            tx.put(LINKS, link.kept(), link.id)
            return link.kept()

        kept = await self._transactions.run(work, by=by, reason='返信用リンクを作る')
        return Made(token, KeptLink(id=id_of(token), **kept))

    async def withdraw(self, app: str, record_id: str, *, by: Person) -> int:
        """End every open link of a record; returns how many there were."""
        definition = self._hall.permitted(app, 'act', by)

        def work(tx: Tx) -> int:
            doc = existing(tx, definition, record_id)
            refuse_unpermitted(self._hall.task(tx, definition, by, Heard(), old=doc), 'act')
            links = _open(tx, app, record_id)
            _settle(tx, links, WITHDRAWN, stamp(self._hall.clock.now()))
            return len(links)

        return int(await self._transactions.run(work, by=by, reason='返信用リンクを取り消す'))

    async def mail(self, app: str, record_id: str, *, by: Person) -> None:
        """Queue a mail with a link of its own to the address in the record; the open link stays good.

        Raises Refused 'closed' without an open link, 'invalid' without an address.
        """
        definition = self._hall.permitted(app, 'act', by)
        rules, now = _rules(definition), self._hall.clock.now()

        def work(tx: Tx) -> None:
            doc = existing(tx, definition, record_id)
            refuse_unpermitted(self._hall.task(tx, definition, by, Heard(), old=doc), 'act')
            links = [each for each in self._standing(tx, app, record_id) if each.is_open(now)]
            if not links:
                raise Refused('closed', detail='先に、返信用リンクを作ってください。')
            queue_reply_mail(tx, definition, rules, links[0], told(doc), by.account, stamp(now))

        await self._transactions.run(work, by=by, reason='返信用リンクをメールで送る')

    async def another(self, app: str, record_id: str) -> str | None:
        """A second token for the link that is open, made at the moment a mail goes out; None when none is open."""
        token = new_token()

        def work(tx: Tx) -> bool:
            now = self._hall.clock.now()
            links = [each for each in self._standing(tx, app, record_id) if each.is_open(now)]
            if links:
                tx.put(LINKS, links[0].kept(), id_of(token))
            return bool(links)

        return token if await self._transactions.run(work, by=SYSTEM, reason='返信用リンクを送る') else None

    def of(self, app: str, record_id: str) -> list[KeptLink]:
        """Every link of a record, the newest first."""
        found = self._standing(self._store, app, record_id)
        return sorted(found, key=lambda each: each.made_at, reverse=True)

    # ---- by whoever has the link

    def find(self, token: str) -> LinkedTask | None:
        """What a token leads to; None for one that never was, that ended long ago, or whose record is gone."""
        doc = self._store.get(LINKS, id_of(token))
        if doc is None or not link_of(doc).is_told(self._hall.clock.now()):
            return None
        return self._task(link_of(doc), self._store)

    async def answer(self, token: str, raw: Mapping[str, Any], *, request_id: str) -> None:
        """Take the action that the link is for, with what was filled in. Sent twice, it happens once.

        Raises Refused 'not_found' (unknown), 'closed' (ended, answered, withdrawn) or 'invalid' with every message.
        """
        found = self.find(token)
        if found is None:
            raise Refused('not_found', detail=UNKNOWN)
        link, by = found.link, found.link.person
        received = files.received_by(self._store, raw, by)
        mark = repeated.digest(link.id, raw)
        heard = Heard()

        def work(tx: Tx) -> dict[str, Any]:
            kept = tx.get(LINKS, link.id)
            now_task = self._task(link_of(kept), tx) if kept is not None else None
            if now_task is None or now_task.offer is None:
                raise Refused('closed', detail=CLOSED)
            return {**self._answered(tx, now_task, raw, received, heard.restart()), repeated.ASKED: mark}

        reason = f'{act.ACTION}{found.rules.action}'
        answer = await self._transactions.run(work, by=by, request_id=request_id, reason=reason)
        repeated.refuse_another(answer, mark)
        self._hall.failures.saved(heard.by_record)
        self._live.publish(RecordChanged(answer['app'], answer['id'], answer['rev'], by.account))

    def _answered(
        self, tx: Tx, found: LinkedTask, raw: Mapping[str, Any], received: Mapping[str, Any], heard: Heard
    ) -> dict[str, Any]:
        definition, record = found.definition, found.record
        asked = found.rules.asked(definition)
        if foreign := [name for name in raw if name not in asked]:
            raise Refused('invalid', [message(name, 'unknown_field', label=name) for name in foreign])
        theirs = {**files.blobs_in({name: record.get(name) for name in asked}), **received}
        task = self._hall.task(tx, definition, found.link.person, heard, old=record, received=theirs)
        answer = act.act(task, found.rules.action, raw, None)
        _settle(tx, _open(tx, definition.name, record.doc_id), ANSWERED, stamp(self._hall.clock.now()))
        return answer

    def _task(self, link: KeptLink, records: Any) -> LinkedTask | None:
        definition = self._hall.catalogue.find(link.app)
        rules = definition.capabilities.get(KEY) if definition is not None else None
        record = records.get(link.app, link.record) if isinstance(rules, ReplyLink) else None
        if definition is None or not isinstance(rules, ReplyLink) or record is None:
            return None
        link, now = _addressed(link, rules, record), self._hall.clock.now()
        moment = replace(link.person.moment(now), around=self._hall.world(records, link.person).whole())
        is_open = link.is_open(now) and not self._left_since(link, definition)
        offer = rules.offered(definition, told(record), moment) if is_open else None
        return LinkedTask(link, definition, rules, record, offer)

    def _standing(self, records: Any, app: str, record_id: str) -> list[KeptLink]:
        """Every link of a record as it counts now."""
        definition, record = self._hall.catalogue.find(app), records.get(app, record_id)
        rules = definition.capabilities.get(KEY) if definition is not None and record is not None else None
        found = _links(records, app, record_id)
        return [_addressed(each, rules, record) for each in found] if isinstance(rules, ReplyLink) else found

    def _left_since(self, link: KeptLink, definition: AppDefinition) -> bool:
        """Whether the record went on to another status after the link was made: what was asked then is over.

        Back at that status it may be another contractor's task.
        """
        workflow: Any = definition.capabilities['workflow']
        made = link.made_at
        past = act.past_of(self._store, link.app, link.record)
        return any(workflow.field in each.after and stamp(each.at) > made for each in past)


def _rules(definition: AppDefinition) -> ReplyLink:
    """Raises Refused 'not_found'."""
    found = definition.capabilities.get(KEY)
    if not isinstance(found, ReplyLink):
        raise Refused('not_found', detail='このアプリには、返信用リンクがありません。')
    return found


def _addressed(link: KeptLink, rules: ReplyLink, record: Values) -> KeptLink:
    """Made for somebody else than the record names by now, it is withdrawn: the task is another contractor's."""
    is_theirs = link.state != OPEN or link.name == rules.addressee(record)
    return link if is_theirs else replace(link, state=WITHDRAWN)


def _links(records: Any, app: str, record_id: str) -> list[KeptLink]:
    own = (where('app') == app) & (where('record') == record_id)
    return [link_of(each) for each in records.find(LINKS, own, limit=None).docs]


def _open(tx: Tx, app: str, record_id: str) -> list[KeptLink]:
    return [each for each in _links(tx, app, record_id) if each.state == OPEN]


def _settle(tx: Tx, links: Iterable[KeptLink], state: str, at: str) -> None:
    for each in links:
        tx.patch(LINKS, each.id, {'state': state, 'settled_at': at}, ANY)
