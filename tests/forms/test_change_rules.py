"""Rules on change, on an evacuee register: a move leaves a line, clears the room, and is offered to the household."""

import pytest
from sample_office import NOON, app, codes, submit

from forms.change_rules import prefilled_row, same_change
from forms.evaluation import Evaluation

REGISTER = app("""
    title: 避難者台帳
    record_title: [受付番号, 枝番, 氏名]
    sections:
      - fields:
          - {name: 災害, type: text, required: true}
          - {name: 世帯の方, type: lookup, app: sample, copy: {受付番号: 受付番号, 住所: 住所}}
          - {name: 氏名, type: person_name, required: true, privacy: personal}
          - {name: 住所, type: text}
          - {name: 現在の居場所, type: select_one, required: true, choices: [額谷, キゴ, 万寿苑, 退所]}
          - {name: 部屋番号, type: text, relevant: 現在の居場所 = "額谷"}
          - {name: 退所日, type: date, required: 現在の居場所 = "退所", forbidden: 現在の居場所 <> "退所"}
          - name: 移動履歴
            type: subtable
            append_only: true
            columns:
              - {name: 移動日, type: date, required: true}
              - {name: 移動元, type: text, required: true}
              - {name: 移動先, type: text, required: true}
    numbering:
      - {field: 受付番号, format: '{seq}', scope: 災害, start: 168}
      - {field: 枝番, of: 受付番号}
    on_change:
      - field: 現在の居場所
        not_first: true
        add_row: 移動履歴
        prefill: {移動日: Today(), 移動元: Old.現在の居場所, 移動先: 現在の居場所}
        clear: [部屋番号]
        offer_same: 受付番号
        message: 移動履歴を入力してください。
    """)
OLD = {
    '災害': '地震', '氏名': '見本 太郎', '現在の居場所': '額谷', '部屋番号': 'G-4,5', '受付番号': 168, '枝番': 1,
    '移動履歴': [
        {'_row': '1', '移動日': '2024-01-11', '移動元': '万寿苑', '移動先': '額谷', '_by': 'reiji', '_at': 'x'},
    ],
}
MOVE = {'移動日': '1/23', '移動元': '額谷', '移動先': 'キゴ'}


def moved(**more):
    rows = [*OLD['移動履歴'], {**MOVE, '移動日': '2024-01-23'}]
    return submit(REGISTER, {'現在の居場所': 'キゴ', '移動履歴': rows, **more}, OLD)


def test_a_move_without_a_line_in_the_history_is_refused_with_the_rules_own_words():
    refused = submit(REGISTER, {'現在の居場所': 'キゴ'}, OLD)
    assert [(each.path, each.code, each.text) for each in refused.messages] == [
        ('移動履歴', 'row_needed', '移動履歴を入力してください。'),
    ]


def test_sending_the_old_lines_again_is_not_a_new_line():
    resent = submit(REGISTER, {'現在の居場所': 'キゴ', '移動履歴': OLD['移動履歴']}, OLD)
    assert codes(resent) == {'移動履歴': 'row_needed'}


def test_a_move_with_its_line_is_stored_with_who_and_when():
    cleaned = moved()
    assert cleaned.messages == ()
    old_line, new_line = cleaned.values['移動履歴']
    assert old_line == OLD['移動履歴'][0]
    assert (new_line['_by'], new_line['_at']) == ('mihon', '2026-05-01T12:00:00+09:00')
    assert (new_line['移動元'], new_line['移動先']) == ('額谷', 'キゴ')


def test_the_first_place_of_all_needs_no_line():
    first = {'災害': '地震', '氏名': '見本 太郎', '現在の居場所': '額谷'}
    assert submit(REGISTER, first).messages == ()
    without_place = {'災害': '地震', '氏名': '見本 太郎'}
    assert submit(REGISTER, {'現在の居場所': '額谷'}, without_place).messages == ()


def test_lines_are_only_ever_added():
    changed = [{**OLD['移動履歴'][0], '移動先': 'キゴ'}]
    assert codes(submit(REGISTER, {'移動履歴': changed}, OLD)) == {'移動履歴': 'row_changed'}
    assert codes(submit(REGISTER, {'移動履歴': []}, OLD)) == {'移動履歴': 'row_removed'}


