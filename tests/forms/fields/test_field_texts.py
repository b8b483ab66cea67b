"""Text, names and contact details."""

import pytest
from field_samples import HALL, make, refusal, stored, wrong_settings


@pytest.mark.parametrize(
    ('type_name', 'raw', 'kept'),
    [
        ('text', '　ＡＢＣ株式会社　', 'ＡＢＣ株式会社'),
        ('text', '㈱見本 ①', '㈱見本 ①'),
        ('text', '一行目\n二行目', '一行目 二行目'),
        ('text', 'Wordから\x0b貼った\x00字', 'Wordから 貼った字'),
        ('text', '\ud800壊れた字', '壊れた字'),
        ('text', 12.0, '12'),
        ('text', '0120', '0120'),
        ('textarea', ' 一行目\r\n二行目\r三行目 ', '一行目\n二行目\n三行目'),
        ('person_name', ' 髙﨑 神\ufa19 ', '髙﨑 神\ufa19'),
        ('person_name', '葛\U000e0100城 𠮷野', '葛\U000e0100城 𠮷野'),
        ('kana', 'ﾐﾎﾝ ﾀﾛｳ', 'ミホン　タロウ'),
        ('kana', 'ゔぁいおりん・がっき', 'ヴァイオリン・ガッキ'),
        ('phone', '０７６－２２０－２１１１', '076-220-2111'),
        ('phone', '０７６ー２２０ー２１１１', '076-220-2111'),
        ('phone', '09000000001', '090-0000-0001'),
        ('phone', '076‐220−2111 内線 123', '076-220-2111 内線123'),
        ('postal_code', '〒９２０－０９６２', '920-0962'),
        ('postal_code', '9200962', '920-0962'),
        ('address', '見本町１丁目２ー３　コーポ見本', '見本町１丁目２ー３　コーポ見本'),
        ('email', 'ｍｉｈｏｎ＠example.jp', 'mihon@example.jp'),
        ('email', 'old..mobile.@example.jp', 'old..mobile.@example.jp'),
        ('url', 'https://www.example.jp/道路?a=1#b', 'https://www.example.jp/道路?a=1#b'),
        ('hidden', 'A-1', 'A-1'),
    ],
)
def test_what_is_kept(type_name: str, raw: object, kept: str) -> None:
    assert stored(make(type_name), raw) == kept


@pytest.mark.parametrize(
    ('type_name', 'raw', 'code'),
    [
        ('text', True, 'not_text'),
        ('text', {'a': 1}, 'not_text'),
        ('text', 'あ' * 201, 'too_long'),
        ('kana', '見本', 'not_kana'),
        ('kana', 'ミホンA', 'not_kana'),
        ('phone', '220-2111', 'not_phone'),
        ('phone', 762202111, 'not_phone'),
        ('phone', '母', 'not_phone'),
        ('postal_code', '920', 'not_postal_code'),
        ('email', 'mihon@example', 'not_email'),
        ('email', 'mihon@@example.jp', 'not_email'),
        ('email', 'a@b.jp, c@d.jp', 'not_email'),
        ('url', 'javascript:alert(1)', 'not_url'),
        ('url', 'https://', 'not_url'),
        ('url', 'https://a.jp/" onclick="x', 'not_url'),
        ('note', 'x', 'not_typed'),
    ],
)
def test_what_is_refused(type_name: str, raw: object, code: str) -> None:
    assert refusal(make(type_name), raw) == code


def test_lengths_count_letters_as_people_see_them() -> None:
    field = make('text', min_length=2, max_length=3)
    assert refusal(field, '葛\U000e0100か\u3099𠮷') == ''
    assert refusal(field, '葛\U000e0100') == 'too_short'
    assert refusal(field, '葛城氏名') == 'too_long'


def test_a_message_says_what_is_wrong_and_how_long_it_may_be() -> None:
    (message,) = make('text', label='目印', max_length=2).check('あいう')
    assert (message.path, message.text) == ('項目', '目印は2文字以内で入力してください(いま3文字)。')


def test_a_refused_kana_names_the_letters_that_are_wrong() -> None:
    (message,) = make('kana', label='フリガナ').check('ミ本ン太')
    assert '「本太」' in message.text


@pytest.mark.parametrize('raw', ['番号は123456789018です', '1234-5678-9018', '１２３４５６７８９０１８'])
def test_a_number_that_may_be_a_my_number_is_kept_and_remarked_on(raw: str) -> None:
    parsed = make('textarea').parse(raw, HALL)
    assert parsed.value == raw
    assert 'マイナンバー' in parsed.note


def test_letters_that_other_screens_may_not_show_are_kept_and_remarked_on() -> None:
    parsed = make('person_name').parse('見本\ue000', HALL)
    assert parsed.value == '見本\ue000'
    assert '外字' in parsed.note


def test_an_ordinary_text_has_no_remark() -> None:
    assert make('text').parse('見本町1-2 123456789012', HALL).note == ''


@pytest.mark.parametrize(
    ('type_name', 'value', 'wanted'),
    [
        ('phone', '076-220-2111', '0762202111'),
        ('postal_code', '920-0962', '9200962'),
        ('address', '見本町１ー２', '見本町1-2'),
    ],
)
def test_found_in_the_other_spelling(type_name: str, value: str, wanted: str) -> None:
    found = make(type_name).search(value)
    assert value in found
    assert wanted in found


def test_a_note_has_its_text_and_no_column() -> None:
    note = make('note', text='受付の前に読んでください。')
    assert note.browser() == {'text': '受付の前に読んでください。'}
    assert note.cells() == ()
    assert not note.INPUT


def test_wrong_settings_are_named() -> None:
    assert wrong_settings(make('text', min_length=5, max_length=3)) == ['min_length']
    assert wrong_settings(make('textarea', max_length=0)) == ['max_length']
    assert wrong_settings(make('note')) == ['text']
    assert wrong_settings(make('text')) == []


def test_the_browser_learns_keyboard_and_sources() -> None:
    assert make('phone').browser()['inputMode'] == 'tel'
    assert make('kana', kana_of='氏名').browser()['kanaOf'] == '氏名'
    assert make('postal_code', fills='住所').browser()['fills'] == '住所'
