"""When personal data goes, and which: said by the definition alone."""

from datetime import date

import pytest
from sample_office import app as definition_of
from sample_office import at

from forms.capabilities.retention.after import months_later

APP = """
    title: 相談
    sections:
      - title: 内容
        fields:
          - {name: 氏名, type: person_name, privacy: personal}
          - {name: 電話, type: phone, privacy: personal}
          - {name: 年代, type: text, calculation: 'If(IsBlank(電話), "", "大人")'}
          - {name: 受付日, type: date}
          - {name: 完了日, type: date}
          - name: 家族
            type: subtable
            columns:
              - {name: 名前, type: text, privacy: personal}
              - {name: 続柄, type: text}
          - {name: 内容, type: textarea}
    workflow:
      statuses: [{name: 受付}, {name: 完了, done: true}]
      actions: [{name: 終える, from: [受付], to: 完了}, {name: 再開する, from: [完了], to: 受付}]
    retention:
      after: {from: 'Coalesce(完了日, 受付日)', PERIOD}
      keeps: [年代]
"""
DONE = {'状態': '完了', '受付日': '2026-12-28', '完了日': '2027-01-31'}


def app(period: str = 'fiscal_years: 5', more: str = ''):
    return definition_of(APP.replace('PERIOD', period) + more)


@pytest.mark.parametrize(
    ('period', 'last'),
    [
        ('fiscal_years: 5', date(2032, 3, 31)),
        ('years: 1', date(2028, 1, 31)),
        ('months: 1', date(2027, 2, 28)),
        ('days: 30', date(2027, 3, 2)),
    ],
)
def test_the_period_ends_on_the_day_that_is_written(period, last):
    definition = app(period)
    retention = definition.capabilities['retention']
    assert retention.last_day(definition, DONE, at('2027-02-01 09:00')) == last


def test_it_is_over_on_the_day_after_the_last():
    definition = app()
    retention = definition.capabilities['retention']
    days = ('2032-03-31', '2032-04-01')
    assert [retention.is_over(definition, DONE, at(f'{day} 00:00')) for day in days] == [False, True]


@pytest.mark.parametrize('values', [{**DONE, '状態': '受付'}, {'状態': '完了'}])
def test_what_is_open_or_has_no_day_keeps_its_data(values):
    definition = app()
    retention = definition.capabilities['retention']
    assert retention.last_day(definition, values, at('2099-01-01 09:00')) is None


def test_what_is_marked_private_goes_and_what_is_named_besides():
    definition = app(more='      erases: [内容]\n')
    assert definition.capabilities['retention'].gone(definition) == ('氏名', '電話', '家族.名前', '内容')


def test_a_formula_may_say_which_records_are_meant():
    definition = app(more='      only: 受付日 < Date(2026, 4, 1)\n')
    retention = definition.capabilities['retention']
    assert retention.last_day(definition, DONE, at('2027-02-01 09:00')) is None
    early = {'状態': '受付', '受付日': '2026-03-31'}
    assert retention.last_day(definition, early, at('2027-02-01 09:00')) == date(2031, 3, 31)


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert [months_later(date(2027, 1, 31), months) for months in (1, 13, 14)] == [
        date(2027, 2, 28),
        date(2028, 2, 29),
        date(2028, 3, 31),
    ]
