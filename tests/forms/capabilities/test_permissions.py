"""Who may do what: nothing is allowed that no rule permits."""

import pytest
from sample_office import app, at, mistakes

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


def test_administrators_may_do_everything_unless_a_rule_is_about_them():
    assert RULES.allows(person('admin', ('administrator',)), 'define')
    limited = app("""
        title: 健康
        sections: [{fields: [{name: 所見, type: text}]}]
        permissions: [{who: {role: administrator}, can: [define]}]
        """).capabilities['permissions']
    assert limited.allows(person('admin', ('administrator',)), 'define')
    assert not limited.allows(person('admin', ('administrator',)), 'see')


def test_a_field_is_withheld_only_when_every_rule_withholds_it():
    clerk = person('mihon', ('staff',), ('道路管理課',))
    assert RULES.withheld(clerk, 'hide') == {'電話'}
    assert RULES.withheld(clerk, 'mask') == frozenset()
    assert RULES.withheld(person('mihon', ('staff',)), 'mask') == {'氏名'}
    assert RULES.withheld(person('mihon', ('staff',)), 'readonly') == {'場所'}


@pytest.mark.parametrize(
    ('rule', 'code'),
    [
        ('{who: {role: staff}, can: [look]}', 'D108'),
        ('{who: {role: chief}, can: [see]}', 'D108'),
        ('{can: [see]}', 'D754'),
        ('{who: {role: staff}, can: [see], hide: [電報]}', 'D209'),
    ],
)
def test_wrong_permissions_are_told(rule, code):
    found = mistakes(f"""
        title: 道路
        sections: [{{fields: [{{name: 電話, type: text}}]}}]
        permissions:
          - {rule}
        """)
    assert code in [each for each, _ in found]
