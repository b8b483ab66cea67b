"""Inspections that come round again."""

from datetime import date
from pathlib import Path

import pytest
from sample_office import NOON, mistakes

from forms.capabilities.schedule import after
from forms.loader import load_folder

INSPECTIONS = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps['inspections']
SCHEDULE = INSPECTIONS.capabilities['schedule']


@pytest.mark.parametrize(
    ('day', 'every', 'following'),
    [
        ('2026-08-31', {'months': 6}, '2027-02-28'),
        ('2027-08-31', {'months': 6}, '2028-02-29'),
        ('2026-12-15', {'months': 1}, '2027-01-15'),
        ('2028-02-29', {'years': 1}, '2029-02-28'),
        ('2026-05-01', {'weeks': 2}, '2026-05-15'),
        ('2026-12-31', {'days': 1}, '2027-01-01'),
        ('2026-01-31', {'months': 1, 'days': 1}, '2026-03-01'),
    ],
)
def test_the_next_day(day, every, following):
    assert after(date.fromisoformat(day), every).isoformat() == following


def test_every_record_holds_its_next_day():
    assert SCHEDULE.fill(INSPECTIONS, None, {'点検日': '2026-05-01'}, NOON) == {'次回点検日': '2026-11-01'}
    assert SCHEDULE.fill(INSPECTIONS, None, {}, NOON) == {'次回点検日': None}


def record(facility, done):
    return {'施設': facility, '点検日': done, **SCHEDULE.fill(INSPECTIONS, None, {'点検日': done}, NOON)}


def test_only_the_newest_record_of_a_facility_counts_and_the_longest_overdue_stands_first():
    records = [
        ('r1', record('school', '2025-01-10')),
        ('r2', record('school', '2026-01-10')),
        ('r3', record('hall', '2025-10-20')),
        ('r4', record('park', '2026-04-30')),
        ('r5', {'施設': 'pool'}),
    ]
    due = SCHEDULE.due(records, date(2026, 7, 31))
    assert [(each.of, each.last, each.next.isoformat()) for each in due] == [
        ('hall', 'r3', '2026-04-20'),
        ('school', 'r2', '2026-07-10'),
    ]
    assert due[0].is_overdue(date(2026, 5, 1))
    assert not due[0].is_overdue(date(2026, 4, 20))


@pytest.mark.parametrize(
    ('schedule', 'code'),
    [
        ('of: 施設, date: 点検目, every: {months: 6}', 'D209'),
        ('of: 施没, date: 点検日, every: {months: 6}', 'D209'),
        ('of: 施設, date: 施設, every: {months: 6}', 'D210'),
        ('of: 施設, date: 点検日, every: {month: 6}', 'D108'),
        ('of: 施設, date: 点検日, every: {months: 0}', 'D752'),
        ('of: 施設, date: 点検日', 'D103'),
    ],
)
def test_wrong_schedules_are_told(schedule, code):
    found = mistakes(f"""
        title: 点検
        sections: [{{fields: [{{name: 施設, type: text}}, {{name: 点検日, type: date}}]}}]
        schedule: {{{schedule}}}
        """)
    assert code in [each for each, _ in found]
