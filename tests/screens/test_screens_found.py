"""A row that was found by something no column shows says by what."""

from __future__ import annotations

import pytest

from apps.context import AppContext
from apps.reading import Wanted
from apps.screens.list.found import LONGEST, found_in

LONG = '見本町1丁目の交差点から北へ30メートルほど行った歩道に、朝から大きな木の枝が落ちていて自転車が通れません。'


@pytest.mark.parametrize(
    ('words', 'columns', 'told'),
    [
        ('みほん みのる', ['受付番号', '場所'], '氏名 見本 実'),
        ('ﾐﾉﾙ', ['受付番号', '場所', '氏名'], ''),
        ('見本町', ['受付番号', '場所'], ''),
        ('090-0000', ['場所'], '電話番号 090-0000-0001'),
        ('橋 みのる', ['場所'], '氏名 見本 実'),
    ],
)
async def test_what_is_told(office: AppContext, words: str, columns: list[str], told: str) -> None:
    assert await _told(office, words, columns, 内容='穴があいている。') == told


async def test_a_long_text_is_cut_around_the_word(office: AppContext) -> None:
    told = await _told(office, '木の枝', ['場所'], 内容=LONG)
    assert told.startswith('内容 …') and '木の枝' in told and len(told) <= LONGEST + 5


async def _told(office: AppContext, words: str, columns: list[str], **given: str) -> str:
    account = office.accounts.get('taro')
    assert account is not None
    by = account.person
    raw = {
        '受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': '見本町2丁目 橋のたもと', '氏名': '見本 実',
        'フリガナ': 'ミホン ミノル', '電話番号': '090-0000-0001', **given,
    }
    await office.operations.submit('road_requests', raw, by=by)
    page = office.reading.page('road_requests', 'すべて', Wanted(text=words), by=by)
    definition = office.catalogue.get('road_requests')
    (row,) = page.rows
    cells = {name: row.cells.get(name, '') for name in columns}
    assert set(cells) <= {*definition.fields}
    return found_in(definition, row, columns, words, office.reading.world(by))
