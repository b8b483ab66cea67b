"""Two reports of one thing: compared, merged by keyboard alone, seen from both sides, and separated again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from asking import opened, road
from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]
CHECKS = (Path(__file__).parents[1] / 'page_checks.js').read_text('utf-8')
HERE = {'lat': 36.5713, 'lon': 136.6021}
NEAR = {'lat': 36.5714, 'lon': 136.6021}
LONG = '信号を渡った先の車道に、深さ10cmくらいの穴があります。自転車が転びそうになりました。' * 2


def two(page: Page) -> tuple[dict[str, Any], dict[str, Any]]:
    first = road(page, 場所='標準町9丁目 見比べ橋', 位置=HERE, 内容=LONG)
    return first, road(page, 場所='見比べ橋の東', 位置=NEAR, 内容='橋の手前に穴がある。')


def test_two_reports_are_compared_merged_and_separated(signed_in: SignedIn) -> None:
    page = signed_in(size='phone')
    first, second = two(page)
    opened(page, f'/apps/road_requests/records/{second["id"]}')
    page.locator('.same-panel').get_by_role('link', name=first['title']).click()
    beside = page.locator('.same')
    expect(beside).to_contain_text(LONG)
    expect(beside.locator('.same-apart')).to_contain_text('11 m')
    expect(page.locator('.same-likely').get_by_role('link', name=first['title'])).to_be_visible()
    assert page.evaluate(CHECKS) == []
    merge = page.get_by_role('button', name=f'「{first["title"]}」にまとめる')
    merge.focus()
    page.keyboard.press('Enter')
    expect(page.get_by_role('status').filter(has_text='にまとめました')).to_be_visible()
    expect(merge).to_have_count(0)

    opened(page, f'/apps/road_requests/records/{second["id"]}')
    panel = page.locator('.same-panel')
    expect(panel).to_contain_text('操作は、まとめ先で行います')
    expect(page.locator('.stage.now .stage-name')).to_have_text('重複')
    expect(page.locator('.workflow').get_by_role('button')).to_have_count(0)
    assert page.evaluate(CHECKS) == []
    panel.get_by_role('link', name=first['title']).click()
    expect(panel).to_contain_text('申出 2件')
    expect(page.locator('.timeline')).to_contain_text('重複としてまとめる')
    panel.get_by_role('button', name=f'「{second["title"]}」と別々にする').click()
    expect(panel).not_to_contain_text('申出 2件')
    opened(page, f'/apps/road_requests/records/{second["id"]}')
    expect(page.locator('.stage.now .stage-name')).to_have_text('受付')


def test_what_is_linked_appears_on_the_page_that_a_colleague_has_open(signed_in: SignedIn) -> None:
    page, colleague = signed_in(), signed_in('leader')
    first, second = two(page)
    opened(colleague, f'/apps/road_requests/records/{first["id"]}')
    opened(page, f'/apps/road_requests/records/{second["id"]}/same?other={first["id"]}')
    page.get_by_role('button', name='つなぐだけにする').click()
    expect(page.get_by_role('button', name='別々にする')).to_be_visible()
    linked = colleague.locator('.same-panel').get_by_role('link', name=second['title'])
    expect(linked).to_contain_text('受付')
