"""Where mail is handed over, from the settings of the installation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.settings import Settings

ANSWER_SECONDS = 60
SECURITIES = ('starttls', 'tls', 'none')


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mail. security: none, starttls or tls. sender: «見本市 <no-reply@…>» or the address alone."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ''
    password: str = field(default='', repr=False)
    per_minute: int = 60

    @staticmethod
    def of(settings: Settings) -> MailServer | None:
        """None where no mail server is set."""
        if not settings.smtp_host:
            return None
        file = settings.smtp_password_file
        return MailServer(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,
            sender=settings.mail_from,
            user=settings.smtp_user,
            password=file.read_text('utf-8').strip() if file else '',
            per_minute=settings.mail_per_minute,
        )

    @property
    def address(self) -> str:
        """The sender's address alone, to which refusals come back."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        return self.address.rpartition('@')[2]


def wrong_mail(settings: Settings) -> Iterator[str]:
    """What is half set or cannot be right, one line of Japanese each."""
    if settings.smtp_security not in SECURITIES:
        yield f'smtp_security: 「{settings.smtp_security}」は使えません。{"、".join(SECURITIES)} から選んでください。'
    if settings.smtp_host and '@' not in parseaddr(settings.mail_from)[1]:
        yield 'mail_from: メールの差出人を「見本市 <no-reply@city.example.lg.jp>」の形で書いてください。'
    if settings.smtp_user and settings.smtp_password_file is None:
        yield 'smtp_password_file: smtp_user を書くときは、パスワードのファイルも書いてください。'
    if settings.smtp_password_file and not settings.smtp_password_file.is_file():
        yield f'smtp_password_file: ファイル {settings.smtp_password_file} がありません。'
    if settings.smtp_user and settings.smtp_security == 'none':
        yield 'smtp_security: 暗号化せずにパスワードは送れません。starttls か tls にしてください。'
    if settings.bounces and not settings.bounces.is_dir():
        yield f'bounces: フォルダー {settings.bounces} がありません。'
