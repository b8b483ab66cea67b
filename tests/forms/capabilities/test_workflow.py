"""Statuses and actions of the road requests as shipped, and the mistakes a workflow can hold."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sample_office import NOON, OFFICE, TOKYO, app, at, codes, mistakes, submit

from forms.acting import act, take_back
from forms.capability import UNDO, Past
from forms.loader import load_folder

ROADS = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps['road_requests']
WORKFLOW = ROADS.capabilities['workflow']
LEADER = replace(NOON, roles=('leader',))
REQUEST = {
    '受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': '見本町1', '内容': '穴', '受付日': '2026-05-01',
    '担当課': '道路管理課', '担当者': 'mihon', '状態': '受付', '期限': '2026-05-20',
}


def take(action, given=None, old=REQUEST, moment=NOON):
    return act(ROADS, action, given or {}, old=old, around=OFFICE, moment=moment)


def test_a_new_record_stands_at_the_beginning():
    sent = {name: value for name, value in REQUEST.items() if name not in ('状態', '期限')}
    cleaned = submit(ROADS, sent)
    assert cleaned.messages == ()
    assert cleaned.values['状態'] == '受付'


@pytest.mark.parametrize('status', ['完了', '現地確認'])
def test_no_submission_writes_the_status(status):
    assert codes(submit(ROADS, {'状態': status}, REQUEST)) == {'状態': 'readonly'}
    assert submit(ROADS, {'状態': '受付', '内容': '大きい穴'}, REQUEST).messages == ()
    new = {name: value for name, value in REQUEST.items() if name not in ('状態', '期限')}
    assert codes(submit(ROADS, {**new, '状態': status})) == {'状態': 'not_typed'}


def test_the_actions_of_a_status_are_offered_and_no_others():
    offered = {offer.name: offer for offer in WORKFLOW.offers(ROADS, REQUEST, NOON)}
    steps = ['現地確認済みにする', '予定に入れる', '対応を始める', '完了にする']
    assert list(offered) == [*steps, '他機関へ引き継ぐ', '取り下げる']
    assert offered['現地確認済みにする'].asks == ('現地確認日',)
    assert offered['現地確認済みにする'].main
    assert offered['取り下げる'].confirm == 'この要望を取り下げますか。'
    assert not any(offer.closed for offer in offered.values())


def test_an_action_moves_the_record_and_sets_what_was_left_blank():
    taken = take('現地確認済みにする')
    assert taken.messages == ()
    assert taken.values['状態'] == '現地確認'
    assert taken.values['現地確認日'] == '2026-05-01', 'Today, because nothing was typed'
    assert take('現地確認済みにする', {'現地確認日': 'R8.5.2'}).values['現地確認日'] == '2026-05-02'


def test_what_an_action_requires_is_asked_for():
    surveyed = {**REQUEST, '状態': '現地確認', '現地確認日': '2026-05-01'}
    assert codes(take('完了にする', old=surveyed)) == {'対応内容': 'required'}
    done = take('完了にする', {'対応内容': '埋めた'}, old=surveyed)
    assert done.messages == ()
    assert (done.values['状態'], done.values['対応内容'], done.values['完了日']) == ('完了', '埋めた', '2026-05-01')


def test_everything_wrong_with_an_action_is_told_at_once():
    surveyed = {**REQUEST, '状態': '現地確認', '現地確認日': '2026-05-01'}
    refused = take('完了にする', {'完了日': 'そのうち'}, old=surveyed)
    assert codes(refused) == {'完了日': 'not_a_date', '対応内容': 'required'}


def test_the_rules_of_the_form_hold_for_what_an_action_writes():
    before_receipt = take('現地確認済みにする', {'現地確認日': '2026-04-01'})
    assert codes(before_receipt) == {'現地確認日': 'constraint'}
    surveyed = {'状態': '現地確認', '現地確認日': '2026-06-01', '対応内容': '埋めた'}
    future = {**REQUEST, '受付日': '2026-06-01', **surveyed}
    assert codes(take('完了にする', old=future)) == {'完了日': 'constraint'}, 'also for a date that it sets itself'


def test_an_action_from_a_status_that_has_passed_is_refused():
    moved_by_a_colleague = {**REQUEST, '状態': '完了'}
    assert codes(take('現地確認済みにする', old=moved_by_a_colleague)) == {'状態': 'status_passed'}
    assert codes(take('もみ消す')) == {'': 'no_such_action'}


def test_only_asked_fields_travel_with_an_action():
    assert codes(take('対応を始める', {'担当者': 'reiji', '内容': '書きかえ'})) == {'内容': 'not_asked'}
    assert take('対応を始める', {'担当者': 'reiji'}).values['担当者'] == 'reiji'


def test_who_may_not_is_told_who_may():
    done = {**REQUEST, '状態': '完了'}
    closed = {each.name: each.closed for each in WORKFLOW.offers(ROADS, done, NOON)}
    assert closed['再開する'] == '「再開する」ができるのは、デジタル推進リーダーか所属長です。'
    assert codes(take('再開する', old=done)) == {'状態': 'not_permitted'}
    assert take('再開する', old=done, moment=LEADER).values['状態'] == '再開'


def test_what_is_reopened_has_a_deadline_of_its_own_and_is_no_longer_finished():
    closed = {**REQUEST, '受付日': '2026-01-05', '期限': '2026-01-20', '状態': '完了', '完了日': '2026-01-09'}
    again = take('再開する', old=closed, moment=LEADER).values
    assert (again['再開日'], again['期限']) == ('2026-05-01', '2026-05-20'), 'ten working days after it was reopened'
    assert '完了日' not in again
    hurried = submit(ROADS, {'危険度': '急ぎ'}, again).values
    assert hurried['期限'] == '2026-05-13', 'still counted from the day on which it was reopened'


def test_the_day_that_was_planned_is_the_deadline_until_the_plan_is_given_up():
    planned = take('予定に入れる', {'予定日': '2026-09-01'})
    assert (planned.values['状態'], planned.values['期限']) == ('予定', '2026-09-01')
    assert not WORKFLOW.overdue(planned.values, date(2026, 8, 31))
    assert WORKFLOW.overdue(planned.values, date(2026, 9, 2)), 'nothing is forgotten by planning it'
    started = take('対応を始める', {'担当者': 'reiji'}, old=planned.values)
    assert started.values['期限'] == '2026-09-01'
    assert submit(ROADS, {'予定日': None}, started.values).values['期限'] == '2026-05-20'


@pytest.mark.parametrize('status', [each.name for each in WORKFLOW.statuses])
def test_every_status_has_an_exit(status):
    ways = {action.to for action in WORKFLOW.actions if status in action.from_}
    assert ways or status == '重複', 'a duplicate is separated from its original instead'
    assert not ROADS.warnings


GUARDED = app("""
    title: 決裁
    sections: [{fields: [{name: 金額, type: money}, {name: 係, type: staff}, {name: 印, type: text}]}]
    workflow:
      assignee: 係
      statuses: [{name: 起案}, {name: 決裁, done: true}]
      actions:
        - name: 決裁する
          from: [起案]
          to: 決裁
          by: [assignee, 総務課]
          guard: 金額 > 0
          guard_message: 金額を入れてから決裁してください。
    """)


def test_assignee_section_and_guard():
    draft = {'金額': 100, '係': 'mihon', '状態': '起案'}
    flow = GUARDED.capabilities['workflow']

    def closed(values, **who):
        return flow.offers(GUARDED, values, at('2026-05-01 12:00', **who))[0].closed

    assert closed(draft, account='mihon') == ''
    assert closed(draft, account='reiji', sections=('総務課',)) == ''
    assert closed(draft, account='reiji') == '「決裁する」ができるのは、担当者か総務課です。'
    assert closed({'状態': '起案'}, account='') != '', 'a record without assignee is nobody’s'
    assert closed({**draft, '金額': 0}, account='mihon') == '金額を入れてから決裁してください。'
    assert closed({**draft, '金額': None}, account='mihon') == '金額を入れてから決裁してください。'


# Undo


def past(action, before, after, by='mihon'):
    return Past(datetime(2026, 5, 1, tzinfo=TOKYO), by, action, before, after)


SURVEY = past('現地確認済みにする', {'状態': '受付'}, {'状態': '現地確認', '現地確認日': '2026-05-01'})
START = past('対応を始める', {'状態': '現地確認', '担当者': 'mihon'}, {'状態': '対応中', '担当者': 'reiji'})
STARTED = {**REQUEST, '状態': '対応中', '現地確認日': '2026-05-01', '担当者': 'reiji'}


def undone(history, old, moment=NOON):
    return take_back(ROADS, history, {}, old=old, around=OFFICE, moment=moment)


def test_undo_brings_back_the_status_and_what_the_action_wrote():
    back = undone([START, SURVEY], STARTED)
    assert back.messages == ()
    assert (back.values['状態'], back.values['担当者']) == ('現地確認', 'mihon')


def test_undo_twice_goes_two_steps_back():
    first = past(UNDO, {'状態': '対応中', '担当者': 'reiji'}, {'状態': '現地確認', '担当者': 'mihon'})
    surveyed = {**STARTED, '状態': '現地確認', '担当者': 'mihon'}
    back = undone([first, START, SURVEY], surveyed)
    assert back.values['状態'] == '受付'
    assert '現地確認日' not in back.values
    second = past(UNDO, {'状態': '現地確認'}, {'状態': '受付'})
    assert codes(undone([second, first, START, SURVEY], REQUEST)) == {'': 'nothing_to_undo'}


def test_undo_leaves_what_was_changed_since():
    handed_on = {**STARTED, '担当者': 'midori'}
    back = undone([past('変更', {'担当者': 'reiji'}, {'担当者': 'midori'}), START, SURVEY], handed_on)
    assert (back.values['状態'], back.values['担当者']) == ('現地確認', 'midori')


def test_undo_is_for_who_did_it_or_could_have():
    closing = past('再開する', {'状態': '完了'}, {'状態': '対応中'}, by='leader')
    assert codes(undone([closing], STARTED)) == {'状態': 'not_undone'}
    assert undone([closing], STARTED, replace(NOON, account='leader')).values['状態'] == '完了'
    assert undone([closing], STARTED, replace(NOON, roles=('supervisor',))).values['状態'] == '完了'


# Deadline


@pytest.mark.parametrize(
    ('urgency', 'received', 'due'),
    [
        ('緊急', '2026-05-01', '2026-05-01'),
        ('緊急', '2026-05-02', '2026-05-07'),  # a Saturday before the holidays of May
        ('急ぎ', '2026-05-01', '2026-05-13'),
        ('通常', '2026-12-24', '2027-01-14'),  # over the turn of the year and 成人の日
    ],
)
def test_the_deadline_counts_working_days(urgency, received, due):
    sent = {name: value for name, value in REQUEST.items() if name not in ('状態', '期限')}
    assert submit(ROADS, {**sent, '危険度': urgency, '受付日': received}).values['期限'] == due


def test_the_deadline_follows_what_it_is_counted_from_and_nothing_else():
    kept = {**REQUEST, '期限': '2026-07-01'}
    assert submit(ROADS, {'内容': '穴ふたつ'}, kept).values['期限'] == '2026-07-01'
    assert submit(ROADS, {'危険度': '緊急'}, kept).values['期限'] == '2026-05-01'


def test_the_citys_own_closing_days_count():
    closed = app("""
        title: 期限
        closing_days: [2026-05-11]
        sections: [{fields: [{name: 受付日, type: date}]}]
        workflow:
          statuses: [{name: 受付}, {name: 済, done: true}]
          actions: [{name: 済ませる, from: [受付], to: 済}]
          deadline: {from: 受付日, business_days: '1'}
        """)
    assert submit(closed, {'受付日': '2026-05-08'}).values['期限'] == '2026-05-12'
    assert '期限' not in submit(closed, {}).values


def test_what_is_done_is_never_overdue():
    assert not WORKFLOW.overdue(REQUEST, date(2026, 5, 20))
    assert WORKFLOW.overdue(REQUEST, date(2026, 5, 21))
    for status in ('完了', '他機関', '取下げ'):
        assert not WORKFLOW.overdue({**REQUEST, '状態': status}, date(2026, 5, 21))


# Mistakes


TWO = 'statuses: [{name: 受付}, {name: 済, done: true}]'
STEP = '{name: 進む, from: [受付], to: 済}'


@pytest.mark.parametrize(
    ('workflow', 'code'),
    [
        (f'{TWO}, actions: [{{name: 進む, from: [受付], to: 清}}]', 'D730'),
        (f'{TWO}, actions: [{{name: 進む, from: [受け], to: 済}}]', 'D730'),
        (f'initial: 始, {TWO}, actions: [{STEP}]', 'D730'),
        (f'statuses: [{{name: 受付}}, {{name: 済, done: true}}, {{name: 島, done: true}}], actions: [{STEP}]', 'D731'),
        (
            'statuses: [{name: 受付}, {name: 穴}, {name: 済, done: true}], '
            f'actions: [{STEP}, {{name: 落ちる, from: [受付], to: 穴}}]',
            'D732',
        ),
        (f'{TWO}, actions: [{STEP}, {{name: 進む, from: [済], to: 受付}}]', 'D113'),
        (f'statuses: [{{name: 受付}}, {{name: 受付}}, {{name: 済, done: true}}], actions: [{STEP}]', 'D113'),
        (f'{TWO}, actions: [{{name: 進む, from: [受付], to: 済, sets: {{状態: メモ}}}}]', 'D735'),
        (
            'statuses: [{name: 受付}, {name: 済}], '
            f'actions: [{STEP}, {{name: 戻す, from: [済], to: 受付}}]',
            'D736',
        ),
        (f'{TWO}, actions: [{{name: 進む, from: [受付], to: 済, asks: [無い]}}]', 'D209'),
        (f'{TWO}, actions: [{{name: 進む, to: 済}}]', 'D103'),
        (f'assignee: メモ, {TWO}, actions: [{STEP}]', 'D210'),
        (f'deadline: {{from: メモ}}, {TWO}, actions: [{STEP}]', 'D210'),
    ],
)
def test_wrong_workflows_are_told(workflow, code):
    found = mistakes(f"""
        title: 流れ
        sections: [{{fields: [{{name: メモ, type: text}}]}}]
        workflow: {{{workflow}}}
        """)
    assert code in [each for each, _ in found]


ASSIGNING = """
title: 見本
sections: [{title: 内容, fields: [{name: 内容, type: text}, {name: 担当者, type: staff}]}]
workflow:
  assignee: 担当者
  assigns: [supervisor]
  statuses: [{name: 受付}, {name: 完了, done: true}]
  actions: [{name: 終える, from: [受付], to: 完了}, {name: 再開する, from: [完了], to: 受付}]
