"""The Excel export, read back with another library: one table, typed cells, nothing live, everything described."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, inspected
from python_calamine import CalamineWorkbook

from apps.context import AppContext
from apps.excel.export import Choice, export_app
from apps.operations.submit import Sample
from apps.outcome import Refused
from apps.people import Person

WHY = Choice(purpose='議会・監査への報告')
INJECTIONS = ['=HYPERLINK("http://evil.example")', '+1+1', '-1', '@SUM(A1)', '\t=1', '見本\x0b町']


def sheet(path: Path, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()


def table(path: Path, name: str = 'データ') -> list[dict[object, object]]:
    head, *rows = sheet(path, name)
    return [dict(zip(head, row, strict=True)) for row in rows]


async def test_the_export_is_one_table_with_typed_cells(staffed: AppContext, tmp_path: Path) -> None:
    raw = {**ROAD, '電話番号': '090-0000-0001', '受付日': '2026-04-01', '担当者': 'hanako'}
    made = await staffed.operations.submit('road_requests', raw, by=STAFF)
    path = tmp_path / 'road.xlsx'
    told = export_app(staffed.reading, 'road_requests', path, WHY, by=STAFF)
    assert told.count == 1
    (row,) = table(path)
    assert (row['レコードID'], row['年度'], row['受付番号']) == (made.id, 2026, '道-R8-00001')
    assert row['受付日'] == date(2026, 4, 1) and row['完了日'] == ''
    assert row['電話番号'] == '090-0000-0001', 'the leading nought stays'
    assert (row['担当者'], row['担当者_ID']) == ('例示 花子', 'hanako')
    head = sheet(path, 'データ')[0]
    assert len(set(head)) == len(head) and '' not in head


async def test_definitions_codes_and_origin_are_told_beside_it(staffed: AppContext, tmp_path: Path) -> None:
    await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    path = tmp_path / 'road.xlsx'
    chosen = {'種別': '舗装'}
    export_app(staffed.reading, 'road_requests', path, Choice('未完了', chosen, '', 'その他 点検'), by=STAFF)
    fields = {each['項目名']: each for each in table(path, '項目定義')}
    assert fields['氏名']['個人情報の区分'] == '個人情報' and fields['場所']['必須'] == 'はい'
    codes = [(each['項目名'], each['値'], each['表示名']) for each in table(path, 'コード表')]
    assert ('危険度', '緊急', '緊急(今日中)') in codes and ('状態', '完了', '') in codes
    origin = {each['事項']: each['内容'] for each in table(path, '出力情報')}
    assert (origin['件数'], origin['目的'], origin['出力した人']) == (1, 'その他: 点検', '見本 太郎')
    assert (origin['一覧'], origin['絞り込み']) == ('未完了', '種別=舗装')
    assert origin['定義の版'] == staffed.catalogue.get('road_requests').version
    assert origin['出力日時'] == datetime(2026, 11, 20, 10, 0)


async def test_text_never_becomes_a_formula(staffed: AppContext, tmp_path: Path) -> None:
    for text in INJECTIONS:
        await staffed.operations.submit('road_requests', {**ROAD, '内容': text}, by=STAFF)
    path = tmp_path / 'road.xlsx'
    export_app(staffed.reading, 'road_requests', path, WHY, by=STAFF)
    exported = {str(each['内容']) for each in table(path)}
    assert exported == {each.replace('\x0b', '\n').strip() for each in INJECTIONS}
    with zipfile.ZipFile(path) as parts:
        cells = parts.read('xl/worksheets/sheet1.xml').decode()
        styles = parts.read('xl/styles.xml').decode()
    assert '<f>' not in cells and '<hyperlink' not in cells
    assert 'quotePrefix="1"' in styles, 'Excel keeps it a text also when the cell is edited'


async def test_rows_of_a_checklist_have_a_sheet_in_long_form(staffed: AppContext, tmp_path: Path) -> None:
    inspection = await inspected(staffed)
    path = tmp_path / 'inspections.xlsx'
    export_app(staffed.reading, 'inspections', path, by=STAFF)
    rows = table(path, '明細_点検表')
    assert len(rows) == 16 and {each['レコードID'] for each in rows} == {inspection}
    assert (rows[0]['行'], rows[0]['結果'], rows[0]['不具合箇所']) == ('外壁', '有', 'ひび割れ')


async def test_no_row_is_left_out_however_many_there_are(staffed: AppContext, tmp_path: Path) -> None:
    many = [Sample(ROAD, STAFF, staffed.clock.now()) for _ in range(1_203)]
    await staffed.operations.submit_many('road_requests', many)
    path = tmp_path / 'road.xlsx'
    assert export_app(staffed.reading, 'road_requests', path, replace(WHY, view='すべて'), by=OTHER).count == 1_203
    numbers = [each['受付番号'] for each in table(path)]
    assert numbers == [f'道-R8-{each:05}' for each in range(1_203, 0, -1)]


async def test_who_may_not_export_gets_no_file(staffed: AppContext, tmp_path: Path) -> None:
    path = tmp_path / 'road.xlsx'
    with pytest.raises(Refused):
        export_app(staffed.reading, 'road_requests', path, WHY, by=Person('stranger', '外 来'))
    assert not list(tmp_path.glob('*.xlsx*'))
    export_app(staffed.reading, 'facilities', path, by=LEADER)
    assert table(path) == []
