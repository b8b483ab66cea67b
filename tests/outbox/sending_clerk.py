"""An office in a process of its own that sends what is queued and can be killed: python sending_clerk.py DATA PORT"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from mailing import sent_to_all
from post_office import HOST

from apps.clock import TOKYO, StillClock
from apps.context import opened
from apps.settings import Settings


def settings_of(folder: Path, port: int) -> Settings:
    return Settings(
        data=folder / 'data',
        definitions=folder / 'definitions',
        smtp_host=HOST,
        smtp_port=port,
        smtp_security='none',
        mail_from='no-reply@city.example.lg.jp',
        mail_per_minute=6000,
    )


async def send(folder: Path, port: int) -> None:
    """As the server does after a start: put aside what was being sent, press the button, send."""
    with opened(settings_of(folder, port), StillClock(datetime(2026, 11, 20, 10, 0, tzinfo=TOKYO))) as city:
        assert city.outbox.sender is not None
        await city.outbox.sender.recover()
        await sent_to_all(city)
        await city.outbox.sender.send_all()


if __name__ == '__main__':
    asyncio.run(send(Path(sys.argv[1]), int(sys.argv[2])))
