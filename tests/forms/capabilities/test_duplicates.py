"""Likely duplicates: near, recent, in similar words, of the same kind; with the reasons why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from forms.capabilities.duplicates.distance import metres
from forms.capabilities.duplicates.likely import Known, Reach, likely
from forms.capabilities.duplicates.wording import Rarity, pairs_of
from forms.loader import load_folder

ROADS = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps['road_requests']
DUPLICATES = ROADS.capabilities['duplicates']
REACH = Reach(100, 60)
HERE = (36.56, 136.65)
HOLE = Known('', date(2026, 11, 20), HERE, '舗装', '見本町1丁目 公園の前 道路に穴があいている')


def north(away: float) -> tuple[float, float]:
    return HERE[0] + away / 111_195, HERE[1]


def earlier(name: str, away: float = 32, days: int = 3, **more: object) -> Known:
    known = Known(name, date.fromordinal(HOLE.day.toordinal() - days), north(away), '舗装', '公園の前の車道に大きな穴')
    return replace(known, **more)


def ids(*others: Known, asked: Known = HOLE) -> list[str]:
    return [each.id for each in likely(asked, others, REACH)]


def test_each_is_told_with_its_distance_its_kind_and_its_age():
    (one,) = likely(HOLE, [earlier('a')], REACH)
    assert (one.metres, one.reasons[:2], one.reasons[-1]) == (32, ('32 m', '同じ種別'), '3日前')
    (same_day,) = likely(HOLE, [earlier('a', days=0, words=HOLE.words)], REACH)
    assert same_day.reasons == ('32 m', '同じ種別', '言葉が似ている', '同じ日')
    (later,) = likely(HOLE, [earlier('a', days=-2)], REACH)
    assert later.reasons[-1] == '2日あと'


def test_the_nearer_the_newer_the_same_kind_the_likelier_words_and_the_open_one_stand_first():
    assert ids(earlier('far', away=70), earlier('near', away=10)) == ['near', 'far']
    assert ids(earlier('old', days=50), earlier('new', days=1)) == ['new', 'old']
    assert ids(earlier('lamp', category='照明'), earlier('hole')) == ['hole', 'lamp']
    assert ids(earlier('fly', words='電柱が傾いている'), earlier('like', words='道路に穴がある')) == ['like', 'fly']
    assert ids(earlier('done', done=True), earlier('open')) == ['open', 'done']


def test_nothing_out_of_reach_and_never_the_record_itself():
    assert ids(earlier('far', away=101), earlier('old', days=61), earlier('soon', days=-61)) == []
    assert ids(earlier('itself'), asked=replace(HOLE, id='itself')) == []


def test_without_coordinates_similar_words_are_needed():
    nowhere = replace(HOLE, point=None)
    told, other = earlier('told', words=HOLE.words), earlier('other', words='雪がとけない')
    assert ids(told, other, asked=nowhere) == ['told']
    assert likely(nowhere, [told], REACH)[0].metres is None
    assert ids(replace(told, point=None), asked=HOLE) == ['told']


@pytest.mark.parametrize(
    ('one', 'other'),
    [('ガードレール', 'ｶﾞｰﾄﾞﾚｰﾙ'), ('髙﨑橋', '高崎橋'), ('ぐれーちんぐ', 'グレーチング'), ('１丁目', '1丁目')],
)
def test_width_kana_and_old_kanji_make_no_difference(one, other):
    assert pairs_of(one) == pairs_of(other) != frozenset()


def test_a_rare_word_tells_more_than_a_common_one():
    texts = [pairs_of(each) for each in ('穴です', '溝です', '木です', '橋です', '鳥居前')]
    rarity, asked = Rarity.among(texts), pairs_of('鳥居です')
    assert rarity.likeness(asked, texts[4]) > rarity.likeness(asked, texts[0]) > 0
    assert rarity.likeness(frozenset(), texts[0]) == 0


def test_metres_on_the_ground():
    # One second of arc: 30.9 m to the north, 24.8 m to the east at 36.56 degrees.
    assert metres(HERE, (HERE[0] + 1 / 3600, HERE[1])) == pytest.approx(30.9, abs=0.1)
    assert metres(HERE, (HERE[0], HERE[1] + 1 / 3600)) == pytest.approx(24.8, abs=0.1)


def test_a_category_has_a_reach_of_its_own():
    assert DUPLICATES.reach('除雪') == Reach(200, 30)
    assert DUPLICATES.reach('舗装') == DUPLICATES.reach('') == Reach(100, 60)
    assert DUPLICATES.most_days == 60


def test_what_may_not_be_read_is_not_compared_and_a_blank_record_is_no_trouble():
    values = {'受付日': '2026-11-20', '場所': '見本町', '内容': '穴', '種別': '舗装', '状態': '完了'}
    whole = DUPLICATES.known(ROADS, 'a', values)
    assert (whole.words, whole.category, whole.done, whole.point) == ('見本町 穴', '舗装', True, None)
    veiled = DUPLICATES.known(ROADS, 'a', values, {'内容', '種別'})
    assert (veiled.words, veiled.category) == ('見本町', '')
    assert DUPLICATES.known(ROADS, 'a', {}) == Known('a', None)


def test_the_right_one_of_those_told_before_is_found(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[3])
    from bench.duplicates.recall import recall
    from bench.duplicates.retold import retold

    found = recall(*retold(Random(4), 2_500))
    assert found.repeats == 300
    assert found.among_three >= 0.9
    assert found.first >= 0.6
