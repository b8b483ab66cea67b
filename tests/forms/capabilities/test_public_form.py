"""What a public form asks, decides by itself, tells its applicant, and leaves them to do."""

import pytest
from sample_office import app, at, mistakes

from forms.capabilities.lottery.same_person import doubles
from forms.public_form_json import easy_words, public_form_json

TALK = app("""
    title: 相談
    sections:
      - title: 申込み
        easy_title: そうだん
        fields:
          - {name: 氏名, type: person_name, required: true, easy_label: なまえ}
          - {name: フリガナ, type: kana}
          - {name: 電話番号, type: phone}
          - {name: 誕生日, type: date, privacy: personal}
          - {name: 用件, type: select_one, other: true, choices: [相談, 苦情, その他]}
          - {name: 受付方法, type: select_one, default: '"窓口"', choices: [ウェブ, 窓口]}
      - title: 役所の欄
        fields: [{name: メモ, type: text, required: '受付方法 = "窓口"'}]
    numbering: [{field: 番号, format: '相{seq:4}'}]
    workflow:
      statuses: [{name: 受付}, {name: 取消し, done: true}]
      actions: [{name: 取り消す, from: [受付], to: 取消し}]
    public_form:
      fields: [氏名, 用件]
      sets: {受付方法: '"ウェブ"'}
      shows: [状態]
      cancel: 取り消す
    """)
FORM = TALK.capabilities['public_form']
NOW = at('2026-11-20 10:00')


def test_the_other_answer_in_words_is_asked_along():
    assert FORM.asked(TALK) == ('氏名', '用件', '用件_その他')


def test_the_office_decides_what_is_not_asked():
    assert FORM.decided(TALK, NOW) == {'受付方法': 'ウェブ'}


def test_the_applicant_is_told_their_answers_and_what_is_shown_and_nothing_else():
    values = {'氏名': '見本 太郎', '状態': '受付', 'メモ': '内部', '受付方法': 'ウェブ', '番号': '相0001'}
    assert FORM.told(TALK, values, NOW) == {'氏名': '見本 太郎', '状態': '受付'}


def test_cancelling_is_left_to_the_applicant_while_it_is_possible():
    assert [each.name for each in FORM.left_to_applicants(TALK, {'状態': '受付'}, NOW)] == ['取り消す']
    assert FORM.left_to_applicants(TALK, {'状態': '取消し'}, NOW) == []


def test_the_browser_gets_only_what_is_asked_in_the_words_that_are_wanted():
    plain, easy = public_form_json(TALK, FORM), public_form_json(TALK, FORM, easy=True)
    assert [each['title'] for each in plain['sections']] == ['申込み']
    assert '受付方法' not in str(plain) and 'メモ' not in str(plain)
    assert (easy['sections'][0]['title'], easy['sections'][0]['fields'][0]['label']) == ('そうだん', 'なまえ')
    assert easy_words(TALK, FORM) == {'氏名': 'なまえ'}


def test_a_form_that_asks_for_nothing_or_for_the_houses_own_records_is_refused():
    found = mistakes("""
        title: 相談
        sections: [{fields: [{name: 担当, type: staff}, {name: 町, type: text, required: true}]}]
        numbering: [{field: 番号}]
        public_form: {fields: [担当], address: 相談}
        """)
    assert {code for code, _ in found} == {'D780', 'D781', 'D782'}


@pytest.mark.parametrize(
    ('other', 'same'),
    [
        ({'氏名': '髙橋太郎', '電話番号': '090-0000-0001'}, ('氏名', '電話番号')),
        ({'氏名': '高橋　太郎', '誕生日': '1990-01-02'}, ('氏名', '誕生日')),
        ({'フリガナ': 'ﾀｶﾊｼ ﾀﾛｳ', '電話番号': '０９０００００００01'}, ('フリガナ', '電話番号')),
        ({'氏名': '高橋 太郎', 'フリガナ': 'タカハシ タロウ'}, None),
        ({'氏名': '例示 花子', '電話番号': '090-0000-0001'}, None),
        ({}, None),
    ],
)
def test_two_kinds_of_signs_make_a_double_and_a_name_with_its_reading_is_one(other, same):
    own = {'氏名': '高橋 太郎', 'フリガナ': 'タカハシ タロウ', '電話番号': '090-0000-0001', '誕生日': '1990-01-02'}
    found = doubles(TALK, {'1': own, '2': other})
    assert [each.same for each in found] == ([same] if same else [])


def test_a_sign_that_thousands_share_makes_no_pairs_of_them():
    """A class of one birthday: looked at in a moment, though it has two million pairs."""
    many = {str(number): {'氏名': f'見本 {number}', '誕生日': '2015-04-01'} for number in range(2000)}
    many['x'] = {'氏名': '見本 7', '誕生日': '2015-04-01'}
    assert [(each.first, each.second) for each in doubles(TALK, many)] == [('7', 'x')]
