"""The register of people as CSV: what every row would do is told before, and what was written can be taken in again."""

from __future__ import annotations

from datetime import date

import pytest
from city_hall import LEADER

from apps.accounts_csv import Row, Unreadable, compared, planned, written
from apps.context import AppContext
from apps.outcome import Refused

EDITED = """利用者ID,氏名,役割,所属,停止
taro,見本 太郎,職員,道路管理課,
HANAKO,例示 花子,職員・所属長,"会計課、道路管理課",
ｎｅｗ．ｏｎｅ,髙﨑 健,職員,会計課,
chief,架空 葵,所属長,道路管理課,停止
x,名前,職員,,
king,王,王様,,
twice,二度 一,職員,,
twice,二度 二,職員,,
leader,,デジタル推進リーダー,,たぶん
"""


def rows_of(office: AppContext, content: bytes) -> list[Row]:
    return compared(content, {each.account: each for each in office.accounts.all()})


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'cp932'])
async def test_every_row_is_told_before_anything_happens(staffed: AppContext, encoding: str) -> None:
    rows = rows_of(staffed, EDITED.encode(encoding))
    assert [(each.number, each.account, each.kind) for each in rows] == [
        (2, 'taro', 'same'),
        (3, 'hanako', 'changed'),
        (4, 'new.one', 'new'),
        (5, 'chief', 'changed'),
        (6, 'x', 'refused'),
        (7, 'king', 'refused'),
        (8, 'twice', 'refused'),
        (9, 'twice', 'refused'),
        (10, 'leader', 'refused'),
    ]
    assert rows[1].told == ('役割: 職員 → 職員・所属長', '所属: 道路管理課 → 会計課・道路管理課')
    assert rows[2].name == '髙﨑 健', 'names stay as they are written'
    assert rows[3].told == ('停止: 利用中 → 停止',)
    assert '「王様」という役割はありません' in rows[5].told[0]
    assert len(rows[8].told) == 2, 'every mistake of a row at once'


async def test_what_was_written_can_be_taken_in_again(staffed: AppContext) -> None:
    await staffed.accounts.add('formula', '=1+1', '', roles=['staff'], sections=['会計課'], by=LEADER)
    content = written(staffed.accounts.all())
    assert content.startswith(b'\xef\xbb\xbf') and "'=1+1" in content.decode('utf-8-sig')
    assert {each.kind for each in rows_of(staffed, content)} == {'same'}


async def test_all_or_nobody(staffed: AppContext) -> None:
    whole = {'name': '新人 一', 'roles': ['staff'], 'sections': ['会計課'], 'disabled': False}
    await staffed.accounts.add('kanri', '架空 葵', 'long-enough-1', roles=['administrator'], by=LEADER)
    with pytest.raises(Refused, match='最後のシステム管理者'):
        await staffed.accounts.take_in({'new': whole}, {'kanri': {'disabled': True}}, by=LEADER)
    assert staffed.accounts.get('new') is None
    await staffed.accounts.take_in({'new': whole}, {'taro': {'sections': ['会計課']}}, by=LEADER)
    made, changed = staffed.accounts.get('new'), staffed.accounts.get('taro')
    assert made is not None and made.sections == ('会計課',) and not staffed.accounts.has_password('new')
    assert changed is not None and (changed.name, changed.sections) == ('見本 太郎', ('会計課',))


@pytest.mark.parametrize(
    ('content', 'told'),
    [(b'a,b\n1,2\n', '列がありません'), (b'\x81\x00\xff\xfe\xfd', '文字コード'), (b'', '列がありません')],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        compared(content, {})


async def test_transfers_from_a_file_name_their_rows(staffed: AppContext) -> None:
    text = '発令日,利用者ID,所属,役割\n令和9年4月1日,taro,会計課,\n2020/4/1,hanako,会計課,職員\nいつか,nobody,,\n'
    rows = planned(text.encode('cp932'), {each.account: each for each in staffed.accounts.all()}, date(2026, 11, 20))
    assert (rows[0].day, rows[0].sections, rows[0].roles) == (date(2027, 4, 1), ('会計課',), ('staff',))
    assert [(each.number, len(each.mistakes)) for each in rows] == [(2, 0), (3, 1), (4, 2)]
