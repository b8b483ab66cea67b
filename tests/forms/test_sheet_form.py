"""Names in braces are found in a workbook as Excel writes it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from forms.sheet_form import NotAForm, gaps_in


def workbook(folder: Path, strings: str) -> Path:
    file = folder / '様式.xlsx'
    with zipfile.ZipFile(file, 'w') as book:
        book.writestr('xl/sharedStrings.xml', f'<sst>{strings}</sst>')
        cell = '<c t="inlineStr"><is><t>{{備考}}</t></is></c>'
        book.writestr('xl/worksheets/sheet1.xml', f'<sheetData>{cell}</sheetData>')
    return file


def test_a_name_written_in_two_looks_is_one_name(tmp_path: Path) -> None:
    strings = '<si><r><t>{{場</t></r><r><rPr><b/></rPr><t xml:space="preserve">所}} 付近</t></r></si>'
    assert gaps_in(workbook(tmp_path, strings)) == ('場所', '備考')


def test_spaces_and_signs_of_xml_do_not_matter_and_a_name_is_told_once(tmp_path: Path) -> None:
    strings = '<si><t>{{ A&amp;B }}と{{A&amp;B}}</t></si><si><t>{ふつうの} かっこ</t></si>'
    assert gaps_in(workbook(tmp_path, strings)) == ('A&B', '備考')


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    for content in (b'', b'PK\x03\x04', b'%PDF'):
        file = tmp_path / 'x.xlsx'
        file.write_bytes(content)
        with pytest.raises(NotAForm):
            gaps_in(file)
    with pytest.raises(NotAForm):
        gaps_in(tmp_path / 'ない.xlsx')
