"""Putting a notice into the outbox, inside a transaction, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from apps.outbox.drafts import drafted, mail_refusal
from apps.outbox.notice import FAILED, OUTBOX, QUEUED, Notice
from forms.capabilities.notices import NoticeText
from forms.capability import Moment
from forms.field import Value
from storage import Tx

if TYPE_CHECKING:
    from forms.definition import AppDefinition


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
