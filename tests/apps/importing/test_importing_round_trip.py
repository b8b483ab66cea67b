"""What the data export writes can be taken in again: unchanged into the same office, and whole into an empty app."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from city_hall import LEADER, STAFF, inspected

from apps.context import AppContext
from apps.excel.export import Choice, export_app
from forms.definition import columns_of
from forms.field import field_types

EVERY = """
title: すべての種類
record_title: [文字]
sections:
  - title: 一
    fields:
      - {name: 文字, type: text}
      - {name: 文章, type: textarea}
      - {name: 整数, type: integer}
      - {name: 小数, type: decimal}
      - {name: 金額, type: money}
      - {name: 日, type: date}
      - {name: 生年月日, type: date, privacy: personal}
      - {name: 日時, type: datetime}
      - {name: 時刻, type: time}
      - {name: 頃, type: partial_date}
      - {name: 一つ, type: select_one, other: true, choices: [甲, {value: 乙, label: 乙です}, その他]}
      - {name: 複数, type: select_multiple, other: true, choices: [丙, {value: 丁, label: 丁です}, その他]}
      - {name: 有無, type: yes_no, yes_label: 有, no_label: 無}
      - {name: 氏名, type: person_name}
      - {name: カナ, type: kana}
      - {name: 電話, type: phone}
      - {name: 郵便, type: postal_code}
      - {name: 住所, type: address}
      - {name: 場所, type: place, location: 位置}
      - {name: メール, type: email}
      - {name: リンク, type: url}
      - {name: 職員, type: staff}
      - {name: 課, type: section}
      - {name: 位置, type: location}
      - {name: 施設, type: lookup, app: facilities}
      - name: 明細
        type: subtable
        columns:
          - {name: 品名, type: text}
          - {name: 単価, type: money}
          - {name: 買った日, type: date}
          - {name: 買った人, type: staff}
          - {name: 支払い, type: select_multiple, choices: [現金, 振込]}
      - name: 点検
        type: checklist
        rows: [外壁, 屋根]
        columns:
          - {name: 結果, type: select_one, choices: [良, 否]}
