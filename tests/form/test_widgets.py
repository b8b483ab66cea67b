"""Every look that a field type names is drawn by a file, and every file is named by a field type."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.field import field_types

WIDGETS = Path(__file__).parents[2] / 'apps' / 'form' / 'widgets'
DRAWN = {path.stem for path in WIDGETS.glob('*.js')}
CHOSEN_BY_TYPE = {'partial_date'}
"""Looks that the form chooses by the field's type (fields.js), whatever the field type names."""


@pytest.mark.parametrize('name', sorted(field_types()))
def test_every_field_type_has_a_look(name: str) -> None:
    assert field_types()[name].WIDGET in DRAWN


def test_no_look_is_left_over() -> None:
    assert {each.WIDGET for each in field_types().values()} | CHOSEN_BY_TYPE == DRAWN


@pytest.mark.parametrize('path', sorted(WIDGETS.glob('*.js')), ids=lambda path: path.stem)
def test_a_look_shows_values_or_is_plain_text(path: Path) -> None:
    """Read-only fields and collisions show values through `shown`; without it they stand there as they are stored."""
    stores_plain_text = {'text', 'place', 'textarea', 'kana', 'postal_code', 'time', 'note', 'hidden'}
    assert ('export function shown(' in path.read_text(encoding='utf-8')) is (path.stem not in stores_plain_text)
