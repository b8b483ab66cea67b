"""The page of a ticket on a visitor's phone: found by an address that nobody guesses, only on its day."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from city_hall import STAFF

from apps.clock import StillClock
from apps.context import AppContext
from apps.public.ticket.own_tickets import OwnTickets
from apps.public.ticket.words import EASY, ENGLISH, JAPANESE, language_of
from apps.reading.ticket_papers import printed_tickets
from apps.screens.queue.span import Span

APP = 'counter_queue'
HOUSING, LIVING = '住宅政策課', '生活支援課'


async def come(office: AppContext, *items: str) -> str:
    values = {'用件': list(items), '受付方法': '来庁', 'メモ': '見本 太郎'}
    return (await office.operations.submit(APP, values, by=STAFF)).id


async def test_a_ticket_is_found_by_its_code_and_by_no_other(staffed: AppContext) -> None:
    record, other = await come(staffed, '緊急修理'), await come(staffed, '支援金')
    tickets = OwnTickets(staffed)
    code = staffed.own_codes.in_address(APP, record)
    found = tickets.find(code)
    assert found is not None and found.record == record
    assert staffed.own_codes.in_address(APP, other) != code
    assert code != staffed.own_codes.of(APP, record).replace('-', '') and len(code) == 12
    for wrong in (record, code.lower(), code[:-1], f'{APP}/{record}', ''):
        assert tickets.find(wrong) is None


async def test_yesterdays_address_opens_nothing(staffed: AppContext, clock: StillClock) -> None:
    code = staffed.own_codes.in_address(APP, await come(staffed, '緊急修理'))
    tickets = OwnTickets(staffed)
    assert tickets.find(code) is not None
    clock.at += timedelta(days=1)
    assert tickets.find(code) is None


async def test_what_a_phone_hears_is_its_own_and_never_an_item_or_a_name(
    staffed: AppContext, clock: StillClock
) -> None:
    await come(staffed, '緊急修理')
    record = await come(staffed, '緊急修理', '支援金')
    found = OwnTickets(staffed).find(staffed.own_codes.in_address(APP, record))
    assert found is not None
    assert [(each['ticket'], each['state'], each['before']) for each in found.picture()] == [
        ('住-2', 'waiting', 1),
        ('生-1', 'waiting', 0),
    ]
    await staffed.operations.call_next(APP, LIVING, '3番', by=STAFF)
    resting, called = found.picture()
    assert resting == {'ticket': '住-2', 'section': HOUSING, 'state': 'elsewhere', 'other': LIVING}
    assert called == {'ticket': '生-1', 'section': LIVING, 'state': 'called', 'counter': '3番', 'times': 1}
    told = json.dumps(found.picture(), ensure_ascii=False)
    for private in ('緊急修理', '支援金', '見本', '住-1"', record):
        assert private not in told


async def test_a_ticket_on_paper_says_where_and_how_long(staffed: AppContext) -> None:
    await come(staffed, '緊急修理')
    record = await come(staffed, '緊急修理', '支援金')
    room = staffed.waiting_rooms.of(APP)
    first, second = printed_tickets(room, room.queue, staffed.reading.record(APP, record, by=STAFF))
    assert (first.number, first.section, first.others) == ('住-2', HOUSING, ('生活支援課 生-1',))
    assert '前に1人' in first.before and first.expected.startswith('見込み')
    assert '次にお呼びします' in second.before
    await staffed.operations.call_next(APP, LIVING, '3番', by=STAFF)
    _, called = printed_tickets(room, room.queue, staffed.reading.record(APP, record, by=STAFF))
    assert (called.before, called.expected) == ('', '')


@pytest.mark.parametrize(
    ('asked', 'accepted', 'language'),
    [('', 'ja,en;q=0.8', 'ja'), ('', '', 'ja'), ('', 'pt-BR,pt', 'en'), ('easy', 'en', 'easy'), ('xx', 'en', 'en')],
)
def test_the_phone_page_speaks_the_language_of_the_phone(asked: str, accepted: str, language: str) -> None:
    assert language_of(asked, accepted) == language


def test_every_text_fills_in_the_same_figures_in_every_language() -> None:
    for name in JAPANESE.__slots__:
        plain, easy, english = (set(re.findall(r'{(\w+)}', getattr(each, name))) for each in (JAPANESE, EASY, ENGLISH))
        assert plain == easy == english, name


@pytest.mark.parametrize(
    ('kind', 'at', 'begin', 'end', 'title'),
    [
        ('day', '2026-11-20', '2026-11-20', '2026-11-20', '令和8年11月20日(金)'),
        ('month', '2024-02-10', '2024-02-01', '2024-02-29', '令和6年2月'),
        ('year', '2027-03-31', '2026-04-01', '2027-03-31', '令和8年度'),
        ('year', 'rubbish', '2026-04-01', '2027-03-31', '令和8年度'),
    ],
)
def test_statistics_are_about_a_day_a_month_or_a_fiscal_year(
    kind: str, at: str, begin: str, end: str, title: str
) -> None:
    span = Span.asked(kind, at, date(2026, 11, 20))
    assert (span.begin.isoformat(), span.end.isoformat(), span.title) == (begin, end, title)
    assert span.before.after == span
