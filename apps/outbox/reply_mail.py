"""A mail with a reply link. The link is made while the mail is handed over, so that the outbox never holds it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from tinydb import where

from apps.outbox.notice import OUTBOX, STATES, Notice, notice_of
from apps.outbox.queueing import put_once
from apps.outbox.safe_text import one_line, refused_address, several_lines
from apps.outcome import Refused
from apps.public.addresses import reply_address
from apps.reply_links import KeptLink
from forms.capabilities.reply_link import ReplyLink
from forms.capability import Values
from forms.definition import AppDefinition
from storage import Store, Tx

EVENT = '返信用リンク'
PLACEHOLDER = 'reply-link'
"""Stands in a notice where the address will be."""

WITHDRAWN = '送る前に、リンクが取り消されたか、期限が切れました。'

AnotherToken = Callable[[str, str], Awaitable[str | None]]
"""(app, record) -> a token for the link that is open, None when there is none by now."""


def queue_reply_mail(  # noqa: PLR0913, PLR0917 - what, to whom, by whom
    tx: Tx, definition: AppDefinition, rules: ReplyLink, link: KeptLink, values: Values, account: str, at: str
) -> None:
    """Raises Refused 'invalid' without an address to which a mail can go."""
    to = str(values.get(rules.mail) or '')
    if not to or (refusal := refused_address(to)):
        raise Refused('invalid', detail=refusal if to else '相手のメールアドレスがありません。')
    ends = link.ends_at[:10].replace('-', '/')
    body = f'{rules.intro}\n\n次のページを開いて、返信してください。{ends} まで使えます。'
    put_once(
        tx,
        Notice(
            app=link.app,
            record=link.record,
            event=EVENT,
            occasion=at,
            to=to,
            addressee=one_line(link.name),
            subject=one_line(f'{definition.title}のお願い'),
            body=several_lines(f'{link.name} 様\n\n{body}'),
            link=PLACEHOLDER,
            by=account,
            at=at,
        ),
    )


async def addressed(notice: Notice, another: AnotherToken, origin: str) -> Notice | None:
    """The notice with its link in the text; None when there is no open link any more."""
    if notice.link != PLACEHOLDER:
        return notice
    token = await another(notice.app, notice.record)
    address = origin + reply_address(token) if token else ''
    return replace(notice, link='', body=f'{notice.body}\n\n{address}\n') if token else None


def mailed(store: Store, app: str, record_id: str) -> tuple[str, str] | None:
    """(how far the newest mail came, when) of a record, in words; None when none was sent."""
    own: Any = (where('app') == app) & (where('event') == EVENT) & (where('record') == record_id)
    found = sorted((notice_of(each) for each in store.find(OUTBOX, own, limit=None).docs), key=lambda each: each.at)
    return (STATES[found[-1].state] + (f' {found[-1].why}' if found[-1].why else ''), found[-1].at) if found else None

