"""One conversation with the mail server, and what it means for the mail that was handed over."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from typing import Literal

from apps.mail_server import ANSWER_SECONDS, MailServer

Outcome = Literal['sent', 'refused', 'later', 'not_sent', 'unknown']
_GO_ON = 354
_PERMANENT = 500
_LINE_OF_DOT = re.compile(rb'^\.', re.MULTILINE)


class ServerTrouble(Exception):
    """No mail can be handed over at all. str() is Japanese, for the people who look after the server."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one mail.

    sent: the server took it. refused: it will never take it. later: not now. not_sent: the line broke before any of
    it was said. unknown: the line broke after; nobody can say.
    """

    outcome: Outcome
    why: str = ''


class Line:
    """An open connection. Blocking, for a thread of its own; not shared."""

    def __init__(self, server: MailServer) -> None:
        """Connect, encrypt and sign in. Raises ServerTrouble."""
        self._server = server
        try:
            self._smtp = _connected(server)
        except smtplib.SMTPAuthenticationError as error:
            raise ServerTrouble('メールサーバーが、利用者名かパスワードを受け付けません。') from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise ServerTrouble('メールサーバーにつながりません。') from error

    def hand_over(self, to: str, mail: bytes) -> Delivered:
        """Give one mail for one address to the server. Raises ServerTrouble when it takes nothing from us at all."""
        try:
            code, text = self._smtp.mail(self._server.address)
            if code >= _PERMANENT:
                raise ServerTrouble(f'メールサーバーが差出人を断りました({code})。')
            if not _fine(code):
                return Delivered('later', _said(code, text))
            code, text = self._smtp.rcpt(to)
            if _fine(code):
                code, text = self._smtp.docmd('DATA')
                if code == _GO_ON:
                    return self._say(mail)
        except (smtplib.SMTPException, OSError):
            return Delivered('not_sent')
        self._forget()
        return _refused(code, text)

    def close(self) -> None:
        """Say goodbye, if anybody still listens."""
        try:
            self._smtp.quit()
        except (smtplib.SMTPException, OSError):
            self._smtp.close()

    def drop(self) -> None:
        """Let go of a line on which nobody is any more."""
        self._smtp.close()

    def _say(self, mail: bytes) -> Delivered:
        """From the first byte on, the server may have taken the mail, whatever happens to the line."""
        try:
            self._smtp.send(_LINE_OF_DOT.sub(b'..', mail.rstrip(b'\r\n')) + b'\r\n.\r\n')
            code, text = self._smtp.getreply()
        except (smtplib.SMTPException, OSError):
            return Delivered('unknown')
        return Delivered('sent') if _fine(code) else _refused(code, text)

    def _forget(self) -> None:
        """The next mail begins anew on the same line; a broken one is noticed by that mail."""
        try:
            self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._smtp.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == 'tls':
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=ANSWER_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=ANSWER_SECONDS)
    try:
        if server.security == 'starttls':
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _fine(code: int) -> bool:
    return code // 100 == 2


def _refused(code: int, text: bytes) -> Delivered:
    return Delivered('refused' if code >= _PERMANENT else 'later', _said(code, text))


def _said(code: int, text: bytes) -> str:
    return f'{code} {text.decode("utf-8", "replace")}'[:300]
