"""The form of a person from whom fields are withheld: without them, and without formulas that read them."""

from sample_office import app

from forms.form_json import form_json
from forms.withheld_form import REASON, withheld_form

OFFICE = app("""
    title: 相談
    sections:
      - title: 本人
        fields:
          - {name: 氏名, type: text}
          - {name: 年齢, type: integer}
      - title: 内容
        relevant: 年齢 > 0
        fields:
          - {name: 件名, type: text, required: 年齢 < 20, hint: 短く}
          - {name: 成人, type: yes_no, calculation: 年齢 >= 18}
          - {name: 文字数, type: integer, calculation: Len(件名)}
          - {name: 場所, type: text, required: true}
          - name: 明細
            type: subtable
            columns: [{name: 品名, type: text, relevant: 年齢 > 3}, {name: 数, type: integer, constraint: 数 > 0}]
    on_change:
      - {field: 件名, clear: [年齢, 場所]}
      - {field: 年齢, clear: [場所]}
    """)


def fields_of(left_out, readonly=frozenset()):
    form = withheld_form(form_json(OFFICE), OFFICE, frozenset(left_out), frozenset(readonly))
    return form, {one['name']: one for each in form['sections'] for one in each['fields']}


def test_who_sees_everything_gets_the_form_as_it_is():
    form = form_json(OFFICE)
    assert withheld_form(form, OFFICE, frozenset(), frozenset()) is form


def test_hidden_fields_and_what_reads_them_do_not_go_along():
    form, fields = fields_of({'年齢'})
    assert '年齢' not in str(form)
    assert fields['件名']['required'] is False and fields['成人']['calculation'] is None
    assert fields['成人']['input'] is False, 'its result comes with the answer to the save'
    assert fields['文字数']['calculation'] is not None
    rows = {each['name']: each for each in fields['明細']['fields']}
    assert rows['品名']['relevant'] is None and rows['数']['constraint'] is not None
    assert [each['clear'] for each in form['on_change']] == [['場所']]


def test_a_section_whose_fields_are_all_hidden_is_not_there():
    form, _ = fields_of({'氏名', '年齢'})
    assert [each['title'] for each in form['sections']] == ['内容']


def test_what_may_only_be_read_is_drawn_shut_with_the_reason():
    form, fields = fields_of(set(), {'場所', '件名'})
    assert fields['場所']['readonly'] is True and fields['場所']['required'] is False
    assert fields['件名']['hint'] == f'{REASON} 短く'
    assert [each['field'] for each in form['on_change']] == ['年齢'], 'nothing follows from what nobody changes here'
