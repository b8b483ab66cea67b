"""The people and records of the small city hall that the tests of apps/ work in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from apps.clock import Clock, StillClock
from apps.context import AppContext, open_context
from apps.passwords import Passwords
from apps.people import Person
from apps.settings import Settings
from storage import Store

SHIPPED = Path(__file__).resolve().parents[2] / 'apps' / 'definitions'
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""As the real one, but a thousand times weaker: tests sign in often."""

STAFF = Person('taro', '見本 太郎', ('staff',), ('道路管理課',))
OTHER = Person('hanako', '例示 花子', ('staff',), ('道路管理課',))
LEADER = Person('leader', '試験 一郎', ('leader',), ('施設管理課',))
SUPERVISOR = Person('chief', '架空 葵', ('supervisor',), ('道路管理課',))

ROAD: dict[str, Any] = {
    '受付方法': '電話',
    '種別': '舗装',
    '危険度': '通常',
    '場所': '見本町1丁目 公園の前',
    '内容': '穴があいている。',
}


def opened(settings: Settings, clock: StillClock) -> AppContext:
    """A context with weak but quick passwords."""
    return open_context(settings, clock, passwords=quick_passwords)


def quick_passwords(store: Store, clock: Clock) -> Passwords:
    return Passwords(store, clock, attempts=3, lock_minutes=15, hasher=QUICK)


def password_of(person: Person) -> str:
    return f'{person.account[::-1]}-pass-1'


async def inspected(office: AppContext, faults: int = 1, number: str = '001') -> str:
    """Inspect a new facility and find so many faults; the id of the inspection."""
    facility = await office.operations.submit(
        'facilities', {'施設番号': number, '施設名': '見本小学校', '所管課': '施設管理課'}, by=LEADER
    )
    rows = office.catalogue.get('inspections').fields['点検表'].rows  # type: ignore[attr-defined]
    checked = [
        {'_row': row.value, '結果': '有', '不具合箇所': 'ひび割れ', '対応': '修繕'}
        if place < faults
        else {'_row': row.value, '結果': '無'}
        for place, row in enumerate(rows)
    ]
    told = {'点検の種類': '定期', '点検日': '2026-11-20', '点検者': STAFF.account}
    raw = {'施設': facility.id, '点検表': checked, **told}
    saved = await office.operations.submit('inspections', raw, by=STAFF)
    return saved.id
