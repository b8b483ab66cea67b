"""Five fiscal years of road requests: 6,500 a year, more after storms and snow, nearly all of them done."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from apps.clock import TOKYO
from apps.demo import words
from apps.demo.staff import COLLEAGUES, DEMO_ACCOUNTS
from apps.operations.submit import Sample
from apps.people import Person
from forms.japanese.fiscal import fiscal_year, fiscal_year_range
from forms.places import Place
from forms.places_file import read_places

APP = 'road_requests'
A_YEAR = 6_500
YEARS = 5
_GAZETTEER = Path(__file__).parents[1] / 'definitions' / 'places' / 'sample_city.csv'
_STAFF = [each for each in COLLEAGUES if '道路管理課' in each.sections]
_WAYS = ('電話',) * 6 + ('窓口',) * 2 + ('メール', '町会', '巡回')
_DESK = {
    'shokuin': (0, 1, 4, 8, 17, 26),
    'leader': (2, 6, 20),
    'itaku': (3, 5, 9),
}
"""Account -> how many days ago the requests came in that wait on this person's desk; the oldest are late by now."""

_BUSY = {1: 1.5, 2: 1.4, 6: 1.2, 7: 1.3, 9: 1.3, 12: 1.2}
"""Months with snow, rain or typhoons."""


def fiscal_years(today: date) -> list[int]:
    """This fiscal year and the four before it, newest first."""
    this = fiscal_year(today)
    return list(range(this, this - YEARS, -1))


def samples(chance: Random, year: int, today: date, scale: float) -> Iterator[Sample]:
    """The requests of one fiscal year in the order in which they came in, none of them later than today."""
    first, last = fiscal_year_range(year)
    days = [first + timedelta(days=each) for each in range((min(last, today) - first).days + 1)]
    weights = [_BUSY.get(day.month, 1.0) * (0.2 if day.weekday() > 4 else 1.0) for day in days]
    drawn = [days[index] for index in sorted(chance.choices(range(len(days)), weights, k=_count(year, today, scale)))]
    desk = _desk(drawn, today) if year == fiscal_year(today) else {}
    for number, day in enumerate(drawn):
        yield _waiting(chance, day, today, desk[number]) if number in desk else _sample(chance, day, today)


def _count(year: int, today: date, scale: float) -> int:
    """What this year still lacks of its 6,500 is spread over the years before, so that the sum is always the same."""
    this, *earlier = fiscal_years(today)
    first, last = fiscal_year_range(this)
    of_this = round(A_YEAR * scale * ((today - first).days + 1) / ((last - first).days + 1))
    if year == this:
        return of_this
    left = round(A_YEAR * YEARS * scale) - of_this
    share, extra = divmod(left, len(earlier))
    return share + (1 if earlier.index(year) < extra else 0)


def _desk(days: list[date], today: date) -> dict[int, Person]:
    """Which of these requests wait on whose desk: for every wished age the newest request that is at least so old."""
    desk: dict[int, Person] = {}
    for each in DEMO_ACCOUNTS:
        for age in _DESK.get(each.account, ()):
            number = bisect_right(days, today - timedelta(days=age)) - 1
            while number in desk:
                number -= 1
            if number >= 0:
                desk[number] = each.person
    return desk


def _waiting(chance: Random, day: date, today: date, by: Person) -> Sample:
    """A request that waits with `by`, who took it in unless they work for the city by contract."""
    raw = _request(chance, day)
    raw['担当者'] = by.account
    by = by if 'contractor' not in by.roles else DEMO_ACCOUNTS[0].person
    if day == today:
        return _entered(chance, raw, day, by, '受付')
    raw['危険度'] = '通常'
    raw['現地確認日'] = min(day + timedelta(days=1), today).isoformat()
    return _entered(chance, raw, day, by, chance.choice(['現地確認', '対応中']))


def _sample(chance: Random, day: date, today: date) -> Sample:
    raw = _request(chance, day)
    status = _handled(chance, raw, day, today)
    return _entered(chance, raw, day, chance.choice(_STAFF), status)


def _entered(chance: Random, raw: dict[str, Any], day: date, by: Person, status: str) -> Sample:
    at = datetime.combine(day, time(8, 30), TOKYO) + timedelta(seconds=chance.randrange(8 * 3600 + 1800))
    opened = at - timedelta(seconds=chance.randrange(60, 420))
    return Sample(raw, by, at, opened, {'状態': status})


def _request(chance: Random, day: date) -> dict[str, Any]:
    """What somebody said on the phone."""
    kind = chance.choices(
        list(words.ROAD), [40, 16, 12, 10, 8, 12 if day.month in {12, 1, 2} else 0, 6]
    )[0]
    place = chance.choice(_places())
    raw: dict[str, Any] = {
        '受付方法': chance.choice(_WAYS),
        '種別': kind,
        '危険度': chance.choices(['緊急', '急ぎ', '通常'], [4, 16, 80])[0],
        '場所': f'{place.name} {chance.choice(words.MARKS)}' if place.kind == '町名' else place.name,
        '内容': chance.choice(words.ROAD[kind]),
        '受付日': day.isoformat(),
        '公開': day.toordinal() % 2 == 0,
    }
    if kind == 'その他':
        raw['種別_その他'] = chance.choice(['土砂', 'ごみ', 'カーブミラー'])
    if raw['受付方法'] != '巡回' and chance.random() < 0.8:
        raw['氏名'], raw['フリガナ'] = words.person(chance)
        raw['電話番号'] = words.phone(chance)
    if chance.random() < 0.6:
        far = 0.0012 if place.kind == '町名' else 0.0002
        raw['位置'] = {
            'lat': round(place.latitude + chance.uniform(-far, far), 5),
            'lon': round(place.longitude + chance.uniform(-far, far), 5),
        }
    return raw


@cache
def _places() -> Sequence[Place]:
    return read_places(_GAZETTEER.read_bytes())[0]


def _handled(chance: Random, raw: dict[str, Any], day: date, today: date) -> str:
    """What has been done by today; fills the fields of that and returns the status."""
    age = (today - day).days
    looked = day + timedelta(days=chance.randrange(0, 6))
    done = looked + timedelta(days=chance.randrange(0, 25))
    if chance.random() < 0.02:
        return '取下げ'
    if looked > today or (age < 3 and chance.random() < 0.5):
        return '受付'
    raw['現地確認日'] = looked.isoformat()
    raw['担当者'] = chance.choice(_STAFF).account
    if chance.random() < 0.03:
        raw['対応内容'] = '県の管理道路のため、県に引き継ぎました。'
        return '他機関'
    if done > today or (age < 200 and chance.random() < 0.04):
        return chance.choice(['現地確認', '対応中', '対応中'])
    raw['対応内容'] = chance.choice(words.DONE)
    raw['完了日'] = done.isoformat()
    raw['費用'] = chance.choice([0, 0, 12_000, 28_000, 55_000, 130_000])
    return '完了'
