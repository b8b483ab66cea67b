"""An office in which people are told things."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.clock import TOKYO
from apps.context import AppContext
from apps.notifications.notification import NOTIFICATIONS
from apps.people import Person

APP = 'tasks'
TARO = Person('taro', '見本 太郎', ('staff',), ('道路課',))
HANAKO = Person('hanako', '例示 花子', ('staff',), ('道路課',))
JIRO = Person('jiro', '架空 次郎', ('staff',), ('公園課',))
CHIEF = Person('chief', '試験 葵', ('supervisor',), ('道路課',))
VENDOR = Person('vendor', '業者 三郎', ('staff',), ('委託業者',))
EVERYBODY = (TARO, HANAKO, JIRO, CHIEF, VENDOR)

YAML = """title: しごと
record_title: [受付番号, 氏名]
sections:
  - title: 内容
    fields:
      - {name: 氏名, type: person_name, privacy: personal}
      - {name: 場所, type: text}
      - {name: 費用, type: integer}
      - {name: 担当課, type: section}
      - {name: 担当者, type: staff}
      - {name: 受付日, type: date}
numbering:
  - {field: 受付番号, format: 'T{seq:3}', scope: none}
workflow:
  assignee: 担当者
  statuses: [{name: 受付}, {name: 完了, done: true}]
  actions: [{name: 完了にする, from: [受付], to: 完了}, {name: 再開する, from: [完了], to: 受付}]
  deadline: {from: 受付日, business_days: 5}
notify:
  - {name: 担当になった, when: assigned, to: [assignee], text: '{受付番号} {場所} {費用} の担当です'}
  - {name: 入った, when: created, to: [担当課]}
  - {name: 費用が変わった, when: changed, fields: [費用], to: [supervisor]}
  - {name: 終わった, when: action, actions: [完了にする], to: [公園課]}
  - {name: 期限が近い, before: {field: 期限, business_days: 3, at: 08:30}, to: [assignee]}
  - {name: 期限を過ぎた, when: overdue, to: [assignee]}
permissions:
  - {who: {role: staff, section: 道路課}, can: [see, create, change, act]}
  - {who: {section: 公園課}, can: [see, create, change, act]}
  - {who: {role: supervisor}, can: [see, change]}
  - {who: {section: 委託業者}, can: [see], records: assigned, hide: [費用]}
"""


async def made(office: AppContext, by: Person = TARO, **values: Any) -> str:
    """A task received today; its id."""
    raw = {'場所': '見本町1丁目', '氏名': '例示 一郎', '受付日': '2026-11-20', **values}
    return (await office.operations.submit(APP, raw, by=by)).id


def told(office: AppContext, person: Person) -> list[str]:
    """What a person was told, in order."""
    docs = office.store.find(NOTIFICATIONS, limit=None).docs
    return [each['event'] for each in sorted(docs, key=lambda each: each['at']) if each['account'] == person.account]


def texts(office: AppContext, person: Person) -> list[tuple[str, str]]:
    """(title, text) of what a person was told."""
    return [(each.title, each.text) for each in office.inbox.newest(person)]


def at(day: str, hour: str = '08:31') -> datetime:
    return datetime.fromisoformat(f'{day}T{hour}').replace(tzinfo=TOKYO)


