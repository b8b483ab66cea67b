"""What is searched for stays out of addresses."""

from __future__ import annotations

from datetime import timedelta

from apps.clock import StillClock
from apps.context import AppContext
from apps.searched_words import KEPT, KEY
from apps.server import tidy_up

PRIVATE = ['q', 'filter.氏名']
ASKED = {'q': '見本 太郎', 'filter.氏名': '見本', 'filter.種別': '舗装', 'page': '2'}


def test_the_words_come_back_to_who_searched_and_to_nobody_else(office: AppContext) -> None:
    words = office.searched_words
    address = words.hidden('taro', ASKED, PRIVATE)
    assert '見本' not in ''.join(address.values())
    assert {name: value for name, value in address.items() if name != KEY} == {'filter.種別': '舗装', 'page': '2'}
    assert words.shown('taro', address) == ASKED
    assert words.shown('hanako', address) == {'filter.種別': '舗装', 'page': '2'}
    assert words.hidden('taro', {**ASKED, 'page': '3'}, PRIVATE)[KEY] == address[KEY], 'one search, one address'
    assert words.hidden('hanako', ASKED, PRIVATE)[KEY] != address[KEY]


def test_without_words_nothing_stands_for_them(office: AppContext) -> None:
    assert office.searched_words.hidden('taro', {'q': '', 'page': '2', KEY: 'old'}, PRIVATE) == {'q': '', 'page': '2'}
    assert office.searched_words.shown('taro', {'page': '2'}) == {'page': '2'}


def test_after_some_days_they_are_forgotten(office: AppContext, clock: StillClock) -> None:
    address = office.searched_words.hidden('taro', ASKED, PRIVATE)
    clock.at += KEPT + timedelta(minutes=1)
    tidy_up(office)
    assert 'q' not in office.searched_words.shown('taro', address)
