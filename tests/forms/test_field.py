"""What every field has: its register, its messages, its settings."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from forms.field import Field, field_type, field_types
from forms.message import TEXTS, message
from forms.raw import many_lines, one_line, typed_text

FORMS = Path(__file__).parents[2] / 'forms'


def test_a_word_for_a_field_type_is_taken_once() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Again(Field):
        pass

    with pytest.raises(ValueError, match='text'):
        field_type('text', title='もう一度')(Again)
    assert field_types()['text'] is not Again


def test_all_types_are_found_even_when_one_was_imported_before() -> None:
    count = 'from forms.field import field_types; print(len(field_types()))'
    assert printed(count) == printed(f'import forms.fields.checklist; {count}')


def printed(code: str) -> bytes:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, '-c', code], cwd=FORMS.parent, capture_output=True, check=True).stdout


def test_a_field_without_a_label_is_called_by_its_name() -> None:
    assert Field(name='種別').title == '種別'
    assert Field(name='種別', label='要望の種別').message('required').text == '要望の種別を入力してください。'


def test_a_message_in_a_row_says_which_row() -> None:
    assert message('移動先', 'required', label='移動先').inside('移動履歴[2]').path == '移動履歴[2].移動先'


def test_a_message_needs_its_text_in_the_catalogue() -> None:
    with pytest.raises(KeyError):
        message('種別', 'no_such_code', label='種別')


def test_braces_that_people_type_are_no_placeholders() -> None:
    found = message('種別', 'not_a_choice', label='種別', value='{label}{0}')
    assert found.text.startswith('種別「{label}{0}」は選択肢にありません。')


def test_every_code_that_a_field_type_says_has_a_text() -> None:
    said = {
        code
        for path in [*FORMS.glob('fields/*.py'), FORMS / 'field.py']
        for code in re.findall(r"self\.(?:message|refused)\(\s*'(\w+)'", path.read_text(encoding='utf-8'))
    }
    assert len(said) > 30
    assert said <= TEXTS.keys()


@pytest.mark.parametrize(
    ('raw', 'text'),
    [
        (None, ''), (12.0, '12'), (0.1, '0.1'), (1e-7, '0.0000001'), (True, None), ([], None), (float('inf'), None),
        (2**53, None),
    ],
)
def test_raw_values_as_typed_text(raw: object, text: str | None) -> None:
    assert typed_text(raw) == text


def test_text_that_can_be_stored() -> None:
    assert one_line(' a\t\nb\x0bc\u200b ') == 'a b c'
    assert many_lines('a\r\nb\u2028c\ud800') == 'a\nb\nc'
