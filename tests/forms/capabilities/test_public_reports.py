"""What a definition makes public of its records: which of them, how long, in which words, and when it asks back."""

from datetime import date

import pytest
from sample_office import app, at

REPORTS = app("""
    title: 公園の要望
    sections:
      - title: 要望
        fields:
          - {name: 種別, type: select_one, choices: [遊具, 樹木]}
          - {name: 位置, type: location}
          - {name: 受付日, type: date}
          - {name: 完了日, type: date}
          - {name: 公開, type: yes_no}
          - {name: 直りましたか, type: select_one, choices: [直った, 直っていない]}
    numbering:
      - {field: 受付番号}
    workflow:
      statuses: [{name: 受付}, {name: 完了, done: true}]
      actions: [{name: 終える, from: [受付], to: 完了}, {name: 再開する, from: [完了], to: 受付}]
    public_form:
      fields: [種別]
    public_reports:
      released: 公開 = true
      category: 種別
      location: 位置
      date: 受付日
      notes: {完了: 対応が終わりました}
      days: 30
      asks: {into: 直りましたか, after: 完了日, days: 10}
    """)
RULES = REPORTS.capabilities['public_reports']
DONE = {'公開': True, '状態': '完了', '受付日': '2026-11-01', '完了日': '2026-11-10'}


@pytest.mark.parametrize(
    ('values', 'is_out'),
    [
        ({**DONE, '状態': '受付', '受付日': '2020-01-01'}, True),
        ({**DONE, '公開': False, '状態': '受付'}, False),
        ({'状態': '受付', '受付日': '2026-11-01'}, False),
        (DONE, True),
        ({**DONE, '受付日': '2026-10-20'}, False),
    ],
)
def test_only_released_records_are_told_and_done_ones_for_some_days(values, is_out):
    assert RULES.is_released(REPORTS, values, at('2026-11-20 09:00')) is is_out


def test_a_status_is_told_in_the_words_for_citizens_or_as_it_is():
    assert [RULES.status(REPORTS, {'状態': each}) for each in ('完了', '受付')] == ['対応が終わりました', '受付']


@pytest.mark.parametrize(
    ('values', 'today', 'asked'),
    [
        (DONE, date(2026, 11, 20), True),
        (DONE, date(2026, 11, 21), False),
        ({**DONE, '状態': '受付'}, date(2026, 11, 11), False),
        ({**DONE, '直りましたか': '直った'}, date(2026, 11, 11), False),
        ({**DONE, '完了日': None}, date(2026, 11, 11), False),
    ],
)
def test_it_is_asked_once_after_the_end_and_not_for_ever(values, today, asked):
    assert RULES.may_answer(REPORTS, values, today) is asked


def test_the_first_choice_says_that_it_is_well():
    assert RULES.answers(REPORTS) == ('直った', '直っていない')


def test_a_map_for_everybody_is_shown_only_where_a_place_is_public():
    assert RULES.maps_for_everybody(REPORTS)
