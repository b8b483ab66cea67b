"""The app that writes to its applicants, and those who apply."""

from __future__ import annotations

from typing import Any

from apps.context import AppContext
from apps.outbox.notice import OUTBOX
from apps.people import Person

EVENT = 'event'
STAFF = Person('taro', '見本 太郎', ('staff',), ('文化振興課',))
WON, RECEIVED = '当選', '受付'

YAML = """title: 催しの申込み
record_title: [受付番号, 氏名]
sections:
  - title: 申込者
    fields:
      - {name: 氏名, type: text, required: true, privacy: personal}
      - {name: メールアドレス, type: email, privacy: personal}
      - {name: 郵便番号, type: text, privacy: personal}
      - {name: 住所, type: text, privacy: personal}
      - {name: 当落, type: text}
numbering:
  - {field: 受付番号, format: 'A{seq:3}', scope: none}
notices:
  - name: 当選
    only: 当落 = "当選"
    mail: メールアドレス
    postal: 郵便番号
    address: [住所]
    addressee: 氏名
    subject: 当選のお知らせ {氏名}
    body: |
      {氏名} 様
      受付番号 {受付番号} は当選しました。
"""

RECEIPT = """  - name: 受付
    send: at_once
    mail: メールアドレス
    subject: 受け付けました
    body: 受付番号は {受付番号} です。
"""
"""A second text: goes out by itself with the application."""


async def applied(city: AppContext, name: str, mail: str = '', **values: Any) -> str:
    """An application that has won; its id."""
    raw = {'氏名': name, '当落': '当選', **({'メールアドレス': mail} if mail else {}), **values}
    return (await city.operations.submit(EVENT, raw, by=STAFF)).id


async def sent_to_all(city: AppContext) -> int:
    """Press the button of the winners' notice; how many are queued."""
    preview = city.outbox.preview(EVENT, WON, by=STAFF)
    return (await city.outbox.send(preview, by=STAFF)).count


def states(city: AppContext) -> list[str]:
    """The states of the winners' notices, in order of arrival."""
    return [each.state for each in city.outbox.standings(EVENT, WON, by=STAFF)]


def kept_states(city: AppContext) -> list[str]:
    """The states of everything in the outbox."""
    return [each['state'] for each in city.store.find(OUTBOX, limit=None).docs]
