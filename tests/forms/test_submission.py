"""What becomes of a submission, whichever way it comes in: messages for the person, values for the record."""

from datetime import date

import pytest
from sample_office import NOON, OFFICE, Office, app, at, codes, submit

from forms.loader import load_text

ROAD = app("""
    title: 道路
    sections:
      - title: 内容
        fields:
          - {name: 種別, type: select_one, required: true, choices: [舗装, 側溝, その他], other: true}
          - {name: 件数, type: integer, min: 1}
          - {name: 場所, type: text, required: true}
          - {name: 緊急, type: yes_no}
          - {name: 電話番号, type: phone, relevant: 緊急, required: true}
          - {name: 受付日, type: date, default: 'Date(2026, 5, 1)'}
          - name: 完了日
            type: date
            constraint: 完了日 >= 受付日
            constraint_message: 完了日は受付日以後にしてください。
          - {name: 退所先, type: text, required: 種別 = "側溝", forbidden: 種別 <> "側溝"}
          - {name: 古い区分, type: text, retired: true}
      - title: 費用
        relevant: 緊急
        fields:
          - {name: 費用, type: money}
          - {name: 負担者, type: text, required: true}
    """)
PLAIN = {'種別': '舗装', '場所': '見本町1'}


def test_typed_text_is_stored_as_the_field_reads_it():
    typed = {'件数': '３件', '受付日': 'R8.4.30', '緊急': 'はい', '電話番号': '0900000000１', '負担者': '市'}
    cleaned = submit(ROAD, {**PLAIN, **typed})
    assert cleaned.messages == ()
    assert cleaned.values['件数'] == 3
    assert cleaned.values['受付日'] == '2026-04-30'
    assert cleaned.values['緊急'] is True


def test_every_mistake_is_told_at_once_in_the_order_of_the_form():
    cleaned = submit(ROAD, {'件数': 'たくさん', '完了日': '2026-04-01'})
    assert [(each.path, each.code) for each in cleaned.messages] == [
        ('種別', 'required'),
        ('件数', 'not_a_number'),
        ('場所', 'required'),
        ('完了日', 'constraint'),
    ]


def test_a_constraint_speaks_with_its_own_sentence():
    cleaned = submit(ROAD, {**PLAIN, '完了日': '2026-04-01'})
    assert [each.text for each in cleaned.messages] == ['完了日は受付日以後にしてください。']


def test_unknown_keys_are_refused():
    assert codes(submit(ROAD, {**PLAIN, '場処': '見本町'})) == {'場処': 'unknown_field'}


def test_reserved_keys_may_come_back_unchanged_but_not_changed():
    old = {**PLAIN, '_created_by': 'mihon'}
    assert submit(ROAD, old, old).messages == ()
    assert submit(ROAD, old, old).values['_created_by'] == 'mihon'
    assert codes(submit(ROAD, {'_created_by': 'reiji'}, old)) == {'_created_by': 'unknown_field'}


@pytest.mark.parametrize('blank', [None, '', '  ', '　'])
def test_blank_is_left_out_of_the_record(blank):
    cleaned = submit(ROAD, {**PLAIN, '件数': blank, '受付日': blank})
    assert cleaned.messages == ()
    assert '件数' not in cleaned.values
    assert '受付日' not in cleaned.values, 'a key that is sent blank takes no default'


def test_zero_and_no_are_answers():
    zero = app("""
        title: 数
        sections: [{fields: [{name: 人数, type: integer, required: true}, {name: 同意, type: yes_no, required: true}]}]
        """)
    cleaned = submit(zero, {'人数': 0, '同意': False})
    assert cleaned.messages == ()
    assert cleaned.values == {'人数': 0, '同意': False}


def test_a_default_fills_what_was_not_sent_in_a_new_record_only():
    assert submit(ROAD, PLAIN).values['受付日'] == '2026-05-01'
    assert '受付日' not in submit(ROAD, {'場所': '例示町2'}, PLAIN).values


# Relevance


def test_what_is_not_asked_is_neither_required_nor_stored():
    cleaned = submit(ROAD, {**PLAIN, '緊急': False, '電話番号': '090-0000-0001'})
    assert cleaned.messages == ()
    assert '電話番号' not in cleaned.values


def test_what_is_asked_is_required():
    assert codes(submit(ROAD, {**PLAIN, '緊急': True, '負担者': '市'})) == {'電話番号': 'required'}


def test_a_section_that_is_not_asked_is_dropped_whole():
    asked = submit(ROAD, {**PLAIN, '緊急': True, '電話番号': '090-0000-0001', '負担者': '市', '費用': '1,000円'})
    assert asked.values['費用'] == 1000
    later = submit(ROAD, {'緊急': False}, asked.values)
    assert later.messages == ()
    assert not {'費用', '負担者', '電話番号'} & set(later.values)


