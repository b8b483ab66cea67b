"""The data export against the machine-readability rules (L1-02 to L3-09), over an app with every field type."""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from city_hall import LEADER, OTHER, STAFF
from openpyxl import load_workbook

from apps.audit import AUDIT
from apps.commands import export as export_command
from apps.context import AppContext
from apps.excel.data_csv import as_typed, plain_text
from apps.excel.export import Choice, Exported, export_app
from apps.excel.worker import ExportWorkers, Order
from apps.outcome import Refused

EVERY = """
title: あらゆる項目
owner: 道路管理課
record_title: [件名]
sections:
  - title: 全部
    fields:
      - {name: 件名, type: text, required: true}
      - {name: 文章, type: textarea}
      - {name: 氏名, type: person_name, privacy: personal}
      - {name: フリガナ, type: kana, kana_of: 氏名}
      - {name: 電話, type: phone}
      - {name: 郵便番号, type: postal_code}
      - {name: 住所, type: address}
      - {name: メール, type: email}
      - {name: 受付日, type: date}
      - {name: 生年月日, type: date, privacy: personal}
      - {name: 建築年, type: partial_date}
      - {name: 時刻, type: time}
      - {name: 日時, type: datetime}
      - {name: 人数, type: integer, unit: 人}
      - {name: 面積, type: decimal, unit: m2}
      - {name: 費用, type: money}
      - {name: 済み, type: yes_no}
      - {name: 種別, type: select_one, choices: [舗装, 側溝, その他], other: true}
      - {name: 持ち物, type: select_multiple, choices: [水, 毛布, その他], other: true}
      - {name: 位置, type: location}
      - {name: 担当者, type: staff}
      - {name: 担当課, type: section}
      - {name: 写真, type: photo}
      - {name: 添付, type: attachment}
      - {name: 施設, type: lookup, app: facilities}
      - {name: 合計, type: calculation, calculation: 人数 * 2, result: integer}
      - {name: 注意, type: note, text: 書いてください。}
      - name: 明細
        type: subtable
        columns:
          - {name: 品名, type: text}
          - {name: 金額, type: money}
numbering:
  - {field: 受付番号, format: 'あ-{era_fiscal_year}-{seq:4}', scope: fiscal_year, by: 受付日}
"""
VALUES: dict[str, Any] = {
    '件名': '見本',
    '文章': '1行目\n2行目',
    '氏名': '見本 太郎',
    '電話': '090-0000-0001',
    '受付日': '2026-04-01',
    '生年月日': '1899-12-31',
    '時刻': '9:05',
    '日時': '2026-04-01T09:05',
    '人数': '-3',
    '面積': '0',
    '費用': '-12000',
    '済み': 'はい',
    '種別': 'その他',
    '種別_その他': '看板',
    '持ち物': ['水', 'その他'],
    '持ち物_その他': '𠮷野の髙い水',
    '担当者': 'hanako',
    '明細': [{'品名': '=1+1', '金額': '5'}, {'品名': '砂', '金額': '-7'}],
}
WHY = Choice(purpose='集計・統計の作成')


@pytest.fixture
async def every(staffed: AppContext, definitions: Path) -> AppContext:
    (definitions / 'every.yaml').write_text(EVERY, 'utf-8')
    staffed.catalogue.reload()
    assert [each for each in staffed.catalogue.problems if 'every' in str(each.place.file)] == []
    await staffed.operations.submit('every', VALUES, by=STAFF)
    await staffed.operations.submit('every', {'件名': '空'}, by=STAFF)
    return staffed


def cells(path: Path, sheet: str = 'データ') -> list[dict[str, Any]]:
    head, *rows = load_workbook(path)[sheet].iter_rows()
    return [{str(name.value): cell for name, cell in zip(head, row, strict=True)} for row in rows]


def files(path: Path, encoding: str) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(path) as archive:
        raw = {each: archive.read(each) for each in archive.namelist()}
    texts = {name: each.decode('utf-8-sig' if '書け' in name else encoding) for name, each in raw.items()}
    return {name.removesuffix('.csv'): list(csv.reader(io.StringIO(text))) for name, text in texts.items()}


