"""Minutes measured, never typed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sample_office import NOON, at, mistakes

from forms.capabilities.effect import measured_seconds
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


def test_the_report_multiplies_the_median_by_every_record():
    report = EFFECT.saved([60, 120, 600, None])
    assert (report.count, report.measured) == (4, 3)
    assert report.minutes_after == 2
    assert report.hours == pytest.approx((15 - 2) * 4 / 60)
    assert report.sheets == 20


def test_an_app_that_is_slower_saves_less_than_nothing():
    assert EFFECT.saved([20 * 60]).hours == pytest.approx(-5 / 60)


def test_without_a_measurement_nothing_is_claimed():
    report = EFFECT.saved([None, None])
    assert (report.minutes_after, report.hours, report.sheets) == (None, None, 10)
    assert EFFECT.saved([]).hours is None


def test_negative_minutes_are_told():
    found = mistakes("""
        title: 点検
        sections: [{fields: [{name: 場所, type: text}]}]
        effect: {minutes_before: -1}
        """)
    assert found == [('D753', 4)]
