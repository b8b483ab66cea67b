"""Pages without the frame when something fails: in Japanese, with the headers of every other page, quoting nothing."""

from __future__ import annotations

import httpx
import pytest
from nicegui import app
from small_office import Desk

from apps.screens import door


async def test_a_fault_on_a_plain_page_is_told_in_japanese(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError('例示 花子')

    monkeypatch.setattr(door, '_sign_in', fail)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as stranger:
        answer = await stranger.get('/sign-in')
    assert answer.status_code == 500 and 'うまく表示できませんでした' in answer.text
    assert '例示' not in answer.text and 'ValueError' not in answer.text and 'Error' not in answer.text
    assert "object-src 'none'" in answer.headers['Content-Security-Policy']
    assert answer.headers['X-Content-Type-Options'] == 'nosniff'