def test_layout_l1_one_table_per_sheet_nothing_merged_hidden_or_coloured(every: AppContext, tmp_path: Path) -> None:
    export_app(every.reading, 'every', tmp_path / 'e.xlsx', WHY, by=STAFF)
    book = load_workbook(tmp_path / 'e.xlsx')
    assert book.sheetnames == ['データ', '明細_明細', '項目定義', 'コード表', '出力情報']
    for sheet in book:
        assert not sheet.merged_cells.ranges and not sheet._charts and not sheet._images, 'L1-10, L1-12'
        assert not any(each.hidden for each in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        head, *rows = sheet.iter_rows(values_only=True)
        assert all(head) and len(set(head)) == len(head), 'L1-05, L2-03, L3-01'
        assert all(any(value is not None for value in row) for row in rows), 'L1-03: no blank row'
        assert all(value == value.strip() for row in rows for value in row if isinstance(value, str)), 'L1-06'
        fills = {cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row}
        assert fills == {'00000000'}, 'L1-11: no meaning by colour'
    with zipfile.ZipFile(tmp_path / 'e.xlsx') as parts:
        for name in (each for each in parts.namelist() if 'worksheets/sheet' in each):
            assert not list(ElementTree.fromstring(parts.read(name)).iter('{*}f')), 'L2-06: values, not formulas'


def test_values_l2_are_of_their_kind_one_to_a_cell(every: AppContext, tmp_path: Path) -> None:
    export_app(every.reading, 'every', tmp_path / 'e.xlsx', WHY, by=STAFF)
    blank, full = cells(tmp_path / 'e.xlsx')
    value = {name: cell.value for name, cell in full.items()}
    assert (value['年度'], value['費用'], value['面積'], value['合計']) == (2026, -12000, 0, -6)
    assert blank['面積'].value is None, 'L1-09: a blank is no nought'
    assert '△' in full['費用'].number_format and '△' in full['人数'].number_format, 'L2-01: signs by format only'
    assert value['受付日'].date() == date(2026, 4, 1) and 'gannen' in full['受付日'].number_format, 'L3-05'
    assert value['生年月日'] == '1899-12-31', 'a day that Excel does not know stays readable'
    assert (value['持ち物_水'], value['持ち物_毛布']) == (1, 0), 'L1-07: one column for each choice'
    assert (value['種別'], value['種別_その他']) == ('その他', '看板'), 'L2-05'
    assert '𠮷野の髙い水' in value.values()
    assert (value['担当者'], value['担当者_ID'], value['電話']) == ('例示 花子', 'hanako', '090-0000-0001')
    rows = [{name: cell.value for name, cell in row.items()} for row in cells(tmp_path / 'e.xlsx', '明細_明細')]
    assert [(row['品名'], row['金額']) for row in rows] == [('=1+1', 5), ('砂', -7)]
    assert all(row['レコードID'] == value['レコードID'] for row in rows), 'L2-02'


def test_description_l3_stands_beside_the_data(every: AppContext, tmp_path: Path) -> None:
    export_app(every.reading, 'every', tmp_path / 'e.xlsx', WHY, by=STAFF)
    fields = {row['項目名'].value: row for row in cells(tmp_path / 'e.xlsx', '項目定義')}
    assert fields['人数']['単位'].value == '人', 'L3-04'
    assert fields['氏名']['個人情報の区分'].value == '個人情報'
    codes = {(row['項目名'].value, row['値'].value) for row in cells(tmp_path / 'e.xlsx', 'コード表')}
    assert {('種別', '舗装'), ('持ち物', '毛布')} <= codes, 'L3-02, L2-04'
    facts = {row['事項'].value: row['内容'].value for row in cells(tmp_path / 'e.xlsx', '出力情報')}
    assert (facts['件数'], facts['目的'], facts['文字コード']) == (2, '集計・統計の作成', 'UTF-8'), 'L3-08'
    renamed = EVERY.replace('件名, type: text,', '件名, type: text, label: 題,')
    (every.settings.definitions / 'every.yaml').write_text(renamed, 'utf-8')
    every.catalogue.reload()
    export_app(every.reading, 'every', tmp_path / 'f.xlsx', WHY, by=STAFF)
    first, second = (next(load_workbook(tmp_path / name)['データ'].values) for name in ('e.xlsx', 'f.xlsx'))
    assert first == second, 'L3-07: another label, the same columns'


def test_choices_can_be_in_long_form(every: AppContext, tmp_path: Path) -> None:
    export_app(every.reading, 'every', tmp_path / 'e.xlsx', Choice(purpose=WHY.purpose, long=True), by=STAFF)
    assert not any(name == '持ち物_水' for name in cells(tmp_path / 'e.xlsx')[0])
    rows = [row['値'].value for row in cells(tmp_path / 'e.xlsx', '選択_持ち物')]
    assert rows == ['水', 'その他'], 'L3-09'


def test_csv_is_quoted_one_record_a_line_and_takes_no_formula(every: AppContext, tmp_path: Path) -> None:
    done = export_app(every.reading, 'every', tmp_path / 'e.zip', Choice(purpose=WHY.purpose, format='csv'), by=STAFF)
    assert (done.count, done.unwritten) == (2, 0)
    with zipfile.ZipFile(tmp_path / 'e.zip') as archive:
        raw = archive.read('データ.csv')
    assert raw.startswith(b'\xef\xbb\xbf') and raw.count(b'\r\n') == 3 and raw.count(b'\n') == 3, 'L1-14'
    parts = files(tmp_path / 'e.zip', 'utf-8-sig')
    assert set(parts) == {'データ', '明細_明細', '項目定義', 'コード表', '出力情報'}
    head, _, full = parts['データ']
    value = dict(zip(head, full, strict=True))
    assert (value['受付日'], value['時刻'], value['費用']) == ('2026-04-01', '09:05', '-12000')
    assert value['文章'] == '1行目 2行目'
    assert parts['明細_明細'][1][2] == "'=1+1" and as_typed("'=1+1") == '=1+1'
    for text in ('=1', '+1', '-1', '@A1', "'=1", "''-", '07', "'70年代", 'ふつう'):
        assert as_typed(plain_text(text)) == text
        assert not plain_text(text).startswith(('=', '+', '-', '@'))


def test_what_shift_jis_cannot_write_is_marked_and_listed(every: AppContext, tmp_path: Path) -> None:
    choice = Choice(purpose=WHY.purpose, format='csv_sjis')
    done = export_app(every.reading, 'every', tmp_path / 'e.zip', choice, by=STAFF)
    parts = files(tmp_path / 'e.zip', 'cp932')
    assert '〓野の髙い水' in parts['データ'][2] and done.unwritten == 1
    listed = parts['書けなかった文字'][1]
    assert listed[0] == 'データ.csv' and listed[1] == '3' and listed[3:] == ['𠮷', 'U+20BB7']


async def test_personal_information_leaves_for_a_purpose_only(
    every: AppContext, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same words by desk (screen and API), by command, and where the file is written."""
    told = set()
    for purpose in ('', 'なんとなく', 'その他', 'その他: '):
        with pytest.raises(Refused) as refused:
            export_app(every.reading, 'every', tmp_path / 'e.xlsx', Choice(purpose=purpose), by=STAFF)
        with pytest.raises(Refused) as by_desk:
            await every.exports.export('every', Choice(purpose=purpose), by=STAFF)
        assert by_command(every, tmp_path / 'e.xlsx', purpose) == 1
        told |= {refused.value.detail, by_desk.value.detail, capsys.readouterr().err.strip()}
    assert len(told) == 1 and '書き出す目的' in told.pop()
    assert list(tmp_path.glob('*.xlsx')) == []
    export_app(every.reading, 'facilities', tmp_path / 'f.xlsx', by=LEADER)


def by_command(office: AppContext, path: Path, purpose: str) -> int:
    places = ['--data', str(office.settings.data), '--definitions', str(office.settings.definitions)]
    parser = argparse.ArgumentParser()
    export_command.arguments(parser)
    return export_command.run(parser.parse_args(['every', '-o', str(path), '--purpose', purpose, *places]))


@pytest.fixture
def in_process(every: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written here and now, for what has nothing to do with the process; that one is tried by calling it off."""

    async def here(_: ExportWorkers, order: Order, told: Callable[[int], None]) -> Exported:
        return export_app(every.reading, order.app, order.path, order.choice, by=order.by, told=told)

    monkeypatch.setattr(ExportWorkers, 'export', here)


@pytest.mark.usefixtures('in_process')
async def test_every_export_is_noted_with_its_purpose_and_count(every: AppContext, tmp_path: Path) -> None:
    done = await every.exports.export('every', Choice(filters={'種別': 'その他'}, purpose='その他 見本'), by=STAFF)
    done.path.unlink()
    assert by_command(every, tmp_path / 'e.xlsx', WHY.purpose) == 0
    noted = [each for each in every.store.find(AUDIT, limit=None).docs if each['kind'] == 'export']
    assert [(each['by'], each['detail']['purpose'], each['detail']['count']) for each in noted] == [
        (STAFF.account, 'その他: 見本', 1),
        ('system', WHY.purpose, 2),
    ]


@pytest.mark.usefixtures('in_process')
async def test_an_export_is_handed_out_once_to_who_asked_for_it(every: AppContext) -> None:
    heard: list[str] = []
    job = every.exports.start('every', WHY, 2, by=STAFF, changed=lambda: heard.append(job.state))
    with pytest.raises(Refused):
        every.exports.take(job.id, STAFF)
    assert job.task is not None
    await job.task
    with pytest.raises(Refused):
        every.exports.take(job.id, OTHER)
    taken = every.exports.take(job.id, STAFF)
    assert heard[-1] == 'ready' and taken.done == 2 and taken.path.is_file()
    taken.path.unlink()
    with pytest.raises(Refused):
        every.exports.take(job.id, STAFF)


async def test_an_export_that_is_called_off_leaves_nothing(every: AppContext) -> None:
    off = every.exports.start('every', WHY, 2, by=STAFF, changed=lambda: None)
    await asyncio.sleep(0.05)
    every.exports.cancel(off)
    assert off.task is not None
    with pytest.raises(asyncio.CancelledError):
        await off.task
    noted = [each['kind'] for each in every.store.find(AUDIT, limit=None).docs]
    assert off.state == 'cancelled' and noted.count('export') == 0
