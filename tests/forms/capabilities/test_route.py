"""The way through the places of a day: one place at a time, the near ones first, what is nowhere at the end."""

from __future__ import annotations

import pytest
from sample_office import app, mistakes

from forms.capabilities.route import Route, Stop

TEXT = """
title: 見本
sections: [{title: 内容, fields: [{name: 位置, type: location}, {name: 場所, type: text}]}]
route:
  location: 位置
  place: 場所
  start: {name: 役所, latitude: 36.0, longitude: 136.0}
  filter: 場所 <> "済"
  shows: [場所]
"""
ROUTE = app(TEXT).capabilities['route']
assert isinstance(ROUTE, Route)


def stop(name: str, north: float | None = None, place: str = '') -> Stop:
    """So many thousandths of a degree north of the start (111 m each)."""
    return Stop(name, None if north is None else (36 + north / 1000, 136.0), place)


def test_what_is_on_the_way_out_comes_before_what_is_far_and_one_place_is_one_stop():
    stops = [stop('far', 30), stop('near', 1), stop('middle', 10), stop('near too', 1.000001)]
    assert ROUTE.arranged(stops) == ['near', 'near too', 'middle', 'far']


def test_records_without_coordinates_stand_at_the_end_by_their_words():
    stops = [stop('b', place='例示橋'), stop('known', 5), stop('a', place='公園'), stop('c', place='例示橋')]
    assert ROUTE.arranged(stops) == ['known', 'b', 'c', 'a']
    assert ROUTE.arranged([]) == []


def test_the_length_is_there_and_back():
    assert ROUTE.metres([stop('a', 10), stop('b')]) == pytest.approx(2 * 1112, abs=2)


@pytest.mark.parametrize(
    ('written', 'instead', 'code'),
    [
        ('location: 位置', 'location: 場所', 'D210'),
        ('location: 位置', 'location: 所', 'D209'),
        ('place: 場所', 'place: 所', 'D209'),
        ('shows: [場所]', 'shows: [所]', 'D209'),
        ('latitude: 36.0', 'latitude: 136.0', 'D738'),
    ],
)
def test_what_cannot_be_right_is_told(written, instead, code):
    assert code in [each for each, _ in mistakes(TEXT.replace(written, instead))]
