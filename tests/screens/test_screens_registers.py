"""The registers of view screens and panels, and what an element may be given."""

from __future__ import annotations

import pytest

from apps import panel
from apps.screens.view_screen import ViewScreen, view_screen, view_screens
from apps.tags import link
from forms.capability import capabilities
from forms.view import VIEW_TYPES


def test_every_screen_draws_a_view_type_that_can_be_written() -> None:
    assert 'list' in view_screens()
    assert set(view_screens()) <= set(VIEW_TYPES)
    assert all(issubclass(each, ViewScreen) for each in view_screens().values())


def test_a_view_type_has_one_screen() -> None:
    view_screens()
    with pytest.raises(ValueError, match='two screens'):
        view_screen('list')(ViewScreen)


def test_every_panel_belongs_to_a_capability() -> None:
    class EveryCapability:
        capabilities = dict.fromkeys(capabilities())

    assert panel.record_panels(EveryCapability)  # type: ignore[arg-type]
    registers = (panel._RECORD_PANELS, panel._APP_PANELS)
    assert all(set(each) <= set(capabilities()) for each in registers)


@pytest.mark.parametrize('target', ['javascript:alert(1)', 'https://example.com', '//example.com', 'apps/x'])
def test_links_lead_to_our_own_addresses_only(target: str) -> None:
    with pytest.raises(ValueError, match='address'):
        link('x', target)
