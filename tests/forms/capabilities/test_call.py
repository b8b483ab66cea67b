"""What the phone screen asks, in which order, and what a further call about the same request leaves behind."""

from sample_office import NOON, OFFICE, app, codes, mistakes, submit

from forms.acting import act
from forms.call_form import call_form
from forms.capabilities.call import RANG_AGAIN

LAMPS = """
    title: 街路灯
    sections:
      - title: 申出者
        fields:
          - {name: 氏名, type: person_name}
          - {name: 電話, type: phone}
          - {name: 受付方法, type: select_one, required: true, choices: [電話, 窓口]}
      - title: 内容
        fields:
          - {name: 場所, type: text, required: true}
          - {name: 種別, type: select_one, choices: [消灯, その他], other: true}
          - {name: 電柱番号, type: text, relevant: 種別 = "消灯"}
          - {name: 課長の覚え, type: textarea}
          - {name: 修理日, type: date}
          - {name: 修理内容, type: text, relevant: Not(IsBlank(修理日))}
    call:
      number: 電話
      asks: [場所, 種別, 電柱番号, 修理内容]
      more: [氏名]
      sets: {受付方法: '"電話"'}
      again: 再度の電話
    """


def names(section):
    return [each['name'] for each in section['fields']]


def phone_form(**more):
    definition = app(LAMPS)
    call = definition.capabilities['call']
    return call_form(definition, call, call.decided(definition, NOON).keys(), **more)


def test_the_number_comes_first_then_what_is_asked_in_its_order_and_the_rest_is_folded():
    first, later = phone_form()['sections']
    assert names(first) == ['電話', '場所', '種別', '種別_その他', '電柱番号', '修理内容', '受付方法']
    assert names(later) == ['氏名'] and later['folded']


def test_what_is_not_asked_does_not_reach_the_browser_nor_do_rules_about_it():
    fields = {each['name']: each for section in phone_form()['sections'] for each in section['fields']}
    assert not {'課長の覚え', '修理日'} & fields.keys()
    assert fields['修理内容']['relevant'] is None
    assert fields['電柱番号']['relevant'] is not None
    assert fields['受付方法']['type'] == 'hidden'


def test_who_may_not_read_a_field_is_not_asked_for_it():
    (only,) = phone_form(left_out=frozenset({'電話', '氏名'}))['sections']
    assert names(only) == ['場所', '種別', '種別_その他', '電柱番号', '修理内容', '受付方法']


def test_a_further_call_is_counted_and_nothing_else_changes():
    definition = app(LAMPS)
    kept = submit(definition, {'受付方法': '電話', '場所': '見本町1', '種別': '消灯'}).values
    once = act(definition, RANG_AGAIN, {}, old=kept, around=OFFICE, moment=NOON)
    twice = act(definition, RANG_AGAIN, {}, old=once.values, around=OFFICE, moment=NOON)
    assert (once.messages, twice.messages) == ((), ())
    assert twice.values == {**kept, '再度の電話': 2}


def test_the_count_is_not_for_typing():
    typed = submit(app(LAMPS), {'受付方法': '電話', '場所': '見本町1', '再度の電話': 9})
    assert codes(typed) == {'再度の電話': 'not_typed'}


def test_a_list_of_many_records_is_no_sheet_to_print_after_a_call():
    found = mistakes("""
        title: 街路灯
        sections: [{fields: [{name: 電話, type: phone}, {name: 場所, type: text}]}]
        call: {number: 電話, asks: [場所], print: 月の一覧}
        sheets: [{name: 月の一覧, type: list}]
        """)
    assert found == [('D719', 4)]
