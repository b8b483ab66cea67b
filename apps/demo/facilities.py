"""120 facilities of the sample city, and the inspections that have been made in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from tinydb import where

from apps.clock import TOKYO
from apps.demo import words
from apps.demo.staff import COLLEAGUES, DEMO_ACCOUNTS
from apps.operations.submit import Sample

if TYPE_CHECKING:
    from apps.context import AppContext

FACILITIES, INSPECTIONS = 'facilities', 'inspections'
HOW_MANY = 120
_LEADER = next(each.person for each in DEMO_ACCOUNTS if each.role == 'leader')
_INSPECTORS = [each for each in COLLEAGUES if '施設管理課' in each.sections]


def facilities(chance: Random, today: date, scale: float) -> Iterator[Sample]:
    at = datetime.combine(today - timedelta(days=900), time(9), TOKYO)
    for number in range(1, max(4, round(HOW_MANY * scale)) + 1):
        word, kind = words.FACILITIES[number % len(words.FACILITIES)]
        town = words.TOWNS[(number // len(words.FACILITIES)) % len(words.TOWNS)]
        raw: dict[str, Any] = {
            '施設番号': f'{number:03}',
            '施設名': f'{town}{"" if number <= 60 else "第二"}{word}',
            '種類': kind,
            '所管課': '施設管理課',
            '所在地': f'見本市{town}{number % 5 + 1}番地',
            '建築年': str(chance.randrange(1965, 2016)),
        }
        yield Sample(raw, _LEADER, at + timedelta(minutes=number))


def inspections(chance: Random, today: date, ids: Sequence[str], rows: Sequence[str]) -> Iterator[Sample]:
    """Two or three inspections in every facility over the last year, oldest first. rows: the checklist's rows."""
    visits = sorted(
        (today - timedelta(days=chance.randrange(5, 380)), facility)
        for facility in ids
        for _ in range(chance.randrange(2, 4))
    )
    for day, facility in visits:
        by = chance.choice(_INSPECTORS)
        at = datetime.combine(day, time(13), TOKYO) + timedelta(seconds=chance.randrange(4 * 3600))
        raw = {
            '施設': facility,
            '点検の種類': chance.choices(['定期', '日常', '緊急'], [70, 25, 5])[0],
            '点検日': day.isoformat(),
            '点検者': by.account,
            '点検表': [_row(chance, row) for row in rows],
        }
        yield Sample(raw, by, at, at - timedelta(seconds=chance.randrange(400, 1100)))


def _row(chance: Random, row: str) -> dict[str, Any]:
    found = chance.choices(['無', '有', '対象外'], [86, 4, 10])[0]
    if found != '有':
        return {'_row': row, '結果': found}
    action = chance.choice(['経過観察', '自己対応', '修繕'])
    return {'_row': row, '結果': found, '不具合箇所': chance.choice(words.REPAIRS), '対応': action}


async def repair(context: AppContext, chance: Random, today: date) -> None:
    """Most of what was found more than a month ago has been put right."""
    before = (today - timedelta(days=30)).isoformat()
    found = context.store.find('repairs', where('発見日') < before, sort=[('是正番号', False)], limit=None).docs
    for each in found:
        if each['状態'] != '未対応' or chance.random() < 0.2:
            continue
        by = chance.choices([*_INSPECTORS, _LEADER], [3, 3, 1])[0]
        await context.operations.act('repairs', each.doc_id, '対応を始める', {'担当者': by.account}, by=by)
        if chance.random() < 0.8:
            done = date.fromisoformat(each['発見日']) + timedelta(days=chance.randrange(3, 28))
            given = {'対応内容': chance.choice(words.DONE), '完了日': done.isoformat()}
            await context.operations.act('repairs', each.doc_id, '完了にする', given, by=by)
