"""Minutes measured, never typed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sample_office import NOON, at, mistakes

from forms.capabilities.effect import completion_marks, measured_seconds
from forms.loader import load_folder

ROADS = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps['road_requests']
EFFECT = ROADS.capabilities['effect']


@pytest.mark.parametrize(
    ('opened', 'seconds'),
    [
        (NOON.now - timedelta(seconds=75), 75),
        (NOON.now - timedelta(hours=2), 7200),
        (NOON.now - timedelta(hours=2, seconds=1), None),
        (NOON.now + timedelta(minutes=3), None),
        (None, None),
    ],
)
def test_measured_from_opening_to_saving(opened, seconds):
    assert measured_seconds(at('2026-05-01 12:00', opened_at=opened)) == seconds


def measured(*seconds, done=()):
    """What is saved over records with these seconds; done: the seconds of completed ones."""
    records = [{'_seconds': each, '状態': '受付'} for each in seconds]
    return EFFECT.saved(ROADS, [*records, *({'_done_seconds': each, '状態': '完了'} for each in done)])


def test_the_report_multiplies_the_median_by_every_record():
    report = measured(60, 120, 600, None)
    spent = report.reception
    assert (spent.count, spent.measured, spent.median, spent.most) == (4, 3, 2, 10)
    assert spent.hours == pytest.approx((15 - 2) * 4 / 60)
    assert report.sheets == 20


def test_nine_of_ten_were_not_slower_than_the_second_figure():
    assert measured(*(60 * each for each in range(1, 11))).reception.most == 9


def test_an_app_that_is_slower_saves_less_than_nothing():
    assert measured(20 * 60).reception.hours == pytest.approx(-5 / 60)


def test_without_a_measurement_nothing_is_claimed():
    report = measured(None, None)
    spent = report.reception
    assert (spent.median, spent.most, spent.hours, report.sheets) == (None, None, None, 10)
    assert measured().reception.hours is None


def test_only_completed_records_count_for_completing():
    report = measured(30, 40, done=(60, 180, None))
    assert (report.completion.count, report.completion.measured, report.completion.median) == (3, 2, 2)
    assert report.reception.count == 5


@pytest.mark.parametrize(
    ('old', 'new', 'marks'),
    [
        ('受付', '完了', {'_done_seconds': 90}),
        ('対応中', '取下げ', {'_done_seconds': 90}),
        ('完了', '再開', {'_done_seconds': None}),
        ('完了', '完了', {}),
        ('受付', '対応中', {}),
    ],
)
def test_the_act_that_ends_a_record_is_measured(old, new, marks):
    moment = at('2026-05-01 12:00', opened_at=NOON.now - timedelta(seconds=90))
    assert completion_marks(ROADS, {'状態': old}, {'状態': new}, moment) == marks


def test_negative_minutes_are_told():
    found = mistakes("""
        title: 点検
        sections: [{fields: [{name: 場所, type: text}]}]
        effect: {minutes_before: -1}
        """)
    assert found == [('D753', 4)]


def test_completion_is_counted_by_a_status_that_ends():
    found = mistakes("""
        title: 修理
        sections: [{fields: [{name: 場所, type: text}]}]
        workflow:
          statuses: [{name: 受付}, {name: 完了, done: true}]
          actions: [{name: 終える, from: [受付], to: 完了}]
        effect: {completion: {status: 受付, minutes_planned: -2}}
        """)
    assert found == [('D730', 7), ('D753', 7)]
