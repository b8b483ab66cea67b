"""One person, one application: however the name was typed."""

import pytest
from sample_office import app, mistakes

EVENT = app("""
    title: 催し
    sections: [{fields: [{name: フリガナ, type: kana}, {name: 生年月日, type: date}]}]
    unique:
      - {fields: [フリガナ, 生年月日], message: 同じ方の申込みがすでにあります。1人1回まで申し込めます。}
    """)


def claims(definition, values):
    return list(definition.capabilities['unique'].claims(definition, values))


def claimed(definition, values):
    return [(each.scope, each.value) for each in claims(definition, values)]


@pytest.mark.parametrize('kana', ['ﾐﾎﾝ ﾀﾛｳ', 'みほん　たろう', 'ミホンタロウ'])
def test_the_same_person_typed_otherwise_claims_the_same(kana):
    first = claimed(EVENT, {'フリガナ': 'ミホン タロウ', '生年月日': '1950-01-02'})
    assert len(first) == 1
    assert claimed(EVENT, {'フリガナ': kana, '生年月日': '1950-01-02'}) == first


def test_another_birthday_is_another_person():
    one = claimed(EVENT, {'フリガナ': 'ミホン タロウ', '生年月日': '1950-01-02'})
    assert claimed(EVENT, {'フリガナ': 'ミホン タロウ', '生年月日': '1950-01-03'}) != one


def test_a_blank_claims_nothing():
    assert claimed(EVENT, {'フリガナ': 'ミホン タロウ'}) == []


def test_fields_do_not_run_into_each_other():
    pair = app("""
        title: 組
        sections: [{fields: [{name: 甲, type: text}, {name: 乙, type: text}]}]
        unique: [{fields: [甲, 乙]}]
        """)
    assert claimed(pair, {'甲': 'ab', '乙': 'c'}) != claimed(pair, {'甲': 'a', '乙': 'bc'})


def test_the_refusal_speaks_with_the_definitions_words():
    (claim,) = claims(EVENT, {'フリガナ': 'ミホン タロウ', '生年月日': '1950-01-02'})
    assert (claim.refusal.path, claim.refusal.code) == ('フリガナ', 'unique')
    assert claim.refusal.text == '同じ方の申込みがすでにあります。1人1回まで申し込めます。'


def test_zero_is_a_value_and_two_sets_are_two_claims():
    ledger = app("""
        title: 台帳
        sections: [{fields: [{name: 番号, type: text}, {name: 枝, type: integer}]}]
        unique: [{fields: [番号]}, {fields: [枝]}]
        """)
    first, second = claims(ledger, {'番号': 'Ａ－１', '枝': 0})
    assert first.value == claimed(ledger, {'番号': 'a-1'})[0][1]
    assert first.refusal.text == '番号「Ａ－１」は、すでに登録されています。'
    assert second.scope != first.scope


def test_unknown_fields_are_told():
    found = mistakes("""
        title: 台帳
        sections: [{fields: [{name: 番号, type: text}]}]
        unique:
          - {fields: [番合]}
          - {message: 重複です。}
        """)
    assert found == [('D209', 5), ('D103', 6)]