def test_what_is_not_asked_counts_as_blank_wherever_it_stands_on_the_form():
    chain = app("""
        title: 連鎖
        sections:
          - fields:
              - {name: 合計, type: calculation, result: integer, calculation: 'Sum(基本, 加算)'}
              - {name: 加算, type: integer, relevant: 加算あり}
              - {name: 加算あり, type: yes_no}
              - {name: 基本, type: integer}
        """)
    assert submit(chain, {'基本': 100, '加算': 30, '加算あり': True}).values['合計'] == 130
    hidden = submit(chain, {'基本': 100, '加算': 30, '加算あり': False}).values
    assert hidden == {'合計': 100, '加算あり': False, '基本': 100}


def test_the_detail_of_other_is_asked_required_and_dropped_again():
    assert codes(submit(ROAD, {**PLAIN, '種別': 'その他'})) == {'種別_その他': 'required'}
    given = submit(ROAD, {**PLAIN, '種別': 'その他', '種別_その他': '橋の音'})
    assert given.values['種別_その他'] == '橋の音'
    assert '種別_その他' not in submit(ROAD, {'種別': '舗装'}, given.values).values


def test_required_if_and_forbidden_if():
    assert codes(submit(ROAD, {**PLAIN, '種別': '側溝'})) == {'退所先': 'required'}
    assert codes(submit(ROAD, {**PLAIN, '退所先': '自宅'})) == {'退所先': 'forbidden'}
    assert submit(ROAD, {**PLAIN, '種別': '側溝', '退所先': '自宅'}).messages == ()


# Changes


def test_a_partial_change_leaves_the_rest():
    old = submit(ROAD, {**PLAIN, '件数': 2}).values
    changed = submit(ROAD, {'場所': '例示町2'}, old)
    assert changed.values == {**old, '場所': '例示町2'}


def test_a_change_may_blank_a_value_but_not_a_required_one():
    old = submit(ROAD, {**PLAIN, '件数': 2}).values
    assert '件数' not in submit(ROAD, {'件数': None}, old).values
    assert codes(submit(ROAD, {'場所': None}, old)) == {'場所': 'required'}


def test_a_rule_over_two_fields_is_judged_when_either_changes():
    old = submit(ROAD, {**PLAIN, '完了日': '2026-05-10'}).values
    assert codes(submit(ROAD, {'受付日': '2026-06-01'}, old)) == {'完了日': 'constraint'}


def test_what_a_change_does_not_touch_is_not_judged_again():
    stricter = {'種別': '舗装', '完了日': '2026-01-01', '受付日': '2026-05-01'}
    assert submit(ROAD, {'件数': 2}, stricter).messages == ()
    assert codes(submit(ROAD, {'件数': 2, '場所': None}, stricter)) == {'場所': 'required'}


def test_rows_that_are_not_sent_are_not_judged_again():
    written_before_the_price_was_required = {'品': [{'_row': '1', '品名': '縄'}]}
    assert submit(BILL, {'割引': -5}, written_before_the_price_was_required).messages == ()
    sent = {'割引': -5, '品': [{'_row': '1', '品名': '縄'}]}
    assert codes(submit(BILL, sent, written_before_the_price_was_required)) == {'品[0].単価': 'required'}


def test_values_of_fields_that_are_gone_or_retired_stay():
    old = {**PLAIN, '古い区分': 'A', '昔の項目': 'x'}
    changed = submit(ROAD, {'件数': 1}, old)
    assert changed.values['古い区分'] == 'A'
    assert changed.values['昔の項目'] == 'x'


def test_a_retired_field_can_be_sent_back_but_not_written():
    old = {**PLAIN, '古い区分': 'A'}
    assert submit(ROAD, {'古い区分': 'A'}, old).messages == ()
    assert codes(submit(ROAD, {'古い区分': 'B'}, old)) == {'古い区分': 'readonly'}
    assert codes(submit(ROAD, {**PLAIN, '古い区分': 'B'})) == {'古い区分': 'not_typed'}


def test_a_value_that_cannot_be_read_is_told_once_and_judges_nothing_else():
    old = {**PLAIN, '受付日': '2026-05-01'}
    both_moved_back = {'受付日': '四月のはじめ', '完了日': '2026-04-10'}
    assert codes(submit(ROAD, both_moved_back, old)) == {'受付日': 'not_a_date'}


# Readonly