"""


def test_who_may_decide_it_gives_the_record_to_somebody_or_takes_it_on():
    office = app(ASSIGNING)
    workflow = office.capabilities['workflow']
    chief = at('2026-05-01 09:00', account='chief', roles=('supervisor',))
    here = {'状態': '受付', '担当者': 'mihon'}
    offers = [(each.label, each.asks) for each in workflow.offers(office, here, chief)]
    assert offers[1:] == [
        ('自分が担当者になる', ()),
        ('担当者を決める', ('担当者',)),
    ]
    own = workflow.offers(office, {**here, '担当者': 'chief'}, chief)
    assert [each.label for each in own][1:] == ['担当者を決める']
    taken = act(office, '担当者を決める', {'担当者': 'other'}, old=here, around=OFFICE, moment=chief)
    assert (taken.messages, taken.values['担当者'], taken.values['状態']) == ((), 'other', '受付')
    own = act(office, '自分が担当者になる', {}, old=here, around=OFFICE, moment=chief)
    assert (own.messages, own.values['担当者']) == ((), 'chief')


def test_nobody_else_decides_and_nothing_else_is_changed_by_it():
    office = app(ASSIGNING)
    workflow = office.capabilities['workflow']
    chief = at('2026-05-01 09:00', account='chief', roles=('supervisor',))
    here = {'状態': '受付', '内容': '穴'}
    assert [each.name for each in workflow.offers(office, here, NOON)] == ['終える']
    assert [each.name for each in workflow.offers(office, {'状態': '完了'}, chief)] == ['再開する']
    for moment, given, code in ((NOON, {'担当者': 'x'}, 'not_permitted'), (chief, {'内容': '石'}, 'not_asked')):
        taken = act(office, '担当者を決める', given, old=here, around=OFFICE, moment=moment)
        assert [each.code for each in taken.messages] == [code]


def test_that_the_caller_was_told_is_a_step_of_its_own_and_forgotten_when_it_starts_again():
    done = {**REQUEST, '状態': '完了', '対応内容': '直した', '完了日': '2026-05-01'}
    told = take('申出者に知らせた', {'知らせ方': '電話', '知らせた日': '2026-05-01'}, old=done)
    assert (told.messages, told.values['状態'], told.values['知らせ方']) == ((), '完了', '電話')
    assert codes(take('申出者に知らせた', old=done)) == {'知らせ方': 'required'}
    assert take('再開する', old=told.values, moment=LEADER).values.get('知らせた日') is None
