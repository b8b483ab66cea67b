"""90 applications for an event, more than there is room for, taken in during the period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from apps.demo import words
from apps.demo.staff import COLLEAGUES
from apps.operations.submit import Sample

APP = 'event_lottery'
HOW_MANY = 90
_CLERK = next(each for each in COLLEAGUES if '文化振興課' in each.sections)


def samples(chance: Random, opens: datetime, closes: datetime, count: int = HOW_MANY) -> Iterator[Sample]:
    """Between opening and closing (or now), each for another person."""
    span = int((closes - opens).total_seconds()) - 1
    for number, second in enumerate(sorted(chance.sample(range(1, span), count))):
        at = opens + timedelta(seconds=second)
        yield Sample(_application(chance, number), _CLERK, at, at - timedelta(seconds=chance.randrange(60, 300)))


def _application(chance: Random, number: int) -> dict[str, Any]:
    name, kana = words.person(chance)
    first, second = chance.sample(['午前の部', '午後の部'], 2)
    raw: dict[str, Any] = {
        '氏名': name,
        'フリガナ': kana,
        '生年月日': (date(1975, 1, 1) + timedelta(days=number * 97)).isoformat(),
        '電話番号': words.phone(chance),
        '住まい': chance.choices(['市内', '市外'], [4, 1])[0],
        '第1希望': first,
        '人数': chance.choices([1, 2, 3, 4], [1, 5, 3, 1])[0],
    }
    if chance.random() < 0.7:
        raw['第2希望'] = second
    if number % 4:
        raw['メールアドレス'] = f'mihon{number:03}@example.jp'
    else:
        raw |= {'郵便番号': '100-0000', '住所': f'見本県見本市見本町{number // 4 + 1}丁目1番'}
    return raw
