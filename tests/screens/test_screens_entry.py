"""What an address may bring along into the form of a new record."""

from __future__ import annotations

from urllib.parse import quote

from nicegui import ElementFilter
from nicegui.testing import User
from small_office import Desk

from apps.form.form import EntryForm


async def begun(user: User, address: str) -> str:
    """What the browser is given to draw the form with."""
    await user.open(address)
    with user:
        (form,) = ElementFilter(kind=EntryForm)
        return repr(form.props['form'])


async def test_an_address_answers_questions_but_never_with_personal_data(desk: Desk) -> None:
    given = f'場所={quote("例示町9")}&氏名={quote("見本 太郎")}&電話番号=090-0000-0001'
    form = await begun(await desk('taro'), f'/apps/road_requests/new?{given}')
    assert '例示町9' in form
    assert '見本 太郎' not in form and '090-0000-0001' not in form
