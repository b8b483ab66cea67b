"""What an event or a day means to a rule, without any store."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sample_office import NOON, app

FIELDS = """title: 見本
sections:
- title: 内容
  fields:
  - {name: 番号, type: text}
  - {name: 期日, type: date}
  - {name: 課, type: section}
"""
TOKYO = ZoneInfo('Asia/Tokyo')


def due(rule, value, **more):
    definition = app(FIELDS + f'notify:\n  - {{name: 知らせ, to: [leader], {rule}}}\n')
    notify = definition.capabilities['notify']
    return notify.due(definition, notify.rules[0], {'期日': value, **more}, NOON)


@pytest.mark.parametrize(
    ('rule', 'expected'),
    [
        ('before: {field: 期日, business_days: 3, at: 08:30}', '2026-04-28T08:30'),  # Golden Week lies between
        ('before: {field: 期日, days: 3}', '2026-05-04T08:30'),
        ('before: {field: 期日, days: 0, at: 17:00}', '2026-05-07T17:00'),
        ('after: {field: 期日, business_days: 2}', '2026-05-11T08:30'),
        ('after: {field: 期日, days: 30}', '2026-06-06T08:30'),
    ],
)
def test_days_are_counted_by_the_calendar_or_by_working_days(rule, expected):
    assert due(rule, '2026-05-07') == datetime.fromisoformat(expected).replace(tzinfo=TOKYO)


def test_without_a_day_or_when_the_condition_does_not_hold_nothing_is_due():
    assert due('before: {field: 期日, days: 1}', None) is None
    assert due('before: {field: 期日, days: 1}, only: 番号 = "1"', '2026-05-07', 番号='2') is None
    assert due('before: {field: 期日, days: 1}, only: 番号 = "1"', '2026-05-07', 番号='1') is not None


@pytest.mark.parametrize(
    ('old', 'new', 'told'),
    [
        (None, {'番号': '1'}, False),
        ({'番号': '1'}, {'番号': '2'}, True),
        ({'番号': '1'}, {'番号': '1', '課': '例示課'}, False),
    ],
)
def test_a_change_is_told_only_of_the_fields_that_are_named(old, new, told):
    definition = app(FIELDS + 'notify:\n  - {name: 変わった, when: changed, fields: [番号], to: [課]}\n')
    notify = definition.capabilities['notify']
    assert bool(list(notify.happened(definition, old, new, '', NOON))) is told
