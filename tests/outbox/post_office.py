"""A real mail server on this machine that keeps what it takes, and an office that writes to it."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

HOST = '127.0.0.1'


@dataclass
class Kept:
    """One mail as it came: the sender, whom it was for, and what it said."""

    sender: str
    recipients: list[str]
    mail: EmailMessage

    @property
    def body(self) -> str:
        return str(self.mail.get_content()).replace('\r\n', '\n')


@dataclass
class PostOffice:
    """aiosmtpd asks its methods. refused: address -> answer. before: called at each step with its name."""

    taken: list[Kept] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    answer: str = '250 OK'
    before: Callable[[str], None] = lambda step: None
    port: int = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        self.before('EHLO')
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.before('MAIL')
        envelope.mail_from = address
        return '250 OK'

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.before('RCPT')
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        if self.answer.startswith('250'):
            self.taken.append(Kept(envelope.mail_from, list(envelope.rcpt_tos), mail))
        self.before('DATA')
        return self.answer


def open_post_office(office: PostOffice) -> Controller:
    """Let it listen; the controller ends it (`stop`)."""
    controller = Controller(office, hostname=HOST, port=office.port)
    controller.start()
    return controller


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])
