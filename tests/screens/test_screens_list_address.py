"""What a person asks of a list and its address say the same, whatever stands in the address."""

from __future__ import annotations

from datetime import date

import pytest

from apps.addresses import app_address, query_of, record_address, summary_address
from apps.reading import Narrowing
from apps.screens.list.asked import PAGE_SIZE, Asked, defaults

YEARS = Narrowing('年度', '年度', 'choice', (('2026', '令和8年度'), ('2025', '令和7年度')))
KIND = Narrowing('種別', '種別', 'choice', (('舗装', '舗装'), ('側溝', '側溝')))


def test_the_address_brings_back_what_was_asked() -> None:
    asked = Asked('橋のたもと', '-受付日', 3, {'種別': '側溝', '年度': ''})
    address = app_address('road_requests', 'すべて', asked.query())
    assert Asked.read(query_of(address)) == asked


def test_what_is_usual_leaves_the_address_short() -> None:
    assert app_address('road_requests', '', Asked().query()) == '/apps/road_requests'


@pytest.mark.parametrize('page', ['0', '-1', 'x', '１', '9999999', ''])
def test_an_odd_page_is_the_first(page: str) -> None:
    assert Asked.read({'page': page}).page == 1


def test_a_press_on_a_head_sorts_up_then_down_from_the_first_page() -> None:
    first = Asked(page=4).sorted_by('受付日')
    assert (first.sort, first.page) == ('受付日', 1)
    assert first.sorted_by('受付日').sort == '-受付日'
    assert first.sorted_by('受付日').sorted_by('受付日').sort == '受付日'


def test_the_reading_gets_one_page_and_only_the_filters_of_the_view() -> None:
    asked = Asked('穴', '', 2, {'種別': '側溝', '秘密': 'x'})
    wanted = asked.wanted([YEARS, KIND], {'年度': '2026'})
    assert (wanted.text, wanted.limit, wanted.offset) == ('穴', PAGE_SIZE, PAGE_SIZE)
    assert wanted.filters == {'年度': '2026', '種別': '側溝'}


def test_all_years_is_an_answer_and_not_the_usual_one() -> None:
    assert Asked(filters={'年度': ''}).wanted([YEARS], {'年度': '2026'}).filters == {}


@pytest.mark.parametrize(('day', 'year'), [(date(2026, 3, 31), '2025'), (date(2026, 4, 1), '2026')])
def test_a_list_begins_with_the_fiscal_year_of_today(day: date, year: str) -> None:
    assert defaults([YEARS, KIND], day, 4, has_condition=False) == {'年度': year}


def test_open_work_of_last_year_is_not_hidden() -> None:
    assert defaults([YEARS], date(2026, 5, 1), 4, has_condition=True) == {}
    assert defaults([KIND], date(2026, 5, 1), 4, has_condition=False) == {}


def test_names_from_definitions_are_safe_in_addresses() -> None:
    assert record_address('a', '../x?y') == '/apps/a/records/..%2Fx%3Fy'
    assert query_of(summary_address('a', 'す&べて', {'種別': '標識・白線', '課': ''})) == {
        'view': 'す&べて',
        'filter.種別': '標識・白線',
    }
