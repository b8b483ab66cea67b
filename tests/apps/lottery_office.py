"""What the tests of lotteries do over and over: applications, the draw, what became of it, an answer."""

from __future__ import annotations

from datetime import datetime

from city_hall import OTHER, STAFF

from apps.clock import TOKYO, StillClock
from apps.context import AppContext

APP = 'event_lottery'
CLOSED = datetime(2026, 12, 12, 9, tzinfo=TOKYO)
ANNOUNCED = datetime(2026, 12, 15, 10, tzinfo=TOKYO)
CONFIRM_BY = datetime(2026, 12, 18, 17, tzinfo=TOKYO)
STARTS = datetime(2026, 12, 20, 10, tzinfo=TOKYO)


async def applied(office: AppContext, count: int, persons: int = 2) -> list[str]:
    """Applications for the morning, by different people."""
    ids = []
    for number in range(count):
        raw = {
            '氏名': f'見本 {number}',
            'フリガナ': f'ミホン {chr(0x30A2 + number)}',
            '生年月日': f'2015-04-{number + 1:02}',
            '電話番号': f'090-0000-00{number:02}',
            '住まい': '市外',
            '第1希望': '午前の部',
            '人数': str(persons),
        }
        ids.append((await office.operations.submit(APP, raw, by=STAFF)).id)
    return ids


async def drawn(office: AppContext, clock: StillClock, count: int = 13, persons: int = 2) -> None:
    """13 applications for two persons each: ten of them fit."""
    await applied(office, count, persons)
    clock.at = CLOSED
    await office.lotteries.fix_list(APP, by=STAFF)
    await office.lotteries.draw(APP, by=STAFF, value='38123.45')


def told(office: AppContext, **wanted: object) -> list[dict[str, object]]:
    """Applications with these values, in the order of the draw."""
    found = [{**each, 'id': each.doc_id} for each in office.store.find(APP, limit=None).docs]
    chosen = [each for each in found if all(each.get(name) == value for name, value in wanted.items())]
    return sorted(chosen, key=lambda each: int(str(each.get('抽選順') or 0)))


def persons(office: AppContext) -> int:
    """How many hold a place in the morning."""
    return sum(int(str(each['人数'])) for each in told(office) if each.get('参加の返事') in {'返事待ち', '参加'})


async def answer(office: AppContext, record: object, action: str) -> None:
    await office.operations.act(APP, str(record), action, {}, by=OTHER)
    await office.lotteries.settle(APP)
