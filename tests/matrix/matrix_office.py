"""The app with one field, action or permission for each rule of the matrix, its people and its records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI

from apps.context import AppContext
from apps.people import SYSTEM, Person

APP, FORM, BOARD = 'matrix', 'matrix', '進みぐあい'

YAML = """
title: 貸出の申込み
owner: 道路管理課
record_title: [番号, 件名]
sections:
  - title: 内容
    fields:
      - {name: 件名, type: text, required: true}
      - {name: 区分, type: select_one, choices: [通常, 緊急], default: '"通常"'}
      - {name: 緊急の理由, type: text, required: 区分 = "緊急"}
      - {name: 備考, type: text, forbidden: 区分 = "通常"}
      - {name: 人数, type: integer, constraint: 人数 <= 10, constraint_message: 人数は10人までです。}
      - {name: 場所, type: select_one, choices: [会議室, ホール]}
      - {name: 登録番号, type: text, unique: true}
      - {name: 内部メモ, type: text}
      - {name: 担当課, type: section, default: '"道路管理課"'}
numbering:
  - {field: 番号, format: '番-{seq:3}'}
workflow:
  statuses:
    - {name: 受付}
    - {name: 対応中}
    - {name: 完了, done: true}
  actions:
    - name: 対応を始める
      from: [受付]
      to: 対応中
      asks: [件名, 区分, 緊急の理由, 備考, 人数, 場所, 登録番号, 内部メモ]
    - name: 完了にする
      from: [受付]
      to: 完了
      guard: Not(IsBlank(人数))
      guard_message: 人数を入れてから完了にしてください。
    - {name: 再開する, from: [完了, 対応中], to: 受付}
views:
  - {name: 一覧, columns: [番号, 件名, 状態]}
  - {name: 進みぐあい, type: board, by: 状態, columns: [番号, 件名]}
public_form:
  address: matrix
  fields: [件名, 区分, 緊急の理由, 備考, 人数, 場所, 登録番号]
  cancel: 完了にする
permissions:
  - {who: {role: staff}, can: [see, create, change, act, import], records: own_section, readonly: [内部メモ]}
  - {who: {role: staff}, can: [see], readonly: [内部メモ]}
"""

CLERK = Person('taro', '見本 太郎', ('staff',), ('道路管理課',))
NEIGHBOUR = Person('hanako', '例示 花子', ('staff',), ('公園課',))
PASSWORD = 'matrix-pass-1'

RIGHT: dict[str, Any] = {'件名': '見本市', '区分': '通常'}
"""What every way in takes; a rule adds one thing that is wrong."""

NAME = '見本市の会場'
"""How the clerk has renamed their record."""

TAKEN = 'T-1'
"""The registration number that another record holds already."""


@dataclass(slots=True)
class Office:
    """own: a record of the clerk's section in its first status, changed once; foreign: one of another section.

    before, given: the last change and the last number before what is being tried; somebody who changes a record
    meanwhile moves them on. served: the application, once it is needed.
    """

    context: AppContext
    own: str
    foreign: str
    before: int = 0
    given: int | None = None
    served: list[FastAPI] = field(default_factory=list)

    def session(self) -> str:
        """The clerk, signed in."""
        account = self.context.accounts.get(CLERK.account)
        assert account is not None
        return self.context.sessions.open(account)

    def rev(self, record: str) -> int:
        found = self.context.store.get(APP, record)
        assert found is not None
        return found.rev

    def begin(self) -> None:
        self.before, self.given = self.context.store.seq, self.context.store.last_number(f'{APP}/番号')

    def left_behind(self) -> list[str]:
        """What became of the app since `begin`: records changed, a number given, a value claimed."""
        store = self.context.store
        found = [f'{each.id} {each.reason}' for each in store.changes(self.before, APP)]
        if store.last_number(f'{APP}/番号') != self.given:
            found.append('a number was given')
        holder = store.holder(f'{APP}/登録番号', 't-1')
        return found if holder not in {self.own, None} else [*found, f'the registration number is held by {holder}']

    async def change_meanwhile(self, record: str) -> None:
        """Somebody else saves the record between the look of one person and their press."""
        now = self.context.store.get(APP, record)
        assert now is not None
        values = {'内部メモ': f'{now.rev}回目'}
        await self.context.operations.change(APP, record, values, by=SYSTEM, if_rev=now.rev)
        self.begin()


async def furnished(context: AppContext) -> Office:
    """The office with its people and three records."""
    for each in (CLERK, NEIGHBOUR):
        parts: dict[str, Any] = {'roles': each.roles, 'sections': each.sections, 'by': SYSTEM}
        await context.accounts.add(each.account, each.name, PASSWORD, **parts)
    submit = context.operations.submit
    own = await submit(APP, RIGHT, by=CLERK)
    await context.operations.change(APP, own.id, {'件名': NAME}, by=CLERK, if_rev=1)
    await submit(APP, {**RIGHT, '登録番号': TAKEN}, by=CLERK)
    foreign = await submit(APP, {**RIGHT, '担当課': '公園課'}, by=SYSTEM)
    return Office(context, own.id, foreign.id)
