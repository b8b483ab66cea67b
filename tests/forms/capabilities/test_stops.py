"""Words that stop: to whom they are said, and what is refused."""

from __future__ import annotations

from dataclasses import replace

from sample_office import NOON, app

from forms.capabilities.public_form import PublicForm
from forms.form_json import form_json
from forms.public_form_json import public_form_json
from forms.withheld_form import withheld_form

TEXT = """
title: 見本
sections:
- title: 内容
  fields:
  - {name: 内容, type: textarea}
  - {name: 道路区分, type: select_one, choices: [国道, 市道]}
public_form: {fields: [内容], number: 内容}
stops:
- name: 危険
  when: '"陥没" in 内容'
  say: 電話してください。
  easy_say: 電話して ください。
  who: 当番
  call: 090-0000-0001
- {name: 国道, when: 道路区分 = "国道", say: 国の道路です。, staff: refuse, public: none}
- {name: 広告, when: '"http" in 内容', say: 受け付けません。, staff: none, public: refuse}
"""
ROADS = app(TEXT)
STOPS = ROADS.capabilities['stops']
CITIZEN = replace(NOON, outside=True)


def refused(new: dict[str, str], old: dict[str, str] | None = None, moment=NOON) -> list[tuple[str, str, str]]:
    return [(each.path, each.code, each.text) for each in STOPS.refuse(ROADS, old, new, moment)]


def names(stops: list[dict[str, object]]) -> list[object]:
    return [each['name'] for each in stops]


def test_each_side_is_refused_only_what_is_declared_for_it():
    assert refused({'内容': '陥没'}) == refused({'内容': '陥没'}, moment=CITIZEN) == []
    assert refused({'道路区分': '国道'}) == [('道路区分', 'stopped', '国の道路です。')]
    assert refused({'道路区分': '国道'}, moment=CITIZEN) == []
    assert refused({'内容': 'http://'}) == []
    assert refused({'内容': 'http://'}, moment=CITIZEN) == [('内容', 'stopped', '受け付けません。')]


def test_what_held_before_the_change_stops_nobody_from_going_on():
    assert refused({'道路区分': '国道', '内容': '穴'}, {'道路区分': '国道'}) == []
    assert refused({'道路区分': '国道'}, {'道路区分': '市道'})
    assert refused({'道路区分': '国道'}, {})


def test_the_form_of_each_side_says_its_own():
    staff = form_json(ROADS)['stops']
    assert names(staff) == ['危険', '国道']
    assert [(each['field'], each['refuses']) for each in staff] == [('内容', False), ('道路区分', True)]
    assert (staff[0]['say'], staff[0]['who'], staff[0]['call']) == ('電話してください。', '当番', '090-0000-0001')
    form = ROADS.capabilities['public_form']
    assert isinstance(form, PublicForm)
    assert names(public_form_json(ROADS, form)['stops']) == ['危険', '広告']
    assert public_form_json(ROADS, form, easy=True)['stops'][0]['say'] == '電話して ください。'


def test_a_condition_that_reads_a_withheld_field_stays_on_the_server():
    held = withheld_form(form_json(ROADS), ROADS, frozenset({'道路区分'}), frozenset())
    assert names(held['stops']) == ['危険']
