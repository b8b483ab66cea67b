"""Black boxes over photos: over which, who may see what is under them, and what cannot be right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_office import NOON, app, mistakes

from forms.capabilities.redaction import redaction_of

FIELDS = """
title: 見本
sections:
- title: 内容
  fields:
  - {name: 場所, type: text}
  - {name: 写真, type: photo}
  - {name: 図面, type: photo}
  - {name: 箇所, type: subtable, columns: [{name: 近景, type: photo}]}
"""


def test_all_photos_are_meant_where_none_is_named_and_rows_with_photos_too() -> None:
    definition = app(FIELDS + 'redaction: {originals: [leader]}')
    redaction = redaction_of(definition)
    assert redaction is not None
    assert [name for name, each in definition.fields.items() if redaction.covers(each)] == ['写真', '図面', '箇所']
    some = app(FIELDS + 'redaction: {fields: [写真]}')
    narrower = redaction_of(some)
    assert narrower is not None and not narrower.covers(some.fields['図面'])


@pytest.mark.parametrize(
    ('roles', 'sections', 'sees'),
    [(('leader',), (), True), (('staff',), ('道路管理課',), True), (('staff',), ('税務課',), False), ((), (), False)],
)
def test_roles_and_sections_that_are_named_see_originals(
    roles: tuple[str, ...], sections: tuple[str, ...], sees: bool
) -> None:
    redaction = redaction_of(app(FIELDS + 'redaction: {originals: [leader, 道路管理課]}'))
    assert redaction is not None
    assert redaction.may_see_originals(replace(NOON, roles=roles, sections=sections)) is sees


def test_an_app_without_it_paints_nothing() -> None:
    assert redaction_of(app(FIELDS)) is None and redaction_of(None) is None


@pytest.mark.parametrize(('name', 'code'), [('写眞', 'D209'), ('場所', 'D210')])
def test_only_photos_can_be_named(name: str, code: str) -> None:
    assert mistakes(FIELDS + f'redaction: {{fields: [{name}]}}') == [(code, 10)]
