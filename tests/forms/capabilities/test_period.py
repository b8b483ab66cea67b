"""Opening and closing on Japanese time, to the second."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sample_office import NOON, app, at, mistakes

from forms.capability import Moment
from forms.loader import load_folder

EVENT = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps['event_lottery']
PERIOD = EVENT.capabilities['period']


def refused(moment, old=None, definition=EVENT):
    return [each.text for each in definition.capabilities['period'].refuse(definition, old, {}, moment)]


@pytest.mark.parametrize(
    ('when', 'texts'),
    [
        ('2026-10-01 08:59:59', ['受付は令和8年10月1日(木)9時00分からです。それまでお待ちください。']),
        ('2026-10-01 09:00:00', []),
        ('2026-12-11 17:00:00', []),
        ('2026-12-11 17:00:01', ['受付は令和8年12月11日(金)17時00分に終わりました。']),
    ],
)
def test_to_the_second(when, texts):
    assert refused(at(when)) == texts
    assert refused(at(when, roles=('staff',))) == texts, 'staff too'


def test_within_the_closing_second_is_in_time():
    assert refused(Moment(datetime.fromisoformat('2026-12-11T17:00:00.999+09:00'))) == []


def test_a_server_that_runs_in_utc_keeps_japanese_time():
    assert refused(Moment(datetime(2026, 12, 11, 8, 0, 0, tzinfo=UTC))) == []
    (text,) = refused(Moment(datetime(2026, 12, 11, 8, 0, 1, tzinfo=UTC)))
    assert text == '受付は令和8年12月11日(金)17時00分に終わりました。'


def test_what_was_taken_in_may_still_be_corrected():
    assert refused(at('2027-01-05 09:00'), old={'氏名': '見本 太郎'}) == []


def test_results_are_told_from_the_announced_moment():
    assert not PERIOD.is_announced(at('2026-12-15 09:59').now)
    assert PERIOD.is_announced(at('2026-12-15 10:00').now)
    assert PERIOD.is_open(at('2026-11-01 00:00').now)
    assert not PERIOD.is_open(NOON.now)


LATE = app("""
    title: 催し
    sections: [{fields: [{name: 氏名, type: text}]}]
    period: {closes: 2026-05-01 17:00, late_by_staff: true}
    """)


def test_staff_may_enter_late_ones_only_where_the_definition_says_so():
    late = at('2026-05-01 17:01', roles=('staff',))
    assert refused(late, definition=LATE) == []
    assert refused(at('2026-05-01 17:01'), definition=LATE) == ['受付は令和8年5月1日(金)17時00分に終わりました。']
    period = LATE.capabilities['period']
    assert period.fill(LATE, None, {}, late) == {'締切後の受付': True}
    assert period.fill(LATE, None, {}, NOON) == {}
    assert period.fill(LATE, {'氏名': '見本'}, {}, late) == {}, 'a correction does not make it late'


@pytest.mark.parametrize(
    ('period', 'code'),
    [
        ('opens: 2026-05-02 09:00, closes: 2026-05-01 17:00', 'D750'),
        ('closes: 2026-05-02 17:00, announced: 2026-05-01 17:00', 'D750'),
        ('opens: 2026-05-01 09:00, announced: 2026-05-01 09:00', 'D750'),
        ('closes: 2026-05-01', 'D751'),
        ('closes: あした', 'D112'),
    ],
)
def test_wrong_periods_are_told(period, code):
    found = mistakes(f"""
        title: 催し
        sections: [{{fields: [{{name: 氏名, type: text}}]}}]
        period: {{{period}}}
        """)
    assert code in [each for each, _ in found]
