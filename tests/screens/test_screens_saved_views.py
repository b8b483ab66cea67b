"""Conditions that a person keeps under a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.saved_views import LONGEST_NAME, MOST, SavedViews
from storage import open_store


@pytest.fixture
def saved(tmp_path: Path) -> Iterator[SavedViews]:
    with open_store(tmp_path) as store:
        yield SavedViews(store)


def test_each_person_has_their_own_for_each_app(saved: SavedViews) -> None:
    assert saved.save('taro', 'road', '側溝', {'filter.種別': '側溝'}) == ''
    assert saved.save('hanako', 'road', '緊急', {'filter.危険度': '緊急'}) == ''
    assert [each.name for each in saved.of('taro', 'road')] == ['側溝']
    assert saved.of('taro', 'other') == []
    assert saved.of('taro', 'road')[0].query == {'filter.種別': '側溝'}


def test_the_same_name_again_replaces(saved: SavedViews) -> None:
    saved.save('taro', 'road', ' 側溝 ', {'q': '1'})
    saved.save('taro', 'road', '側溝', {'q': '2'})
    assert [(each.name, each.query['q']) for each in saved.of('taro', 'road')] == [('側溝', '2')]


def test_a_name_is_needed_and_has_its_length(saved: SavedViews) -> None:
    assert '名前' in saved.save('taro', 'road', ' 　', {})
    assert str(LONGEST_NAME) in saved.save('taro', 'road', 'あ' * (LONGEST_NAME + 1), {})
    assert saved.of('taro', 'road') == []


def test_there_is_an_end_to_it_and_room_after_forgetting(saved: SavedViews) -> None:
    for number in range(MOST):
        assert saved.save('taro', 'road', f'条件{number}', {}) == ''
    assert str(MOST) in saved.save('taro', 'road', 'もう1つ', {})
    saved.forget('taro', 'road', '条件0')
    assert saved.save('taro', 'road', 'もう1つ', {}) == ''


def test_they_outlive_a_restart(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        SavedViews(store).save('taro', 'road', '側溝', {'q': '1'})
    with open_store(tmp_path) as store:
        assert [each.name for each in SavedViews(store).of('taro', 'road')] == ['側溝']
