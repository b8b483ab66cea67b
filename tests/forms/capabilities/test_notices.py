"""Which records get a notice, and what a text becomes when it is merged."""

from sample_office import NOON, app

from forms.definition import AppDefinition
from forms.merge_text import merge_fields, merged

FIELDS = """title: 見本
sections:
- title: 内容
  fields:
  - {name: 氏名, type: text}
  - {name: メール, type: email}
  - {name: 当落, type: text}
"""
NOTICES = """
notices:
  - {name: 受付, send: at_once, mail: メール, subject: 受け付けました, body: '{氏名} 様'}
  - {name: 当選, send: at_once, only: 当落 = "当選", mail: メール, subject: 結果, body: '{氏名} 様'}
  - {name: 案内, only: 当落 = "当選", mail: メール, subject: 案内, body: '{氏名} 様'}
"""


def test_a_text_is_merged_once_so_that_typed_braces_stay_what_they_are():
    assert merge_fields('{氏名} 様 {{例}} {氏名} {番号}') == ('氏名', '番号')
    assert merged('{氏名} 様 {{例}}', {'氏名': '{番号}', '番号': '秘密'}) == '{番号} 様 {例}'
    assert merged('{氏名} 様', {}) == ' 様'


def test_a_notice_goes_with_the_save_by_which_its_condition_comes_true():
    definition = app(FIELDS + NOTICES)
    assert isinstance(definition, AppDefinition)
    notices = definition.capabilities['notices']

    def sent(old, new):
        return [each.name for each in notices.at_once(definition, old, new, NOON)]

    assert sent(None, {'氏名': '見本'}) == ['受付']
    assert sent({'氏名': '見本'}, {'氏名': '見本', '当落': '当選'}) == ['当選']
    assert sent({'当落': '当選'}, {'当落': '当選', '氏名': '例示'}) == []


def test_what_goes_with_an_action_concerns_nobody_before():
    definition = app(FIELDS + NOTICES)
    notices = definition.capabilities['notices']
    concerned = [each.name for each in notices.texts if notices.concerns(definition, each, {'当落': '当選'}, NOON)]
    assert concerned == ['受付', '当選', '案内']
