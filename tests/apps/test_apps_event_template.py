"""A leader makes a new event from the template: copies it, changes the marked lines, and lives through it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from city_hall import STAFF

from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.lottery_rounds import go_round
from apps.operations.ceremony import DRAWS

TEMPLATE = Path(__file__).parents[2] / 'apps' / 'definitions' / 'ひな形' / 'event.yaml'
MARK = '# ←'
CHANGES = {
    '催しの名前の申込み': '夏の星空教室の申込み',
    '担当する課の名前': '生涯学習課',
    '1回目': '土曜',
    '2回目': '日曜',
    '催{seq:4}': '星{seq:4}',
    '2030-10-01 09:00': '2027-06-01 09:00',
    '2030-10-31 17:00': '2027-06-30 17:00',
    '2030-11-08 10:00': '2027-07-08 10:00',
    'address: event ': 'address: hoshizora ',
    'capacity: 20': 'capacity: 2',
    'max: 4': 'max: 2',
    '2030-11-20': '2027-07-24',
    '2030-11-13 17:00': '2027-07-15 17:00',
    '2030年11月1日': '2027年7月1日',
}


def written() -> str:
    """The template with every marked line changed, and no other."""
    lines = TEMPLATE.read_text('utf-8').splitlines()
    for place, line in enumerate(lines):
        if MARK in line and not line.startswith('#'):
            for old, new in CHANGES.items():
                line = line.replace(old, new)  # noqa: PLW2901
            assert line != lines[place], line
            lines[place] = line
    return '\n'.join(lines) + '\n'


async def test_the_marked_lines_are_all_that_a_new_event_needs(
    office: AppContext, definitions: Path, clock: StillClock
) -> None:
    (definitions / 'star_night.yaml').write_text(written(), 'utf-8')
    office.catalogue.reload()
    assert not office.catalogue.problems
    definition = office.catalogue.get('star_night')
    assert '2030' not in written() and definition.title == '夏の星空教室の申込み'
    clock.at = datetime(2027, 6, 10, 9, tzinfo=TOKYO)
    for number in range(3):
        who = {'氏名': f'見本 {number}', 'フリガナ': f'ミホン {chr(0x30A2 + number)}'}
        raw = {**who, '生年月日': f'2015-04-{number + 1:02}'}
        rest = {'電話番号': f'090-0000-000{number}', '住まい': '市内', '第1希望': '土曜', '人数': '1'}
        await office.operations.apply('star_night', {**raw, **rest}, request_id=f'{number:022}')
    clock.at = datetime(2027, 7, 1, 9, tzinfo=TOKYO)
    await office.lotteries.fix_list('star_night', by=STAFF)
    await office.lotteries.draw('star_night', by=STAFF, value='41234.50')
    found = sorted(each['当落'] for each in office.store.find('star_night', limit=None).docs)
    assert found == ['当選', '当選', '補欠']


async def test_the_commitment_of_a_new_event_is_there_at_once(office: AppContext, definitions: Path) -> None:
    rounds = asyncio.create_task(go_round(office))
    await asyncio.sleep(0.1)
    (definitions / 'star_night.yaml').write_text(written(), 'utf-8')
    await asyncio.to_thread(office.catalogue.reload)
    async with asyncio.timeout(10):
        while (kept := office.store.get(DRAWS, 'star_night')) is None:
            await asyncio.sleep(0.02)
    assert len(kept['commitment']) == 64
    rounds.cancel()
