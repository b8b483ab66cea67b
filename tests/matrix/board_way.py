"""The board as a way in: a card of the drawn screen is moved, and what its dialog asks is sent as it sends it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from urllib.parse import quote

from matrix_office import APP, BOARD, Office
from nicegui.testing import User, user_simulation
from rules import ACT, Rule, Told

from apps.api.routes import install
from apps.form.form import EntryForm
from apps.pages import register
from apps.screens.board import Lanes
from apps.security import COOKIE

_MOMENT = 0.02
_numbers = count(1)


class Board:
    """One person in front of the board. A card tells the revision at which it was drawn."""

    deeds = (ACT,)

    def __init__(self, office: Office, user: User) -> None:
        self._office = office
        self._user = user

    @staticmethod
    @asynccontextmanager
    async def opened(office: Office) -> AsyncIterator[Board]:
        async with user_simulation() as user:
            install(_app(), office.context)
            register(office.context)
            user.http_client.cookies.set(COOKIE, office.session())
            yield Board(office, user)
            user.client.delete()  # a browser that is closed hears of nothing any more

    async def tried(self, deed: str, rule: Rule) -> Told:
        await self._user.open(f'/apps/{APP}?view={quote(BOARD)}')
        record = getattr(self._office, rule.on)
        card = await self._card(record)
        if rule.stale:
            card = {**card, 'rev': card['rev'] - 1}
        self._drop(card, rule.action)
        for _ in range(100):
            await asyncio.sleep(_MOMENT)
            if news := self._news():
                return (('', news),)
            for form in self._all(EntryForm):
                return await self._sent(form, rule)
        raise AssertionError('the board says nothing and asks nothing')

    async def _card(self, record: str) -> dict[str, Any]:
        for _ in range(100):
            lanes = [lane for each in self._all(Lanes) for lane in each.props['lanes']]
            for card in (card for lane in lanes for card in lane['cards']):
                if card['id'] == record:
                    return dict(card)
            await asyncio.sleep(_MOMENT)
        raise AssertionError('the card is not on the board')

    def _drop(self, card: dict[str, Any], action: str) -> None:
        """As board.js says that a card goes on by an action."""
        (lanes,) = self._all(Lanes)
        (listener,) = (each for each in lanes._event_listeners.values() if each.type == 'take')
        args = {'id': card['id'], 'rev': card['rev'], 'name': action}
        client: Any = self._user.client
        client.handle_event({'id': lanes.id, 'listener_id': listener.id, 'args': [json.dumps(args)]})

    async def _sent(self, form: EntryForm, rule: Rule) -> Told:
        """As the entry form of the dialog sends what it asks."""
        body = {'request_id': f'matrix-board-{next(_numbers)}', 'rev': form.props['rev'], 'values': rule.values}
        answer = await self._user.http_client.post(form.props['submitUrl'], json=body)
        problem = answer.json()
        assert answer.status_code >= 400, problem
        errors = tuple((each['code'], each['message']) for each in problem['errors'])
        return errors or ((problem['type'], problem['detail']),)

    def _all(self, kind: type) -> list[Any]:
        client: Any = self._user.client
        return [each for each in client.elements.values() if isinstance(each, kind)]

    def _news(self) -> str:
        (place,) = (each for each in self._all(object) if 'board-news' in each.classes)
        return ''.join(getattr(each, 'text', '') for each in place.descendants())


def _app() -> Any:
    from nicegui import app

    return app