LOCKED = app("""
    title: 締め
    sections:
      - fields:
          - {name: 締めた, type: yes_no}
          - {name: 金額, type: money, readonly: Old.締めた}
          - {name: 登録日, type: date, default: Today(), readonly: true}
          - {name: 番地, type: text, readonly: true}
    """)


def test_readonly_by_rule_keeps_the_old_value_and_refuses_another():
    old = {'締めた': True, '金額': 100}
    assert codes(submit(LOCKED, {'金額': 200}, old)) == {'金額': 'readonly'}
    assert submit(LOCKED, {'金額': '100円', '締めた': False}, old).messages == ()
    assert submit(LOCKED, {'金額': 200}, {'金額': 100}).values['金額'] == 200


def test_readonly_with_a_default_takes_the_default_of_the_moment_of_saving():
    opened_before_midnight = {'登録日': '2026-05-01'}
    saved = submit(LOCKED, opened_before_midnight, moment=at('2026-05-02 00:01'))
    assert saved.messages == ()
    assert saved.values['登録日'] == '2026-05-02'


def test_readonly_without_a_default_cannot_be_written_at_all():
    assert codes(submit(LOCKED, {'番地': '1-1'})) == {'番地': 'not_typed'}


# Calculations, choices, copies

BILL = app("""
    title: 明細
    sections:
      - fields:
          - {name: 割引, type: integer}
          - name: 品
            type: subtable
            columns:
              - {name: 品名, type: text, required: true}
              - {name: 単価, type: integer, required: true}
              - {name: 数, type: integer, default: '1'}
              - {name: 額, type: calculation, result: integer, calculation: 単価 * 数 - 割引}
              - {name: 理由, type: text, relevant: 額 < 0, required: 額 < 0}
          - {name: 合計, type: calculation, result: integer, calculation: 'Sum(品, 額)'}
          - {name: 一行平均, type: calculation, result: integer, calculation: 合計 / CountRows(品)}
    """)


def test_calculations_in_rows_and_over_rows():
    rows = [{'品名': '土のう', '単価': '１００', '数': 3}, {'品名': '縄', '単価': 50, '数': 1}]
    cleaned = submit(BILL, {'割引': 10, '品': rows})
    assert cleaned.messages == ()
    assert [row['額'] for row in cleaned.values['品']] == [290, 40]
    assert cleaned.values['合計'] == 330
    assert cleaned.values['一行平均'] == 165


def test_a_calculated_value_that_is_sent_is_worked_out_anew():
    cleaned = submit(BILL, {'合計': 999999, '品': [{'品名': '縄', '単価': 50, '数': 2}]})
    assert cleaned.messages == ()
    assert cleaned.values['合計'] == 100


def test_messages_inside_rows_name_the_row():
    cleaned = submit(BILL, {'割引': 60, '品': [{'品名': '縄', '単価': 100, '数': 1}, {'単価': 50, '数': 1}]})
    assert codes(cleaned) == {'品[1].品名': 'required', '品[1].理由': 'required'}


def test_a_default_in_a_new_row_fills_what_was_not_sent():
    cleaned = submit(BILL, {'品': [{'品名': '縄', '単価': 50}, {'品名': '杭', '単価': 50, '数': None}]})
    assert cleaned.values['品'][0]['数'] == 1
    assert '数' not in cleaned.values['品'][1]


def test_a_formula_that_fails_blocks_nothing_and_is_reported():
    cleaned = submit(BILL, {'割引': 1})
    assert cleaned.messages == ()
    assert '一行平均' not in cleaned.values
    assert [(each.field, each.use) for each in cleaned.formula_errors] == [('一行平均', 'calculation')]
    assert '0で割りました' in cleaned.formula_errors[0].error


def test_safe_answers_when_conditions_fail():
    fragile = app("""
        title: 壊れやすい
        sections:
          - fields:
              - {name: 分母, type: integer}
              - {name: 見える, type: text, relevant: 1 / 分母 > 0}
              - {name: 必須でない, type: text, required: 1 / 分母 > 0}
              - {name: 書ける, type: text, readonly: 1 / 分母 > 0}
              - {name: 守れない, type: text, constraint: 1 / 分母 > 0}
        """)
    cleaned = submit(fragile, {'分母': 0, '見える': 'a', '書ける': 'b', '守れない': 'c'})
    assert codes(cleaned) == {'守れない': 'constraint'}
    assert cleaned.values['見える'] == 'a'
    assert cleaned.values['書ける'] == 'b'
    assert {(each.field, each.use) for each in cleaned.formula_errors} == {
        ('見える', 'relevant'), ('必須でない', 'required'), ('書ける', 'readonly'), ('守れない', 'constraint'),
    }


