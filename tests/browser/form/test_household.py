"""The evacuee register: one person moves, and the rest of the household is asked about."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any
from uuid import uuid4

import pytest
from city import City
from playwright.sync_api import Page, expect
from watching import SIZES

sys.path.append(str(Path(__file__).parents[2] / 'forms'))

from test_definition_examples import EVACUEES, SHELTERS

SignedIn = Callable[..., Page]
MOVED_MEANWHILE = 'Failed to load resource: the server responded with a status of 409'


class Register:
    """The register through the API, as another person would use it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def ask(self, method: str, path: str, **body: Any) -> Any:
        headers = {'Origin': '/'.join(self.page.url.split('/')[:3])}
        data = {'request_id': str(uuid4()), **body} if body else None
        answer = self.page.request.fetch(f'/api/v1/apps/{path}', method=method, data=data, headers=headers)
        assert answer.ok, answer.text()
        return answer.json()

    def add(self, app: str, **values: Any) -> str:
        return str(self.ask('POST', f'{app}/records', values=values)['id'])

    def read(self, record: str) -> Any:
        return self.ask('GET', f'evacuees/records/{record}')


@pytest.fixture
def staff(city: City, signed_in: SignedIn) -> Page:
    """Signed in, with the register among the apps."""
    page = signed_in('leader')
    for name, text in (('shelters', SHELTERS), ('evacuees', EVACUEES)):
        file = city.definitions / f'{name}.yaml'
        if not file.exists():
            file.write_text(dedent(text), 'utf-8')
    while not {'shelters', 'evacuees'} <= {each['app'] for each in page.request.get('/api/v1/apps').json()['apps']}:
        page.wait_for_timeout(100)
    return page


@pytest.fixture
def register(staff: Page) -> Register:
    return Register(staff)


@pytest.fixture
def household(register: Register) -> dict[str, str]:
    """見本 太郎, 花子 and 次郎 in 額谷; キゴ is where they may go."""
    nukadani = register.add('shelters', 名称='額谷', 部屋あり=True)
    register.add('shelters', 名称='キゴ')
    taro = register.add('evacuees', 現在の居場所=nukadani, 氏名='見本 太郎', 部屋番号='G-4')
    with_them = {'同じ世帯の人': taro, '現在の居場所': nukadani}
    hanako = register.add('evacuees', **with_them, 氏名='見本 花子', 部屋番号='G-5')
    jiro = register.add('evacuees', **with_them, 氏名='見本 次郎')
    return {'taro': taro, 'hanako': hanako, 'jiro': jiro}


def move_to_kigo(page: Page, record: str) -> None:
    page.goto(f'/apps/evacuees/records/{record}/edit')
    page.locator('.ef-bar').wait_for()
    page.get_by_role('button', name='現在の居場所 ※必須').click()
    page.get_by_role('dialog').get_by_text('キゴ').first.click()
    expect(page.get_by_text('移動履歴を入力してください。').first).to_be_visible()
    page.get_by_role('button', name='保存する').click()
    expect(page.get_by_role('heading', name='同じ世帯の2人も')).to_be_visible()


def test_the_rest_of_the_household_moves_along_as_far_as_it_is_ticked(
    staff: Page, register: Register, household: dict[str, str]
) -> None:
    move_to_kigo(staff, household['taro'])
    staff.get_by_role('checkbox', name=re.compile('見本 花子')).focus()
    staff.keyboard.press('Space')
    staff.get_by_role('button', name='選んだ1人も変える').click()
    expect(staff.get_by_text('1人を変えました。')).to_be_focused()
    hanako, jiro = register.read(household['hanako']), register.read(household['jiro'])
    (row,) = hanako['values']['移動履歴']
    assert row['移動元'] == jiro['values']['現在の居場所'] != hanako['values']['現在の居場所'] == row['移動先']
    assert '部屋番号' not in hanako['values']
    assert jiro['rev'] == 1
    staff.get_by_role('button', name='終わる').click()
    staff.wait_for_url(re.compile(rf'/records/{household["taro"]}$'))
    expect(staff.locator('.live-news')).to_contain_text('変更を保存しました。')


def test_who_was_changed_meanwhile_is_named_and_not_overwritten(
    staff: Page, watch: Any, register: Register, household: dict[str, str]
) -> None:
    watch.expected = (MOVED_MEANWHILE,)
    move_to_kigo(staff, household['taro'])
    register.ask('PATCH', f'evacuees/records/{household["jiro"]}', rev=1, values={'フリガナ': 'ミホン ジロウ'})
    staff.get_by_role('button', name='すべて選ぶ').click()
    staff.get_by_role('button', name='選んだ2人も変える').click()
    expect(staff.get_by_text('1人を変えました。1人は変えていません。')).to_be_visible()
    refused = staff.get_by_role('listitem').filter(has_text='見本 次郎')
    expect(refused).to_contain_text('ほかの人が先にこの記録を変更しました。')
    assert register.read(household['jiro'])['rev'] == 2
    with staff.expect_popup() as opened:
        refused.get_by_role('link').click()
    expect(opened.value.locator('h1')).to_contain_text('見本 次郎')


@pytest.mark.parametrize('size', ['desk', 'tablet', 'phone'])
def test_the_records_to_tick_are_large_enough_at_every_size(
    staff: Page, household: dict[str, str], size: str
) -> None:
    width, height = SIZES[size]
    staff.set_viewport_size({'width': width, 'height': height})
    move_to_kigo(staff, household['taro'])
    for line in staff.locator('.ef-same-list .ef-choice').all():
        box = line.bounding_box()
        assert box and box['height'] >= 48 and box['x'] + box['width'] <= width
