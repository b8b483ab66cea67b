"""Who may do what: nothing is allowed that no rule permits."""

import pytest
from sample_office import app, at, mistakes

from forms.capabilities.permissions.words import cannot, sentences

RULES = app("""
    title: 道路
    sections: [{fields: [{name: 場所, type: text}, {name: 氏名, type: text}, {name: 電話, type: text}]}]
    permissions:
      - {who: {role: staff}, can: [see], hide: [電話], mask: [氏名], readonly: [場所]}
      - {who: {role: staff, section: 道路管理課}, can: [create, change], hide: [電話]}
      - {who: {account: reiji}, can: [export]}
    """).capabilities['permissions']


def person(account='', roles=(), sections=()):
    return at('2026-05-01 12:00', account=account, roles=roles, sections=sections)


def test_rules_add_up():
    clerk = person('mihon', ('staff',), ('道路管理課',))
    assert [verb for verb in ('see', 'create', 'change', 'export', 'define') if RULES.allows(clerk, verb)] == [
        'see', 'create', 'change',
    ]
    elsewhere = person('mihon', ('staff',), ('税務課',))
    assert RULES.allows(elsewhere, 'see')
    assert not RULES.allows(elsewhere, 'create')
    assert RULES.allows(person('reiji'), 'export')
    assert not RULES.allows(person('reiji'), 'see')


def test_nobody_in_particular_may_do_nothing():
    assert not any(RULES.allows(person(), verb) for verb in ('see', 'create', 'change', 'act', 'export', 'define'))


def test_administrators_see_nothing_that_no_rule_shows_them():
    assert not any(RULES.allows(person('admin', ('administrator',)), verb) for verb in ('see', 'export', 'define'))


@pytest.mark.parametrize(
    ('rule', 'code'),
    [
        ('{who: {role: staff}, can: [look]}', 'D108'),
        ('{who: {role: chief}, can: [see]}', 'D108'),
        ('{can: [see]}', 'D754'),
        ('{who: {role: staff}, can: [see], hide: [電報]}', 'D209'),
        ('{who: {role: staff}, can: [create], hide: [電話]}', 'D756'),
        ('{who: {role: staff}, can: [see], records: own_section}', 'D757'),
        ('{who: {role: staff}, can: [see], records: assigned}', 'D758'),
        ('{who: {role: staff}, can: [see], records: mine}', 'D404'),
    ],
)
def test_wrong_permissions_are_told(rule, code):
    found = mistakes(f"""
        title: 道路
        sections: [{{fields: [{{name: 電話, type: text, required: true}}]}}]
        permissions:
          - {rule}
        """)
    assert code in [each for each, _ in found]


def test_a_required_field_may_be_withheld_where_another_rule_shows_it():
    shown = app("""
        title: 道路
        sections: [{fields: [{name: 電話, type: text, required: true}]}]
        permissions:
          - {who: {role: staff, section: 道路管理課}, can: [create], hide: [電話]}
          - {who: {role: staff}, can: [see]}
        """)
    assert shown.capabilities['permissions'].allows(person(roles=('staff',), sections=('道路管理課',)), 'create')


def test_rules_are_told_in_sentences():
    rule = app("""
        title: 道路
        sections: [{fields: [{name: 氏名, type: text}, {name: 担当者, type: staff, label: 係}]}]
        permissions:
          - {who: {role: contractor, section: 道路課}, can: [see, act], records: assigned, hide: [氏名]}
        """)
    (told,) = rule.capabilities['permissions'].rules
    assert list(sentences(rule, told)) == [
        '「道路課」の委託先は、「係」が自分である記録を、見る、操作することができます。',
        '「氏名」は出ません。',
    ]
    assert cannot([told]) == '登録する、変更する、削除する、取り込む、書き出す、定義を変えることはできません。'
