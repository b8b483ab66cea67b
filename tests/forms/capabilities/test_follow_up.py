"""Faulty rows become repairs, once each."""

from dataclasses import replace
from pathlib import Path

from sample_office import NOON, Office, app, codes, mistakes, submit

from forms import acting
from forms.loader import load_folder

APPS = load_folder(Path(__file__).parents[3] / 'apps' / 'definitions').apps
INSPECTIONS = APPS['inspections']
FOLLOW_UP = INSPECTIONS.capabilities['follow_up']
HALL = Office(records={'facilities': {'f1': {'施設名': '見本会館', '所管課': '施設管理課'}}})
ROWS = [row.value for row in INSPECTIONS.fields['点検表'].rows]
FAULT = {'結果': '有', '不具合箇所': '北側の壁', '対応': '修繕'}


def inspected(*faulty, old=None):
    """The cleaned record with these rows faulty and all others fine."""
    rows = [{'_row': row, **(FAULT if row in faulty else {'結果': '無'})} for row in ROWS]
    raw = {'施設': 'f1', '点検の種類': '定期', '点検日': '2026-05-01', '点検者': 'mihon', '点検表': rows}
    cleaned = submit(INSPECTIONS, raw, old, office=HALL)
    assert cleaned.messages == ()
    return cleaned.values


def made(old, new):
    return list(FOLLOW_UP.follow_ups(INSPECTIONS, old, new, NOON))


def test_each_faulty_row_makes_one_record_with_what_the_row_and_the_master_say():
    first, second = ROWS[0], ROWS[2]
    found = made(None, inspected(first, second))
    assert [(each.app, each.origin, each.back_to) for each in found] == [
        ('repairs', f'点検表/{first}', '点検'),
        ('repairs', f'点検表/{second}', '点検'),
    ]
    master = INSPECTIONS.fields['点検表'].rows.get(first)
    assert found[0].values == {
        '施設': 'f1', '部位': master.columns['部位'], '不具合箇所': '北側の壁', '対応方法': '修繕',
        '発見日': '2026-05-01',
    }


def test_what_is_made_is_accepted_by_the_other_app():
    (follow_up,) = made(None, inspected(ROWS[0]))
    assert codes(submit(APPS['repairs'], follow_up.values, office=HALL)) == {}


def test_editing_the_inspection_makes_nothing_again():
    old = inspected(ROWS[0])
    assert made(old, inspected(ROWS[0], old=old)) == []
    fine_again = inspected(old=old)
    assert made(old, fine_again) == []
    assert made(fine_again, inspected(ROWS[0], old=fine_again)) == [], 'nor when it is faulty again'


def test_a_row_that_becomes_faulty_later_makes_its_own():
    old = inspected(ROWS[0])
    assert [each.origin for each in made(old, inspected(ROWS[0], ROWS[1], old=old))] == [f'点検表/{ROWS[1]}']


def test_nothing_faulty_nothing_made():
    assert made(None, inspected()) == []


def test_the_memory_is_not_for_typing():
    old = inspected(ROWS[0])
    assert codes(submit(INSPECTIONS, {'派生登録の記録': []}, old, office=HALL)) == {'派生登録の記録': 'readonly'}
    assert codes(submit(INSPECTIONS, {'派生登録の記録': old['派生登録の記録']}, old, office=HALL)) == {}


def test_a_record_itself_can_be_followed():
    target = app("""
        title: 礼状
        sections: [{fields: [{name: 相手, type: text}]}]
        """, name='letters')
    gifts = app("""
        title: 寄付
        sections: [{fields: [{name: 寄付者, type: text}, {name: 礼状, type: yes_no}]}]
        follow_up:
          - {when: 礼状, app: letters, copy: {相手: 寄付者}}
        """, others={'letters': target})
    follow_up = gifts.capabilities['follow_up']
    new = submit(gifts, {'寄付者': '見本商店', '礼状': True}).values
    (made_once,) = follow_up.follow_ups(gifts, None, new, NOON)
    assert (made_once.app, made_once.values, made_once.origin) == ('letters', {'相手': '見本商店'}, '')
    renamed = submit(gifts, {'寄付者': '例示商店'}, new).values
    assert list(follow_up.follow_ups(gifts, new, renamed, NOON)) == []
    assert list(follow_up.follow_ups(gifts, None, submit(gifts, {'礼状': False}).values, NOON)) == []


def test_wrong_follow_ups_are_told():
    found = mistakes("""
        title: 点検
        sections:
          - fields:
              - {name: 場所, type: text}
              - {name: 表, type: subtable, columns: [{name: 結果, type: text}]}
        follow_up:
          - {each: 場所, app: repairs}
          - {each: 表, when: 結果 = "有"}
          - {each: 表, app: repairs, copy: {部位: 部屋}}
        """)
    assert {('D755', 8), ('D103', 9), ('D209', 10)} <= set(found)


BUTTON = """
title: 見本
sections: [{title: 内容, fields: [{name: 場所, type: text}, {name: 終わり, type: yes_no}]}]
follow_up:
  - {app: orders, button: 頼む, by: [staff], when: 終わり <> true, copy: {場所: 場所}, link: 元}
"""


def test_a_button_makes_a_record_each_time_it_is_pressed_and_no_save_does():
    office = app(BUTTON)
    rules = office.capabilities['follow_up']
    clerk = replace(NOON, roles=('staff',))
    old = submit(office, {'場所': '橋'}).values
    assert list(rules.follow_ups(office, None, old, clerk)) == [], 'the first save makes nothing'
    for count in (1, 2):
        new = acting.act(office, '頼む', {}, old=old, around=Office(), moment=clerk).values
        (wish,) = rules.follow_ups(office, old, new, clerk)
        assert (wish.app, wish.origin, wish.back_to, wish.values) == ('orders', f'頼む/{count}', '元', {'場所': '橋'})
        later = submit(office, {'場所': '川'}, new).values
        assert list(rules.follow_ups(office, new, later, clerk)) == [], 'what was made is remembered'
        old = new


def test_the_button_is_for_those_who_may_and_while_the_condition_holds():
    office = app(BUTTON)
    rules = office.capabilities['follow_up']
    clerk, visitor = replace(NOON, roles=('staff',)), replace(NOON, roles=('contractor',))
    assert [each.name for each in rules.offers(office, {}, clerk)] == ['頼む']
    assert rules.offers(office, {}, visitor) == ()
    assert rules.offers(office, {'終わり': True}, clerk) == ()
    for values, moment, code in (({}, visitor, 'not_permitted'), ({'終わり': True}, clerk, 'guard')):
        taken = acting.act(office, '頼む', {}, old=values, around=Office(), moment=moment)
        assert [each.code for each in taken.messages] == [code]
