"""Yes or no, one choice, several choices, and choice lists."""

import pytest
from field_samples import HALL, columns, make, refusal, stored, wrong_settings

from forms.choices import Choice, ChoiceList, from_rows, listed

RISK = ChoiceList(
    (
        Choice(value='緊急', label='緊急(今日中)', color='red'),
        Choice(value='通常', color='blue'),
        Choice(value='保留', retired=True),
    )
)
WORK = listed('緊急修理', '応急修理', '支援金', 'その他')


@pytest.mark.parametrize('raw', [True, 'はい', '有', '○', '〇', 'レ', '１', 1, 'TRUE', 'Ｙｅｓ'])
def test_yes(raw: object) -> None:
    assert stored(make('yes_no'), raw) is True


@pytest.mark.parametrize('raw', [False, 'いいえ', '無', '×', '0', 0, 'No'])
def test_no(raw: object) -> None:
    assert stored(make('yes_no'), raw) is False


def test_own_words_for_yes_and_no() -> None:
    field = make('yes_no', label='礼状', yes_label='未', no_label='済')
    assert [stored(field, raw) for raw in ('未', '済')] == [True, False]
    assert (field.show(True), field.show(False), field.show(None)) == ('未', '済', '')
    (message,) = field.parse('たぶん', HALL).messages
    assert message.text == '礼状は「未」か「済」を選んでください。'
    assert columns(field, False) == {'項目': '済'}
    assert wrong_settings(make('yes_no', yes_label='済', no_label='済 ')) == ['no_label']


@pytest.mark.parametrize('raw', ['緊急', '緊急(今日中)', '緊急（今日中）', ' 緊急 '])
def test_a_choice_is_found_by_value_or_label(raw: str) -> None:
    field = make('select_one', choices=RISK)
    assert stored(field, raw) == '緊急'
    assert field.show('緊急') == '緊急(今日中)'
    assert columns(field, '緊急') == {'項目': '緊急'}


@pytest.mark.parametrize(
    ('raw', 'code'), [('至急', 'not_a_choice'), (['緊急'], 'not_a_list'), (True, 'not_a_list'), (1, 'not_a_choice')]
)
def test_what_is_no_choice(raw: object, code: str) -> None:
    assert refusal(make('select_one', choices=RISK), raw) == code


def test_a_number_typed_in_excel_finds_its_choice() -> None:
    assert stored(make('select_one', choices=listed('1', '2')), 1.0) == '1'


def test_a_retired_choice_stays_but_is_not_chosen_anew() -> None:
    one, several = make('select_one', choices=RISK), make('select_multiple', choices=RISK)
    assert one.show('保留') == '保留'
    assert refusal(one, '保留') == 'retired_choice'
    assert refusal(one, '保留', old='保留') == ''
    assert refusal(several, ['保留', '通常'], old=['通常']) == 'retired_choice'
    assert refusal(several, ['保留', '通常'], old=['保留']) == ''


@pytest.mark.parametrize(
    'raw',
    [
        ['支援金', '緊急修理'],
        ['緊急修理', '支援金', '支援金', ''],
        '緊急修理、支援金',
        '支援金,緊急修理',
        '緊急修理\n支援金',
    ],
)
def test_several_choices_keep_one_order(raw: object) -> None:
    assert stored(make('select_multiple', choices=WORK), raw) == ['緊急修理', '支援金']


@pytest.mark.parametrize(
    ('raw', 'code'),
    [(['支援'], 'not_a_choice'), ([{}], 'not_a_list'), ([None], ''), ({}, 'not_a_list'), (True, 'not_a_list')],
)
def test_what_are_no_choices(raw: object, code: str) -> None:
    assert refusal(make('select_multiple', choices=WORK), raw) == code


def test_no_choice_at_all_is_blank() -> None:
    assert stored(make('select_multiple', choices=WORK), []) is None


def test_how_many_may_be_chosen() -> None:
    field = make('select_multiple', choices=WORK, min_chosen=2, max_chosen=2)
    values = [choice.value for choice in WORK]
    assert [refusal(field, values[:count]) for count in (1, 2, 3)] == ['too_few_chosen', '', 'too_many_chosen']


def test_each_choice_is_a_column_and_blank_is_not_zero() -> None:
    field = make('select_multiple', choices=listed('緊急修理', '支援金'))
    assert columns(field, ['支援金']) == {'項目_緊急修理': 0, '項目_支援金': 1}
    assert columns(field, None) == {'項目_緊急修理': None, '項目_支援金': None}
    assert field.show(['緊急修理', '支援金']) == '緊急修理、支援金'


@pytest.mark.parametrize(
    ('type_name', 'asked'), [('select_one', '種別 = "その他"'), ('select_multiple', '"その他" in 種別')]
)
def test_other_brings_a_detail_that_is_required_when_chosen(type_name: str, asked: str) -> None:
    field = make(type_name, name='種別', choices=WORK, other=True, privacy='personal')
    (detail,) = field.companions()
    assert (detail.name, detail.relevant, detail.required, detail.privacy) == ('種別_その他', asked, asked, 'personal')
    assert make(type_name, choices=WORK).companions() == ()


def test_the_browser_gets_choices_with_label_group_and_color() -> None:
    (first, *_) = make('select_one', choices=RISK, look='buttons').browser()['choices']
    assert first == {
        'value': '緊急', 'label': '緊急(今日中)', 'group': '', 'color': 'red', 'retired': False, 'columns': {},
    }  # fmt: skip


def test_choices_from_a_csv_keep_their_columns() -> None:
    rows = [
        {'value': '101', 'label': '一〇一', '避難所': '額谷', 'retired': ''},
        {'value': '', 'label': '', '避難所': '', 'retired': ''},
        {'value': '102', 'label': '', '避難所': 'キゴ', 'retired': 'はい', 'group': '２階'},
    ]
    first, second = from_rows(rows, 'rooms.csv')
    assert (first.value, first.title, dict(first.columns)) == ('101', '一〇一', {'避難所': '額谷'})
    assert (second.title, second.retired, second.group) == ('102', True, '２階')


def test_wrong_settings_are_named() -> None:
    assert wrong_settings(make('select_one')) == ['choices']
    assert wrong_settings(make('select_one', choices=ChoiceList((Choice(value='a', retired=True),)))) == ['choices']
    assert wrong_settings(make('select_one', choices=listed('午前'), other=True)) == ['other']
    two = listed('a', 'b')
    assert wrong_settings(make('select_multiple', choices=two, min_chosen=2, max_chosen=1)) == ['min_chosen']
    assert wrong_settings(make('select_multiple', choices=two, min_chosen=3)) == ['min_chosen']
    assert wrong_settings(make('select_one', choices=listed('a', 'a', ''))) == ['choices', 'choices']
    same_label = ChoiceList((Choice(value='a', label='甲'), Choice(value='甲')))
    assert wrong_settings(make('select_one', choices=same_label)) == ['choices']
    assert wrong_settings(make('select_one', choices=from_rows([{'value': 'a', 'color': 'pink'}]))) == ['choices']
    assert wrong_settings(make('select_one', choices=RISK)) == []
