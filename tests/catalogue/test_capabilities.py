"""What holds for every capability, also for one that is written tomorrow."""

from __future__ import annotations

import dataclasses
import pkgutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import forms.capabilities
from forms.capability import Capability, Moment, capabilities, capability
from forms.loader import load_folder
from forms.setting import settings_of

ROOT = Path(__file__).parents[2]
APPS = load_folder(ROOT / 'apps' / 'definitions').apps
KEYS = sorted(capabilities())
USED = [
    pytest.param(app, app.capabilities[key], id=f'{name}-{key}')
    for name, app in APPS.items()
    for key in app.capabilities
]
MOMENT = Moment(datetime(2026, 11, 2, 9, tzinfo=ZoneInfo('Asia/Tokyo')), account='mihon', roles=('staff',))


def test_one_file_or_folder_per_capability_named_like_its_key():
    assert sorted(module.name for module in pkgutil.iter_modules(forms.capabilities.__path__)) == KEYS


def test_a_key_is_taken_once():
    with pytest.raises(ValueError, match='twice'):
        capability('queue', title='もう一つ')(Capability)


def test_every_capability_is_used_by_an_app_that_is_shipped():
    assert {key for app in APPS.values() for key in app.capabilities} == set(KEYS)


@pytest.mark.parametrize('key', KEYS)
def test_every_capability_has_a_japanese_name_and_its_own_tests(key):
    cls = capabilities()[key]
    assert cls.TITLE
    assert not cls.TITLE.isascii()
    assert (ROOT / 'tests' / 'forms' / 'capabilities' / f'test_{key}.py').exists()


@pytest.mark.parametrize('key', KEYS)
def test_every_setting_is_named_in_japanese_and_what_is_a_list_is_a_setting(key):
    cls = capabilities()[key]
    settings = settings_of(cls)
    assert settings
    for each in settings.values():
        assert each.label
        assert not each.label.isascii(), each.name
    assert not cls.LIST or cls.LIST in settings


@pytest.mark.parametrize('key', KEYS)
def test_settings_cannot_be_changed(key):
    cls = capabilities()[key]
    assert dataclasses.is_dataclass(cls)
    assert cls.__dataclass_params__.frozen


@pytest.mark.parametrize(('app', 'used'), USED)
def test_added_fields_are_readonly_and_part_of_the_app(app, used):
    """A capability's own field is never typed: the operation writes it by rule."""
    for each in used.added_fields():
        assert each.readonly is True
        assert app.fields[each.name] == each


@pytest.mark.parametrize(('app', 'used'), USED)
def test_every_formula_among_the_settings_is_compiled(app, used):
    for each in used.formula_settings():
        assert app.formula(*each.key(used.KEY)) is not None, each.path


@pytest.mark.parametrize(('app', 'used'), USED)
def test_no_hook_stumbles_over_an_empty_record(app, used):
    """Old records lack whatever was added to the definition since."""
    filled = used.fill(app, None, {}, MOMENT)
    assert set(filled) <= {each.name for each in used.added_fields()}
    assert list(used.refuse(app, {}, {}, MOMENT)) == []
    assert isinstance(used.derive(app, {}, MOMENT), dict)
    assert list(used.claims(app, {})) == []
    assert list(used.follow_ups(app, None, {}, MOMENT)) == []
    assert list(used.problems(app)) == []
    for wish in used.numbers(app, None, {}, MOMENT):
        assert wish.render(wish.start, {}) is not None
    for offer in used.offers(app, {}, MOMENT):
        assert used.takes(offer.name)
        assert offer.label
    assert not used.takes('そんな操作はない')
    undone = used.undo(app, {}, [], {}, MOMENT)
    assert undone is None or undone.messages


@pytest.mark.parametrize(('app', 'used'), USED)
def test_no_hook_changes_what_it_is_given(app, used):
    values = {name: None for name in app.fields}
    before = dict(values)
    used.fill(app, values, values, MOMENT)
    used.derive(app, values, MOMENT)
    list(used.follow_ups(app, values, values, MOMENT))
    used.offers(app, values, MOMENT)
    assert values == before
