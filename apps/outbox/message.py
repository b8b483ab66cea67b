"""A notice as a mail: one recipient, plain text in UTF-8, an id that stays the same at every attempt."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from apps.mail_server import MailServer
from apps.outbox.notice import Notice
from apps.outbox.safe_text import one_line


def message_id(notice: Notice, server: MailServer) -> str:
    """Made from what the notice is about, so that a second copy would carry the same id."""
    return f'<{hashlib.sha256(notice.id.encode()).hexdigest()[:32]}@{server.domain}>'


def mail_of(notice: Notice, server: MailServer, now: datetime, origin: str) -> bytes:
    """The mail as it goes to the server. origin: how staff open us, put before the notice's link."""
    mail = EmailMessage(policy=SMTP)
    mail['From'] = _sender(server)
    mail['To'] = Address(addr_spec=notice.to)
    mail['Subject'] = one_line(notice.subject)
    mail['Date'] = format_datetime(now)
    mail['Message-ID'] = notice.message_id
    mail['Auto-Submitted'] = 'auto-generated'
    link = f'\n\n{origin}{notice.link}\n' if notice.link else ''
    mail.set_content(notice.body + link, charset='utf-8', cte='base64')
    return mail.as_bytes()


def _sender(server: MailServer) -> Address:
    name, address = parseaddr(server.sender)
    return Address(display_name=one_line(name), addr_spec=address)