FACILITIES = app("""
    title: 施設
    sections: [{fields: [{name: 施設名, type: text}, {name: 種類, type: text}, {name: 所管課, type: text}]}]
    """, name='facilities')
INSPECTION = app("""
    title: 点検
    sections:
      - fields:
          - {name: 施設, type: lookup, app: facilities, copy: {所管課: 所管課, 種類の写し: 種類}}
          - {name: 所管課, type: text}
          - {name: 種類の写し, type: text, readonly: true}
          - {name: 学校長, type: text, relevant: 施設.種類 = "学校"}
    """, others={'facilities': FACILITIES})
HALLS = Office(records={'facilities': {
    'f1': {'施設名': '見本小学校', '種類': '学校', '所管課': '教育総務課'},
    'f2': {'施設名': '例示会館', '種類': '集会所', '所管課': '市民協働課'},
}})


def test_choosing_a_record_copies_its_values_at_save():
    cleaned = submit(INSPECTION, {'施設': 'f1', '学校長': '例示 花子'}, office=HALLS)
    assert cleaned.messages == ()
    assert cleaned.values == {'施設': 'f1', '所管課': '教育総務課', '種類の写し': '学校', '学校長': '例示 花子'}


def test_a_copy_may_be_typed_over_unless_it_is_readonly():
    typed = submit(INSPECTION, {'施設': 'f1', '所管課': '施設課', '種類の写し': '公園'}, office=HALLS)
    assert typed.values['所管課'] == '施設課'
    assert typed.values['種類の写し'] == '学校'


def test_copies_stay_until_another_record_is_chosen():
    old = {'施設': 'f1', '所管課': '施設課', '種類の写し': '学校'}
    assert submit(INSPECTION, {'学校長': '例示 花子'}, old, office=HALLS).values['所管課'] == '施設課'
    other = submit(INSPECTION, {'施設': 'f2'}, old, office=HALLS)
    assert other.values == {'施設': 'f2', '所管課': '市民協働課', '種類の写し': '集会所'}


def test_a_rule_may_read_the_chosen_record():
    cleaned = submit(INSPECTION, {'施設': 'f2', '学校長': '例示 花子'}, office=HALLS)
    assert '学校長' not in cleaned.values


def test_only_candidates_of_a_lookup_can_be_chosen():
    schools = app("""
        title: 学校点検
        sections:
          - fields:
              - {name: 休校中も, type: yes_no}
              - {name: 施設, type: lookup, app: facilities, filter: 休校中も || 施設.種類 = "学校"}
        """, others={'facilities': FACILITIES})
    assert submit(schools, {'施設': 'f1'}, office=HALLS).messages == ()
    (refusal,) = submit(schools, {'施設': 'f2'}, office=HALLS).messages
    assert (refusal.path, refusal.code) == ('施設', 'filtered_choice')
    assert submit(schools, {'施設': 'f2', '休校中も': True}, office=HALLS).messages == ()
    closed_again = submit(schools, {'休校中も': False}, {'施設': 'f2', '休校中も': True}, office=HALLS)
    assert codes(closed_again) == {'施設': 'filtered_choice'}


def test_a_choice_that_does_not_belong_to_the_others_is_refused(tmp_path):
    (tmp_path / 'cities.csv').write_text('value,label,県名\n輪島,輪島市,石川\n氷見,氷見市,富山\n', encoding='utf-8')
    shelters = load_text(
        """
title: 避難所
sections:
  - fields:
      - {name: 県, type: select_one, choices: [石川, 富山]}
      - {name: 市, type: select_one, choices: cities.csv, choice_filter: 県名 = 県}
      - {name: 近い市, type: select_multiple, choices: cities.csv, choice_filter: 県名 = 県}
""",
        'shelters',
        choices_dir=tmp_path,
    )
    assert submit(shelters, {'県': '石川', '市': '輪島市', '近い市': ['輪島']}).values['市'] == '輪島'
    assert codes(submit(shelters, {'県': '石川', '市': '氷見'})) == {'市': 'filtered_choice'}
    assert codes(submit(shelters, {'県': '石川', '近い市': ['輪島', '氷見']})) == {'近い市': 'filtered_choice'}
    assert codes(submit(shelters, {'県': '富山'}, {'県': '石川', '市': '輪島'})) == {'市': 'filtered_choice'}


def test_today_is_the_day_of_the_moment_in_japan():
    assert NOON.now.utcoffset().total_seconds() == 9 * 3600
    assert OFFICE.today == date(2026, 5, 1)
    assert submit(LOCKED, {}, moment=at('2026-04-01 00:00')).values['登録日'] == '2026-04-01'
