"""A page whose session is locked, over or somebody else's: what it sends reaches nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from nicegui import ui
from nicegui.testing import User
from small_office import Desk

from apps.context import AppContext
from apps.live import OperatorChanged
from apps.people import SYSTEM
from apps.security import COOKIE

pytestmark = pytest.mark.long


def press(user: User, button: ui.button) -> None:
    """What the browser sends for a click."""
    (listener,) = (each for each in button._event_listeners.values() if each.type == 'click')
    assert user.client is not None
    user.client.handle_event({'id': button.id, 'listener_id': listener.id, 'args': []})


@pytest.mark.parametrize('ending', ['locked', 'closed', 'reset', 'stopped'])
async def test_no_event_of_a_barred_page_reaches_a_handler(desk: Desk, office: AppContext, ending: str) -> None:
    """Also a handler that asks nothing itself: the page as a whole is shut."""
    user = await desk('taro')
    await user.open('/')
    token = user.http_client.cookies[COOKIE]
    pressed: list[Any] = []
    assert user.client is not None
    with user.client:
        button = ui.button('press', on_click=lambda: pressed.append(1))
    press(user, button)
    if ending == 'locked':
        office.sessions.lock(token)
    elif ending == 'closed':
        office.sessions.close(token)
    elif ending == 'reset':
        await office.accounts.set_password('taro', 'given-by-another-1', by=SYSTEM, temporary=True)
    else:
        await office.accounts.change('taro', {'disabled': True}, by=SYSTEM)
    press(user, button)
    await asyncio.sleep(0.05)
    assert pressed == [1]


async def test_only_the_page_that_was_handed_over_goes_on_as_the_next_person(desk: Desk, office: AppContext) -> None:
    user = await desk('taro')
    await user.open('/me')
    await user.should_see('見本 taro')
    next_person = office.accounts.get('hanako')
    assert next_person is not None and user.client is not None
    before, token = user.http_client.cookies[COOKIE], office.sessions.open(next_person)
    office.live.publish(OperatorChanged(before, 'another page', token))
    await user.should_not_see('見本 hanako')
    office.live.publish(OperatorChanged(before, user.client.id, token))
    await user.should_see('見本 hanako')