def test_a_move_clears_the_room_and_says_so():
    stays_visible = app("""
        title: 部屋
        sections:
          - fields:
              - {name: 居場所, type: select_one, choices: [額谷, キゴ]}
              - {name: 部屋番号, type: text}
        on_change:
          - {field: 居場所, clear: [部屋番号]}
        """)
    old = {'居場所': '額谷', '部屋番号': 'G-4'}
    left = submit(stays_visible, {'居場所': 'キゴ'}, old)
    assert '部屋番号' not in left.values
    assert [(each.path, each.text) for each in left.notes] == [('部屋番号', '部屋番号を空にしました。')]
    whole_form_with_the_old_room = submit(stays_visible, {'居場所': 'キゴ', '部屋番号': 'G-4'}, old)
    assert '部屋番号' not in whole_form_with_the_old_room.values
    assert submit(stays_visible, {'居場所': 'キゴ', '部屋番号': 'K-1'}, old).values['部屋番号'] == 'K-1'
    assert submit(stays_visible, {'部屋番号': 'G-5'}, old).values['部屋番号'] == 'G-5'


def test_leaving_needs_a_day_and_staying_forbids_it():
    rows = [*OLD['移動履歴'], {'移動日': '2024-02-01', '移動元': '額谷', '移動先': '退所'}]
    assert codes(submit(REGISTER, {'現在の居場所': '退所', '移動履歴': rows}, OLD)) == {'退所日': 'required'}
    assert codes(submit(REGISTER, {'退所日': '2024-02-01'}, OLD)) == {'退所日': 'forbidden'}


def test_the_household_is_offered_the_same_move():
    (offer,) = moved().offers
    assert (offer.field, offer.value, offer.by, offer.group) == ('現在の居場所', 'キゴ', '受付番号', 168)
    assert submit(REGISTER, {'氏名': '見本 次郎'}, OLD).offers == ()
    assert submit(REGISTER, {'災害': '地震', '氏名': '例示 花子', '現在の居場所': 'キゴ'}).offers == ()


def test_the_others_line_tells_of_their_own_way_and_keeps_what_was_corrected_by_hand():
    (offer,) = moved().offers
    other = {**OLD, '氏名': '例示 花子', '枝番': 2, '現在の居場所': '万寿苑'}
    change = same_change(REGISTER, offer, other, Evaluation.at(REGISTER, NOON))
    assert change['現在の居場所'] == 'キゴ'
    assert change['移動履歴'] == [
        *OLD['移動履歴'],
        {'移動日': '2024-01-23', '移動元': '万寿苑', '移動先': 'キゴ'},
    ]
    assert submit(REGISTER, change, other).messages == ()


def test_the_day_of_leaving_goes_along_when_the_household_leaves_together():
    rows = [*OLD['移動履歴'], {**MOVE, '移動日': '2024-02-01', '移動先': '退所'}]
    left = submit(REGISTER, {'現在の居場所': '退所', '退所日': '2024-02-01', '住所': '見本町2', '移動履歴': rows}, OLD)
    (offer,) = left.offers
    assert offer.along == {'退所日': '2024-02-01'}
    change = same_change(REGISTER, offer, {**OLD, '枝番': 2}, Evaluation.at(REGISTER, NOON))
    assert submit(REGISTER, change, {**OLD, '枝番': 2}).messages == ()


def test_the_proposed_line_knows_the_place_before():
    evaluation = Evaluation.at(REGISTER, NOON).before(OLD)
    assert prefilled_row(REGISTER, 0, evaluation, {**OLD, '現在の居場所': 'キゴ'}) == {
        '移動日': '2026-05-01', '移動元': '額谷', '移動先': 'キゴ',
    }


@pytest.mark.parametrize('column', ['移動日', '移動先'])
def test_a_line_that_is_not_whole_is_refused_where_it_is_not(column):
    line = {name: value for name, value in {**MOVE, '移動日': '2024-01-23'}.items() if name != column}
    cleaned = submit(REGISTER, {'現在の居場所': 'キゴ', '移動履歴': [*OLD['移動履歴'], line]}, OLD)
    assert codes(cleaned) == {f'移動履歴[1].{column}': 'required'}
