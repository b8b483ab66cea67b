"""Texts for an answer: which fit, in which order, and what stands in them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from forms.capabilities.replies import MOST, Replies
from forms.capability import Moment
from forms.definition import AppDefinition
from forms.form_json import form_json
from forms.loader import load_text

MOMENT = Moment(datetime(2026, 11, 20, 9, tzinfo=ZoneInfo('Asia/Tokyo')))
TEXT = """
title: 見本
sections:
  - title: 内容
    fields:
      - {name: 種別, type: select_one, choices: [穴, 枝]}
      - {name: 場所, type: text}
      - {name: 急ぎ, type: yes_no}
      - {name: 氏名, type: person_name, privacy: personal}
      - {name: 回答, type: textarea}
      - {name: 表, type: subtable, columns: [{name: 列, type: text}]}
workflow:
  statuses: [{name: 受付}, {name: 完了, done: true}]
  actions: [{name: 終える, from: [受付], to: 完了, asks: [回答]}]
replies:
  into: [回答]
  category: 種別
  texts:
    - {name: どこでも, text: ありがとうございました。}
    - {name: 急ぎ, when: 急ぎ = true, text: 急ぎます。}
    - {name: 待つ, statuses: [受付], text: お待ちください。}
    - {name: 穴を直した, categories: [穴], statuses: [完了], text: '{場所}の{{穴}}を直しました。'}
    - {name: 名前, text: '{氏名} 様'}
"""


@pytest.fixture(name='app', scope='module')
def app_fixture() -> AppDefinition:
    found = load_text(TEXT, 'sample')
    assert isinstance(found, AppDefinition), [str(each) for each in found]
    return found


def names(app: AppDefinition, values: dict[str, object], **more: object) -> list[str]:
    return [each.name for each in replies_of(app).fitting(app, values, MOMENT, **more)]  # type: ignore[arg-type]


def replies_of(app: AppDefinition) -> Replies:
    found = app.capabilities['replies']
    assert isinstance(found, Replies)
    return found


def test_what_fits_best_stands_first_and_what_does_not_fit_is_left_out(app):
    hole = {'種別': '穴', '急ぎ': True, '状態': '受付'}
    assert names(app, hole) == ['待つ', '急ぎ', 'どこでも', '名前']
    assert names(app, {**hole, '急ぎ': False, '状態': '完了'}) == ['穴を直した', 'どこでも', '名前']
    assert names(app, {'種別': '枝', '状態': '完了'}) == ['どこでも', '名前']


def test_with_an_action_the_status_counts_to_which_it_leads(app):
    assert names(app, {'種別': '穴', '状態': '受付'}, action='終える') == ['穴を直した', 'どこでも', '名前']
    assert names(app, {'種別': '穴'})[0] == '待つ', 'a record that is not there yet stands at the first status'


def test_the_fields_are_filled_in_and_braces_that_somebody_typed_stay(app):
    (first, *_) = replies_of(app).fitting(app, {'種別': '穴', '状態': '完了', '場所': '{角}'}, MOMENT)
    assert first.text == '{角}の{穴}を直しました。'
    (blank, *_) = replies_of(app).fitting(app, {'種別': '穴', '状態': '完了'}, MOMENT)
    assert blank.text == 'の{穴}を直しました。'


def test_a_text_about_what_may_not_be_read_is_not_offered(app):
    assert '名前' not in names(app, {'氏名': '見本 太郎'}, unread={'氏名'})
    assert '急ぎ' not in names(app, {'急ぎ': True}, unread={'急ぎ'})


def test_never_more_than_somebody_reads():
    texts = '\n'.join(f'    - {{name: 文{each}, text: 文}}' for each in range(MOST + 3))
    many = load_text(TEXT[: TEXT.index('    - {name: どこでも')] + texts, 'sample')
    assert isinstance(many, AppDefinition)
    assert names(many, {}) == [f'文{each}' for each in range(MOST)]


def test_only_the_named_field_is_told_to_have_texts(app):
    fields = [each for section in form_json(app)['sections'] for each in section['fields']]
    assert [each['name'] for each in fields if each['replies']] == ['回答']


@pytest.mark.parametrize(
    ('written', 'instead', 'code'),
    [
        ('into: [回答]', 'into: [返事]', 'D209'),
        ('into: [回答]', 'into: [種別]', 'D210'),
        ('  into: [回答]\n', '', 'D103'),
        ('category: 種別', 'category: 場所', 'D210'),
        ('categories: [穴]', 'categories: [石]', 'D108'),
        ('statuses: [完了], text', 'statuses: [終了], text', 'D108'),
        ("'{氏名} 様'", "'{名} 様'", 'D209'),
        ("'{氏名} 様'", "'{氏名 様'", 'D790'),
        (', text: 急ぎます。', '', 'D103'),
    ],
)
def test_what_cannot_be_right_is_told(written, instead, code):
    assert written in TEXT
    found = load_text(TEXT.replace(written, instead), 'sample')
    assert not isinstance(found, AppDefinition)
    assert code in {each.code for each in found}
