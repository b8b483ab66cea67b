"""Many records at once: ticked, the assignee changed in three touches, values and actions previewed, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]
OPEN = '/apps/road_requests'


def ticks(page: Page) -> None:
    """The first three records of the list."""
    page.goto(OPEN)
    boxes = page.locator('.records tbody .pick input')
    boxes.first.wait_for()
    for place in range(3):
        boxes.nth(place).check()
    expect(page.locator('.bulk-count')).to_contain_text('3件を選択中')


def assignees(page: Page) -> list[str]:
    return page.locator('.records tbody tr td:last-child').all_inner_texts()[:3]


@pytest.mark.parametrize('width', [1280, 800, 360])
def test_an_assignee_for_three_in_three_touches_and_back(signed_in: SignedIn, width: int) -> None:
    page = signed_in()
    page.set_viewport_size({'width': width, 'height': 800})
    ticks(page)
    before = assignees(page)
    for each in page.locator('.records tbody .pick').all()[:3]:
        box = each.bounding_box()
        assert box is not None and box['width'] >= 44 and box['height'] >= 44
    page.get_by_role('button', name='担当者を決める').click()
    ways = page.locator('.bulk-way')
    ways.first.wait_for()
    held = {each for each in before if each}
    names = [text.split('\n')[-1].strip() for text in ways.all_inner_texts()]
    ways.nth(next(place for place, name in enumerate(names) if not any(each in name for each in held))).click()
    page.get_by_role('button', name='3件変更する').click()
    expect(page.locator('.bulk-said')).to_contain_text('3件を変更しました')
    expect(page.locator('.bulk-bar')).to_be_hidden()
    page.get_by_role('button', name='元に戻す').click()
    expect(page.locator('.bulk-said')).to_contain_text('3件を元に戻しました')
    page.reload()
    page.locator('.records tbody tr').first.wait_for()
    assert assignees(page) == before


def test_a_value_that_one_record_cannot_take_is_told_with_its_reason(signed_in: SignedIn) -> None:
    page = signed_in()
    ticks(page)
    page.get_by_role('button', name='項目を変更する').press('Enter')
    page.get_by_label('現地確認日', exact=True).check()
    page.get_by_role('button', name='値を入力する').click()
    page.locator('.ef-form').wait_for()
    for place in range(3):
        page.locator('dialog .ef-form input').nth(place).fill('2')
    page.get_by_role('button', name='確かめる').click()
    expect(page.locator('.bulk-outcome')).to_contain_text('変更できません')
    expect(page.locator('.bulk-refusals')).to_contain_text('現地確認日は受付日以後にしてください。')
    expect(page.locator('.bulk-refused a')).to_have_count(3)
    page.keyboard.press('Escape')
    expect(page.locator('dialog')).to_have_count(0)
    expect(page.locator('.bulk-count')).to_contain_text('3件を選択中')


def test_who_may_only_act_is_offered_actions_and_all_found_can_be_chosen(signed_in: SignedIn) -> None:
    page = signed_in('kacho')
    ticks(page)
    expect(page.get_by_role('button', name='担当者を決める')).to_have_count(1)
    expect(page.get_by_role('button', name='項目を変更する')).to_have_count(0)
    page.get_by_role('button', name='件すべてを選ぶ').click()
    expect(page.get_by_role('button', name='件すべてを選ぶ')).to_have_count(0)
    page.get_by_role('button', name='操作をする').click()
    page.locator('.bulk-way', has_text='取り下げる').click()
    expect(page.locator('.bulk-outcome')).to_contain_text('変更します')
    page.get_by_role('button', name='やめる', exact=True).click()
    page.get_by_role('button', name='選択をやめる').click()
    expect(page.locator('.bulk-bar')).to_be_hidden()