"""

FULL: dict[str, Any] = {
    '文字': '007', '文章': '一行目\n=1+1', '整数': -1234, '小数': 1.25, '金額': 5000,
    '日': '2019-05-01',
    '生年月日': '1945-03-10', '日時': '2026-11-20T13:30:00+09:00', '時刻': '09:30', '頃': '昭和20年頃',
    '一つ': 'その他', '一つ_その他': '別の', '複数': ['丁', 'その他'], '複数_その他': 'ほか', '有無': False,
    '氏名': '髙橋 﨑', 'カナ': 'タカハシ', '電話': '076-220-2111', '郵便': '920-0962', '住所': '見本町1-2-3',
    '場所': '見本町1丁目 橋の前',
    'メール': 'mihon@example.jp', 'リンク': 'https://www.example.jp/', '職員': 'hanako', '課': '道路管理課',
    '位置': {'lat': 36.5613, 'lon': 136.6562, 'place': '市役所の前'},
    '明細': [
        {'品名': '=鉛筆', '単価': 120, '買った日': '2026-04-01', '買った人': 'taro', '支払い': ['振込']},
        {'品名': '紙'},
    ],
    '点検': [{'_row': '外壁', '結果': '良'}, {'_row': '屋根'}],
}  # fmt: skip
PARTLY: dict[str, Any] = {'文字': '-', '複数': [], '有無': True, '位置': {'lat': None, 'lon': None, 'place': '角'}}

pytestmark = pytest.mark.usefixtures('definitions')


async def every_office(office: AppContext) -> list[str]:
    (office.catalogue.folder / 'every.yaml').write_text(EVERY, 'utf-8')
    office.catalogue.reload()
    assert not [each for each in office.catalogue.problems if 'every' in str(each)]
    told = {'施設番号': '1', '施設名': '見本小学校', '所管課': '施設管理課'}
    facility = (await office.operations.submit('facilities', told, by=LEADER)).id
    full = {**FULL, '施設': facility}
    return [(await office.operations.submit('every', raw, by=STAFF)).id for raw in (full, PARTLY)]


async def exported(office: AppContext, app: str, path: Path) -> bytes:
    file = path / f'{app}.xlsx'
    export_app(office.reading, app, file, Choice(purpose='その他 点検'), by=LEADER)
    return file.read_bytes()


async def test_every_type_that_can_be_typed_is_in_the_file(staffed: AppContext) -> None:
    await every_office(staffed)
    fields = staffed.catalogue.get('every').fields.values()
    found = {each.TYPE for one in fields for each in (one, *columns_of(one).values())}
    untyped = {name for name, each in field_types().items() if not each.INPUT} | {'photo', 'attachment', 'hidden'}
    assert set(field_types()) - found - untyped == set()


async def test_an_export_taken_in_again_changes_nothing(staffed: AppContext, tmp_path: Path) -> None:
    ids = await every_office(staffed)
    before = [dict(staffed.store.get('every', each) or {}) for each in ids]
    draft = await staffed.imports.open('every', await exported(staffed, 'every', tmp_path), 'e.xlsx', by=LEADER)
    assert draft.keys == ('_id',), 'the record id of the export is proposed as the key'
    for clears in (False, True):
        draft.choose_blanks(clears=clears)
        report = await staffed.imports.check(draft, by=LEADER)
        assert [each.text for each in report.problems] == []
        assert report.counts == {'new': 0, 'changed': 0, 'unchanged': 2, 'refused': 0}
    assert [dict(staffed.store.get('every', each) or {}) for each in ids] == before


async def test_an_export_fills_an_empty_app_with_the_same_values(staffed: AppContext, tmp_path: Path) -> None:
    ids = await every_office(staffed)
    content = await exported(staffed, 'every', tmp_path)
    draft = await staffed.imports.open('every', content, 'e.xlsx', by=LEADER)
    draft.choose_keys(())
    draft.choose_blanks(clears=True)
    report = await staffed.imports.check(draft, by=LEADER)
    assert [(each.address, each.text) for each in report.problems] == []
    assert (await staffed.imports.take(draft, by=LEADER)).new == 2
    old = [_values(staffed, each) for each in ids]
    made = [each.doc_id for each in staffed.store.find('every', limit=None).docs if each.doc_id not in ids]
    new = [_values(staffed, each) for each in made]
    for each in (new, old):
        each.sort(key=lambda values: str(values['文字']))
    for came, went in zip(new, old, strict=True):
        assert came == went


async def test_an_inspection_with_its_checklist_comes_back_unchanged(staffed: AppContext, tmp_path: Path) -> None:
    await inspected(staffed)
    content = await exported(staffed, 'inspections', tmp_path)
    draft = await staffed.imports.open('inspections', content, 'i.xlsx', by=LEADER)
    report = await staffed.imports.check(draft, by=LEADER)
    assert [each.text for each in report.problems] == [] and report.counts['unchanged'] == 1


async def test_a_mistake_in_a_row_of_a_table_is_told_at_its_cell_on_its_sheet(
    staffed: AppContext, tmp_path: Path
) -> None:
    await every_office(staffed)
    book = openpyxl.load_workbook(io.BytesIO(await exported(staffed, 'every', tmp_path)))
    sheet = book['明細_明細']
    column = next(cell.column_letter for cell in sheet[1] if cell.value == '買った日')
    sheet[f'{column}2'] = '令和8年2月30日'
    content = io.BytesIO()
    book.save(content)
    draft = await staffed.imports.open('every', content.getvalue(), 'e.xlsx', by=LEADER)
    report = await staffed.imports.check(draft, by=LEADER)
    assert [(each.address, each.shown) for each in report.problems] == [(f'明細_明細!{column}2', '令和8年2月30日')]


def _values(office: AppContext, record_id: str) -> dict[str, Any]:
    found = office.store.get('every', record_id)
    assert found is not None
    return {name: value for name, value in sorted(found.items()) if not name.startswith('_')}
