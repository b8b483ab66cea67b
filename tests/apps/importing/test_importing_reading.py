"""What offices do to their workbooks, and that it is read as a person would read it (city-hall trap list)."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from import_files import with_format, with_part, workbook
from openpyxl.worksheet.worksheet import Worksheet

from apps.excel.data_csv import plain_text
from apps.importing.book import Unusable
from apps.importing.reading import MOST_BYTES, read_book
from apps.importing.table import Layout, Table, found_layout, read_table
from apps.outcome import Refused

KNOWN = frozenset(('氏名', '場所', '受付日', '件数'))
HEAD = ['氏名', '場所', '受付日']
TARO = ['見本 太郎', '見本町1', '2026-04-01']
HANAKO = ['例示 花子', '例示町2', '2026-04-02']


def table(content: bytes, name: str = 'a.xlsx') -> Table:
    sheet = read_book(content, name).sheets[0]
    return read_table(sheet, found_layout(sheet, KNOWN))


def headers(found: Table) -> list[str]:
    return [each.header for each in found.columns]


def cells(found: Table) -> list[list[object]]:
    return [[row[each.at] for each in found.columns] for _, row in found.rows]


def test_rows_of_a_title_stand_above_the_header() -> None:
    found = table(workbook([['令和8年度 一覧'], [None, None, '道路管理課'], [], HEAD, TARO, HANAKO]))
    assert headers(found) == HEAD and cells(found) == [TARO, HANAKO]
    assert [number for number, _ in found.rows] == [4, 5]


def test_a_header_of_unknown_words_is_found_too() -> None:
    found = table(workbook([['報告書', None, None], ['甲', '乙', '丙'], [1, 2, 3], [4, 5, 6]]))
    assert headers(found) == ['甲', '乙', '丙'] and len(found.rows) == 2


def test_a_merged_header_of_two_rows_is_joined() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells('A1:B1')
        sheet.merge_cells('C1:C2')

    found = table(workbook([['申出者', None, '受付日'], ['氏名', '場所', None], TARO], dress=merge))
    assert headers(found) == ['申出者／氏名', '申出者／場所', '受付日'] and cells(found) == [TARO]


def test_blank_columns_and_rows_are_passed_over() -> None:
    found = table(workbook([['氏名', None, '場所'], ['見本 太郎', None, '見本町'], [], ['例示 花子', None, '例示町']]))
    assert headers(found) == ['氏名', '場所'] and len(found.rows) == 2


def test_totals_and_notes_at_the_bottom_are_offered_as_left_out() -> None:
    rows = [HEAD, TARO, HANAKO, ['合 計', '2件', None], ['※ 速報値', None, None]]
    found = table(workbook(rows))
    assert cells(found) == [TARO, HANAKO] and sorted(found.totals) == [3, 4]
    kept = read_table(found.sheet, Layout(0, 1, ()))
    assert len(kept.rows) == 4, 'who wants them takes them in'


def test_a_person_called_total_in_the_middle_stays() -> None:
    assert len(table(workbook([HEAD, ['計', 'a', 'b'], TARO])).rows) == 2


def test_hidden_rows_are_told_and_taken_in_unless_left_out() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True

    found = table(workbook([HEAD, TARO, HANAKO], dress=hide))
    assert found.hidden == (1,) and len(found.rows) == 2
    left = read_table(found.sheet, Layout(0, 1, (), skip_hidden=True))
    assert cells(left) == [HANAKO]


@pytest.mark.parametrize('sign', ['〃', '同上', '″'])
def test_signs_for_the_same_as_above_become_the_value_above(sign: str) -> None:
    found = table(workbook([HEAD, TARO, ['例示 花子', sign, sign], ['試験', sign, '2026-04-03']]))
    assert [row[1] for row in cells(found)] == ['見本町1'] * 3 and found.repeated == 3


def test_a_cell_merged_over_several_rows_counts_in_each() -> None:
    found = table(
        workbook([HEAD, TARO, ['例示 花子', None, '2026-04-02']], dress=lambda sheet: sheet.merge_cells('B2:B3'))
    )
    assert [row[1] for row in cells(found)] == ['見本町1', '見本町1']


@pytest.mark.parametrize('number', [27, 30, 36, 50, 57, 58])
def test_date_formats_of_japanese_excel_are_dates(number: int) -> None:
    def date_cell(sheet: Worksheet) -> None:
        sheet['C2'].number_format = 'yyyy"x"'

    content = with_format(workbook([HEAD, ['見本 太郎', '見本町', 45314]], dress=date_cell), number)
    assert cells(table(content)) == [['見本 太郎', '見本町', date(2024, 1, 23)]]


def test_real_dates_leading_zeros_and_formula_texts_stay_what_they_are() -> None:
    found = table(workbook([HEAD, ['007', '=1+1', datetime(2026, 4, 1)]]))
    assert cells(found) == [['007', '=1+1', date(2026, 4, 1)]]


def test_phonetic_runs_are_not_part_of_the_text() -> None:
    ruby = '<is><r><t>見本</t></r><rPh sb="0" eb="2"><t>ミホン</t></rPh></is>'
    content = with_part(
        workbook([HEAD, ['見本', 'a', 'b']]),
        'xl/worksheets/sheet1.xml',
        lambda xml: xml.replace('<c r="A2" t="s"><v>3</v></c>', f'<c r="A2" t="inlineStr">{ruby}</c>').replace(
            '<c r="A2" t="inlineStr"><is><t>見本</t></is></c>', f'<c r="A2" t="inlineStr">{ruby}</c>'
        ),
    )
    assert b'rPh' in zipfile.ZipFile(io.BytesIO(content)).read('xl/worksheets/sheet1.xml')
    assert cells(table(content))[0][0] == '見本'


def test_errors_and_formulas_without_a_result_are_told_at_their_cell() -> None:
    def errors(sheet: Worksheet) -> None:
        sheet['B2'] = '#N/A'
        sheet['B2'].data_type = 'e'
        sheet['C2'] = '=TODAY()'

    (row,) = cells(table(workbook([HEAD, TARO], dress=errors)))
    assert [each.shown for each in row if isinstance(each, Unusable)] == ['#N/A', '計算結果のない式']


def test_a_sheet_name_with_a_full_width_space_is_kept_for_addresses() -> None:
    sheet = read_book(workbook([HEAD], title='要望　一覧'), 'a.xlsx').sheets[0]
    assert sheet.address(16, 2) == '要望　一覧!C17' and sheet.address(16, None) == '要望　一覧!17行目'


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'cp932', 'utf-16'])
@pytest.mark.parametrize('delimiter', [',', '\t', ';'])
def test_csv_of_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = '\r\n'.join(delimiter.join(row) for row in (HEAD, ['髙橋"', '一行目', '007'])).replace('髙橋"', '"髙橋, 例"')
    book = read_book(text.encode(encoding), '要望.csv')
    assert book.sheets[0].name == '要望'
    assert cells(table(text.encode(encoding), '要望.csv')) == [['髙橋, 例', '一行目', '007']]


def test_texts_that_our_csv_export_protects_come_back_as_they_were() -> None:
    """The apostrophe before a formula goes; one that somebody typed stays."""
    texts = ['=1+1', '+81', '-', '@home', "'=1+1", "'80年代", '1234']
    rows = '\r\n'.join(f'"{plain_text(each)}"' for each in ('内容', *texts))
    assert [row[0] for row in read_book(rows.encode(), 'e.csv').sheets[0].rows] == ['内容', *texts]


def test_what_cannot_be_read_is_told_with_the_way_out() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, 'w', zipfile.ZIP_DEFLATED) as packed:
        packed.writestr('xl/workbook.xml', '')
        for number in range(5):
            packed.writestr(f'{number}', b'\0' * 100_000_000)
    hostile = {
        '空です': b' \n',
        '30MBまで': b'a' * (MOST_BYTES + 1),
        '大きくなりすぎる': bomb.getvalue(),
        'パスワード': b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + 'EncryptedPackage'.encode('utf-16-le'),
        '壊れている': b'PK\x03\x04' + b'\0' * 100,
        '読めません': bytes(range(256)),
    }
    for words, content in hostile.items():
        with pytest.raises(Refused, match=words):
            read_book(content, 'a.xlsx')


def test_macros_are_passed_over_and_hidden_sheets_told() -> None:
    def second(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet('計算用').sheet_state = 'hidden'

    content = io.BytesIO(workbook([HEAD, TARO], dress=second))
    with zipfile.ZipFile(content, 'a') as packed:
        packed.writestr('xl/vbaProject.bin', b'macro')
    book = read_book(content.getvalue(), 'a.xlsm')
    assert [each.name for each in book.sheets] == ['Sheet1']
    assert '計算用' in book.remarks[0] and 'マクロは動かさず' in book.remarks[1]
