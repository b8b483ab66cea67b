"""What every field type must do, run over the register: a new file in forms/fields is tested the moment it exists."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.choices import listed
from forms.field import Field, field_types

DIGEST = 'aa'
SETTINGS: dict[str, dict[str, Any]] = {
    'select_one': {'choices': listed('舗装', '側溝', 'その他'), 'other': True},
    'select_multiple': {'choices': listed('舗装', '側溝', 'その他'), 'other': True},
    'lookup': {'app': 'facilities', 'show_': ('種類',), 'copy': {'課': '所管課'}},
    'note': {'text': '説明'},
}
SAMPLES: dict[str, Any] = {
    'text': '見本', 'textarea': '一行目\n二行目', 'hidden': 'A-1', 'place': '見本町1丁目',
    'person_name': '見本 太郎', 'kana': 'ミホン　タロウ',
    'phone': '090-0000-0001', 'postal_code': '920-0962', 'address': '見本町1-2', 'email': 'mihon@example.jp',
    'url': 'https://www.example.jp/', 'integer': -1234, 'decimal': 36.5, 'money': -1234, 'calculation': 12,
    'date': '2024-01-23', 'partial_date': '1945~', 'time': '09:05', 'datetime': '2024-01-23T13:30:00+09:00',
    'yes_no': False, 'select_one': '側溝', 'select_multiple': ['舗装', 'その他'], 'staff': 'mihon',
    'section': '道路管理課', 'lookup': 'f1', 'location': {'lat': None, 'lon': None, 'place': '見本橋'}, 'note': None,
    'photo': [{'blob': DIGEST, 'name': 'a.jpg', 'type': 'image/jpeg', 'size': 1}],
    'attachment': [{'blob': DIGEST, 'name': 'a.jpg', 'type': 'image/jpeg', 'size': 1}],
    'subtable': [{'_row': '1', '日': '2024-01-23', '数': 2}, {'_row': '2', '数': 3}],
    'checklist': [{'_row': '外壁', '日': '2024-01-23', '数': 1}, {'_row': '屋根'}],
}  # fmt: skip
"""A stored value of each type."""

NOT_READ_BACK = {'photo', 'attachment', 'subtable', 'checklist', 'textarea', 'note'}
"""What is shown in short, or holds no value: files, rows, line ends."""


class Hall:
    """Surroundings in which one of everything exists."""

    today = date(2026, 5, 1)

    def record(self, app: str, record_id: str) -> Mapping[str, Any] | None:
        return {'施設名': '見本小学校'} if record_id == 'f1' else None

    def record_title(self, app: str, record_id: str) -> str | None:
        return '見本小学校' if record_id == 'f1' else None

    def records_titled(self, app: str, title: str) -> list[str]:
        return ['f1'] if title == '見本小学校' else []

    def staff_name(self, account: str) -> str | None:
        return '見本 太郎' if account == 'mihon' else None

    def staff_named(self, name: str) -> list[str]:
        return ['mihon'] if name == '見本 太郎' else []

    def section_name(self, section: str) -> str | None:
        return section if section == '道路管理課' else None

    def file(self, digest: str) -> Mapping[str, Any] | None:
        return {'blob': DIGEST, 'name': 'a.jpg', 'type': 'image/jpeg', 'size': 1} if digest == DIGEST else None


HALL = Hall()
TYPES = sorted(field_types())
JUNK: tuple[Any, ...] = (
    True, False, 0, 1, -1, 2**53, 10**400, 0.5, -0.0, 1e308, float('nan'), float('inf'), '', ' 　', '\x00', '\ud800',
    '{}', '見本', '１２', '令和6年1月23日', '99999999', [], [[]], [None], [{}], [{'blob': 'aa'}], [{'_row': {}}],
    ['舗装', 1], {}, {'lat': 'x'}, {'': None}, {'place': []}, {'a': {'b': [1]}},
)  # fmt: skip
typed = st.text(alphabet='0123456789０１二年月日時分秒半元令和平成昭頃代午前後千万円件R.-ー/:,、△()~ 　', max_size=16)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | typed,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=5), inside, max_size=4),
    max_leaves=8,
)


def field_of(type_name: str) -> Field:
    types = field_types()
    columns = (types['date'](name='日'), types['integer'](name='数'))
    rows: dict[str, dict[str, Any]] = {
        'subtable': {'columns': columns},
        'checklist': {'columns': columns, 'rows': listed('外壁', '屋根')},
    }
    return types[type_name](**{'name': '項目', **SETTINGS.get(type_name, {}), **rows.get(type_name, {})})


def storable(value: Any) -> bool:
    """Whether a value comes back the same from JSON in UTF-8, without NaN."""
    return json.loads(json.dumps(value, ensure_ascii=False, allow_nan=False).encode()) == value


def check_outcome(field: Field, raw: Any) -> None:
    """A raw value is refused, or read to a value that can be stored, read again, checked and shown."""
    parsed = field.parse(raw, HALL)
    if parsed.messages:
        assert parsed.value is None
        assert all(each.text and '項目' in each.path for each in parsed.messages)
        return
    assert storable(parsed.value)
    if parsed.value is None:
        return
    list(field.check(parsed.value))
    again = field.parse(parsed.value, HALL)
    assert (again.value, again.messages) == (parsed.value, ())
    assert isinstance(field.show(parsed.value, HALL), str)
    assert isinstance(field.search(parsed.value, HALL), str)


def test_there_is_a_sample_of_every_type() -> None:
    assert set(SAMPLES) == set(TYPES)


def test_the_types_of_the_language_are_all_there() -> None:
    assert set(TYPES) >= set(
        'text textarea integer decimal money date partial_date time datetime yes_no select_one select_multiple '
        'person_name kana phone postal_code address email url staff section location photo attachment lookup '
        'subtable checklist calculation note hidden'.split()
    )


@pytest.mark.parametrize('type_name', TYPES)
def test_a_type_is_a_file_of_its_name_with_a_japanese_name_and_a_widget(type_name: str) -> None:
    cls = field_types()[type_name]
    assert Path(cls.__module__.replace('.', '/')).name == type_name
    assert cls.TYPE == type_name
    assert not cls.TITLE.isascii()
    assert cls.WIDGET.isidentifier() and cls.WIDGET.islower()


def test_japanese_names_are_told_apart() -> None:
    titles = [field_types()[name].TITLE for name in TYPES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize('type_name', TYPES)
def test_every_setting_has_a_japanese_name(type_name: str) -> None:
    settings_of_type = dataclasses.fields(field_types()[type_name])
    assert [each.name for each in settings_of_type if not each.metadata.get('label')] == []


@pytest.mark.parametrize('type_name', TYPES)
def test_the_samples_settings_are_right(type_name: str) -> None:
    assert list(field_of(type_name).setting_problems()) == []


@pytest.mark.parametrize('type_name', TYPES)
def test_a_stored_value_is_read_as_itself_and_accepted(type_name: str) -> None:
    field, value = field_of(type_name), SAMPLES[type_name]
    assert field.parse(value, HALL).value == value
    assert value is None or list(field.check(value)) == []


@pytest.mark.parametrize('type_name', [name for name in TYPES if name not in NOT_READ_BACK])
def test_what_is_shown_can_be_typed(type_name: str) -> None:
    field, value = field_of(type_name), SAMPLES[type_name]
    assert field.parse(field.show(value, HALL), HALL).value == value


@pytest.mark.parametrize('type_name', TYPES)
@pytest.mark.parametrize('blank', [None, '', ' 　'])
def test_blank_is_none_and_shows_nothing(type_name: str, blank: str | None) -> None:
    field = field_of(type_name)
    if type_name == 'checklist':
        assert field.parse(None, HALL).value == [{'_row': '外壁'}, {'_row': '屋根'}]
    elif blank is None or type_name not in ('photo', 'attachment', 'subtable', 'note'):
        assert field.parse(blank, HALL) == type(field.parse(None, HALL))()
    assert field.show(None, HALL) == ''
    assert field.search(None, HALL) == ''


@pytest.mark.parametrize('type_name', TYPES)
@pytest.mark.parametrize('raw', JUNK, ids=lambda raw: repr(raw)[:20])
def test_junk_is_read_or_refused_and_never_raises(type_name: str, raw: Any) -> None:
    check_outcome(field_of(type_name), raw)


@pytest.mark.parametrize('type_name', TYPES)
@settings(max_examples=60, deadline=None)
@given(raw=json_values)
def test_any_json_is_read_or_refused_and_never_raises(type_name: str, raw: Any) -> None:
    check_outcome(field_of(type_name), raw)


@pytest.mark.parametrize('type_name', TYPES)
def test_what_the_browser_gets_is_json(type_name: str) -> None:
    assert storable(field_of(type_name).browser())


@pytest.mark.parametrize('type_name', TYPES)
def test_cells_have_headers_of_their_own_and_hold_what_excel_knows(type_name: str) -> None:
    field = field_of(type_name)
    cells = field.cells(HALL)
    headers = [header for header, _ in cells]
    assert len(set(headers)) == len(headers)
    assert all(header.startswith('項目') for header in headers)
    for value in (SAMPLES[type_name], None):
        written = [cell(value) for _, cell in cells]
        assert all(each is None or type(each) in (str, int, float, date, datetime, time) for each in written)


@pytest.mark.parametrize('type_name', TYPES)
def test_formulas_are_told_a_type(type_name: str) -> None:
    assert field_of(type_name).value_type.kind in {
        'number', 'text', 'boolean', 'date', 'datetime', 'time', 'record', 'table', 'blank',
    }  # fmt: skip


@pytest.mark.parametrize('type_name', TYPES)
def test_a_value_is_what_formulas_are_told(type_name: str) -> None:
    """A wrong kind would make every formula over the field fail."""
    kinds = {'number': (int, float), 'boolean': bool, 'table': list, 'record': (dict, str), 'blank': type(None)}
    field = field_of(type_name)
    assert isinstance(SAMPLES[type_name], kinds.get(field.value_type.kind, str))
