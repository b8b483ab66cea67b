"""The same draw held by an office: from the stored applications to the stored results, in one transaction."""

import asyncio
import random
import tempfile
import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from apps.clock import TOKYO, StillClock
from apps.context import opened
from apps.operations.ceremony import DRAWS, secret_of
from apps.own_codes import SECRETS
from apps.people import SYSTEM, Person
from apps.settings import Settings
from forms.capabilities.lottery.commitment import commitment_of
from storage import Tx
from storage.record import ANY

APP = 'bench_lottery'
CLERK = Person('bench', '見本 太郎', ('leader',), ('文化振興課',))
SESSIONS = [f'第{number}回' for number in range(1, 21)]
CHOICES = ['第1希望', '第2希望', '第3希望']


def definition() -> str:
    """20 sessions, 3 choices, groups, places set aside, one win per person."""
    sessions = ''.join(f'    - {{name: {each}, capacity: 300}}\n' for each in SESSIONS)
    choices = ''.join(f'      - {{name: {each}, type: select_one, choices: {SESSIONS}}}\n' for each in CHOICES)
    return f"""title: 抽選の計測
sections:
  - title: 申込み
    fields:
      - {{name: 氏名, type: text}}
      - {{name: 住まい, type: select_one, choices: [市内, 市外]}}
      - {{name: 人数, type: integer, min: 1, max: 4}}
{choices}numbering: [{{field: 受付番号, format: '計{{seq:5}}', scope: none}}]
lottery:
  sessions:
{sessions}  choices: {CHOICES}
  size: 人数
  set_aside: {{field: 住まい, values: [市内], share: 1/2}}
  one_win: [氏名]
permissions:
  - {{who: {{role: leader}}, can: [see, create, change, act, export, define]}}
"""


def hold(count: int, *, backwards: bool = False) -> tuple[float, str]:
    """(seconds of processor time of the draw, SHA-256 of the published result) for so many applications.

    backwards: the same applications, stored in the opposite order.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / 'definitions').mkdir()
        (place / 'definitions' / f'{APP}.yaml').write_text(definition(), 'utf-8')
        stored = applications(count)
        settings = Settings(data=place / 'data', definitions=place / 'definitions')
        return asyncio.run(_hold(settings, stored[::-1] if backwards else stored))


def applications(count: int) -> list[dict[str, object]]:
    chance = random.Random(1)
    return [
        {
            '氏名': f'p{chance.randrange(8_000)}',
            '住まい': chance.choice(['市内', '市外']),
            '人数': chance.randint(1, 4),
            '受付番号': f'計{number:05}',
            **dict(zip(CHOICES, chance.sample(SESSIONS, 3), strict=True)),
        }
        for number in range(count)
    ]


async def _hold(settings: Settings, stored: list[dict[str, object]]) -> tuple[float, str]:
    with opened(settings, StillClock(datetime(2026, 12, 12, 9, tzinfo=TOKYO))) as office:

        def apply(tx: Tx) -> None:
            tx.put(SECRETS, {'base': 'bench'}, f'draw/{APP}', ANY)
            tx.put(DRAWS, {'commitment': commitment_of(secret_of('bench', 1)), 'draws': 0}, APP)
            for each in stored:
                tx.put(APP, each)

        office.transactions.run_blocking(apply, by=SYSTEM, reason='計測')
        await office.lotteries.fix_list(APP, by=CLERK)
        begin = time.process_time()
        await office.lotteries.draw(APP, by=CLERK, value='38123.45')
        spent = time.process_time() - begin
        kept = office.store.get(DRAWS, APP)
        assert kept is not None
        return spent, sha256(kept['result'].encode()).hexdigest()
