"""Putting a notice into the outbox, inside a transaction, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from apps.outbox.drafts import drafted, mail_refusal
from apps.outbox.notice import BOUNCED, FAILED, OUTBOX, PRINTED, QUEUED, UNSENT, Notice
from forms.capabilities.notices import NoticeText
from forms.capability import Moment
from forms.field import Value
from storage import ANY, Tx

if TYPE_CHECKING:
    from forms.definition import AppDefinition

BY_PAPER: Collection[str] = (UNSENT, FAILED, BOUNCED)
"""States from which a notice may still go out as a letter or through a merge file."""


def queue_in(  # noqa: PLR0913 - what, about whom, when
    tx: Tx,
    definition: AppDefinition,
    text: NoticeText,
    record_id: str,
    values: Mapping[str, Value],
    *,
    moment: Moment,
    occasion: str = '',
) -> bool:
    """Queue the notice of this record as part of the caller's transaction; False when it is there already.

    Without a mail address it waits as one that cannot be sent, for a letter or for somebody who finds the address.
    """
    notice = drafted(definition, text, record_id, values, moment=moment, occasion=occasion)
    refusal = mail_refusal(notice)
    return put_once(tx, replace(notice, state=FAILED, why=refusal) if refusal else replace(notice, state=QUEUED))


def put_once(tx: Tx, notice: Notice) -> bool:
    """Keep the notice unless there is one for that record, event, person and occasion; whether it was kept."""
    if tx.get(OUTBOX, notice.id) is not None:
        return False
    tx.put(OUTBOX, notice.kept(), notice.id)
    return True


def put_on_paper(tx: Tx, fresh: Notice, state: str, batch: str) -> bool:
    """Put the notice away as printed or merged; False when it has no address or went another way."""
    if state == PRINTED and not fresh.address:
        return False
    earlier = tx.get(OUTBOX, fresh.id)
    if earlier is None:
        return put_once(tx, replace(fresh, state=state, at=batch))
    if earlier['state'] not in BY_PAPER:
        return False
    where_to = {'addressee': fresh.addressee, 'postal': fresh.postal, 'address': fresh.address}
    tx.patch(OUTBOX, fresh.id, {**where_to, 'state': state, 'at': batch, 'by': fresh.by}, ANY, remove=['why'])
    return True
