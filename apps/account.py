"""One account as it stands at a moment: transfers take effect by their date, what it was called before stays known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from apps.clock import TOKYO, stamp
from apps.people import Person

Kept = Mapping[str, Any]
"""An account as it is stored: name, roles, sections, disabled, since, temporary, endings, transfers, earlier."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What somebody will be from the beginning of a day in Japan. id: to cancel it by."""

    id: str
    day: date
    sections: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One account now.

    rev rises with every change of it. endings rises when its open sessions are over: a new password, a stop.
    temporary: its password was given by somebody else and opens nothing but the page on which to choose another.
    """

    account: str
    name: str
    roles: tuple[str, ...]
    sections: tuple[str, ...]
    disabled: bool
    rev: int
    endings: int = 0
    temporary: bool = False
    since: str = ''
    transfers: tuple[Transfer, ...] = ()

    @property
    def person(self) -> Person:
        return Person(self.account, self.name, self.roles, self.sections)


def account_at(account: str, kept: Kept, rev: int, now: datetime) -> Account:
    """The account as it is at `now`."""
    is_now = settled(kept, now)
    planned = (
        Transfer(each['id'], date.fromisoformat(each['from']), tuple(each['sections']), tuple(each['roles']))
        for each in is_now.get('transfers', ())
    )
    return Account(
        account,
        is_now['name'],
        tuple(is_now['roles']),
        tuple(is_now['sections']),
        bool(is_now.get('disabled')),
        rev,
        is_now.get('endings', 0),
        bool(is_now.get('temporary')),
        is_now.get('since', ''),
        tuple(sorted(planned, key=lambda each: each.day)),
    )


def settled(kept: Kept, now: datetime) -> dict[str, Any]:
    """The same with every transfer that is due carried out. Nothing has to run at midnight for that."""
    today = now.astimezone(TOKYO).date().isoformat()
    planned = sorted(kept.get('transfers', ()), key=lambda each: (each['from'], each['at']))
    result = dict(kept)
    for each in planned:
        if each['from'] <= today:
            until = max(midnight(date.fromisoformat(each['from'])), each['at'])
            result = {**result, **before(result, until), 'sections': each['sections'], 'roles': each['roles']}
    if planned:
        result['transfers'] = [each for each in planned if each['from'] > today]
    return result


def before(kept: Kept, until: str) -> dict[str, Any]:
    """What to keep of name and sections when they change at `until` (a stamp)."""
    was = {'until': until, 'name': kept['name'], 'sections': list(kept['sections'])}
    return {'earlier': [*kept.get('earlier', ()), was]}


def callings(kept: Kept, now: datetime) -> tuple[tuple[str, str], ...]:
    """How somebody was called until when: (a stamp, '見本 太郎 (道路管理課)') in order, last what holds now with ''."""
    is_now = settled(kept, now)
    return tuple(
        (each.get('until', ''), _calling(each)) for each in (*is_now.get('earlier', ()), {**is_now, 'until': ''})
    )


def called(known: tuple[tuple[str, str], ...], at: str) -> str:
    """Which of these it was at the moment `at` (a stamp)."""
    return next(text for until, text in known if not until or at < until)


def _calling(each: Kept) -> str:
    return f'{each["name"]} ({"・".join(each["sections"])})' if each['sections'] else str(each['name'])


def midnight(day: date) -> str:
    """The stamp of 00:00 Japanese time."""
    return stamp(datetime.combine(day, time(), TOKYO))
