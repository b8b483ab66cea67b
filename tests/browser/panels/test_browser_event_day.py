"""An event from the doubles to the day itself: each test goes on where the one before has ended."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import opened, wait_for_app
from city import ROOT, City
from playwright.sync_api import Page, expect

SignedIn = Callable[..., Page]
EVENT = 'summer_lottery'
FORM = '/public/forms/natsu'
Pair = tuple[str, str]


def write(city: City, closes: str, announced: str) -> None:
    text = (ROOT / 'apps' / 'definitions' / 'event_lottery.yaml').read_text('utf-8')
    moments = {
        '2026-10-01 09:00': '2020-01-01 09:00',
        '2026-12-11 17:00': closes,
        '2026-12-15 10:00': announced,
        '2026-12-18 17:00': '2100-01-10 17:00',
        '2026-12-20': '2100-01-20',
        'address: tougei': 'address: natsu',
    }
    for shipped, own in moments.items():
        text = text.replace(shipped, own)
    (Path(city.definitions) / f'{EVENT}.yaml').write_text(text, 'utf-8')


@pytest.fixture(scope='module')
def applicants() -> list[Pair]:
    """Number and code of each, filled by the first test."""
    return []


def applied(city: City, number: int, birth: str, phone: str) -> Pair:
    """An application by the public form."""
    who = {'氏名': f'見本 {number}', 'フリガナ': f'ミホン {"アイウエオ"[number]}', '生年月日': birth, '電話番号': phone}
    values = {**who, '住まい': '市内', '第1希望': '午前の部', '人数': '2'}
    body = json.dumps({'request_id': f'event-day-{number:012}', 'values': values}).encode()
    headers = {'Content-Type': 'application/json'}
    request = urllib.request.Request(f'{city.url}{FORM}/applications', body, headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        told = json.load(answer)
    return told['number'], told['code']


def reopened(page: Page, part: str) -> None:
    """Open the app again until its panel shows this part."""
    for _ in range(50):
        opened(page, f'/apps/{EVENT}')
        page.locator('.lottery .stages').wait_for()
        if page.locator(part).count():
            return
        page.wait_for_timeout(200)
    raise AssertionError(part)


def test_two_doubles_are_decided_one_each_way(signed_in: SignedIn, city: City, applicants: list[Pair]) -> None:
    page = signed_in()
    write(city, '2099-12-11 17:00', '2099-12-15 10:00')
    wait_for_app(page, EVENT)
    same = ('2015-04-01', '090-0000-0001')
    for number, who in enumerate([same, same, same, ('2014-01-01', '090-0000-0009')]):
        applicants.append(applied(city, number, *who))
    write(city, '2020-12-11 17:00', '2099-12-15 10:00')
    reopened(page, '.lottery-step button')
    expect(page.locator('.double')).to_have_count(3)
    first = page.locator('.double').first
    expect(first).to_contain_text('生年月日と電話番号が同じです。')
    first.get_by_role('button', name='別の方').click()
    expect(page.locator('.double')).to_have_count(2)
    third = applicants[2][0]
    page.get_by_role('button', name=f'{third}を取り下げる').first.click()
    page.get_by_role('dialog').get_by_role('button', name='取り下げる').click()
    expect(page.locator('.double')).to_have_count(0)
    page.get_by_role('button', name='申込みの一覧を確定する').click()
    page.get_by_role('dialog').get_by_role('button', name='確定する').click()
    page.get_by_label('公開の値').fill('38123.45')
    page.keyboard.press('Enter')
    page.get_by_role('dialog').get_by_role('button', name='抽選する').click()
    expect(page.locator('.outcome-count').first).to_contain_text('3')


def test_a_winner_says_on_the_phone_that_they_come(
    new_page: SignedIn, signed_in: SignedIn, city: City, applicants: list[Pair]
) -> None:
    staff, page = signed_in(), new_page('phone')
    write(city, '2020-12-11 17:00', '2021-01-01 10:00')
    for _ in range(50):
        page.goto(f'{FORM}/draw')
        if page.locator('#number').count():
            break
        page.wait_for_timeout(200)
    for number, code in applicants[:2]:
        page.goto(f'{FORM}/own')
        page.get_by_label('受付番号').fill(number)
        page.get_by_label('確認コード').fill(code)
        page.keyboard.press('Enter')
        page.get_by_role('button', name='参加する').click()
        expect(page.get_by_role('heading', name='受け付けました')).to_be_focused()
        expect(page.locator('.lines')).to_contain_text(re.compile('参加の返事\\s*参加'))
    opened(staff, f'/apps/{EVENT}')
    expect(staff.locator('.lottery-answers').first).to_contain_text('2件')


def test_everybody_finds_their_own_line_of_the_result(new_page: SignedIn, applicants: list[Pair]) -> None:
    page = new_page('phone')
    page.goto(f'{FORM}/draw')
    page.get_by_label('受付番号').fill(applicants[0][0])
    page.get_by_role('button', name='自分の結果を見る').click()
    expect(page.get_by_role('heading', name='この番号の結果')).to_be_focused()
    expect(page.locator('.lines').last).to_contain_text('当選')
    expect(page.locator('body')).not_to_contain_text('見本')
    assert page.evaluate('document.documentElement.scrollWidth') <= 360


def test_on_the_day_numbers_are_typed_one_after_the_other(signed_in: SignedIn, applicants: list[Pair]) -> None:
    page = signed_in()
    opened(page, f'/apps/{EVENT}')
    page.get_by_text('当日の受付(来場').click()
    page.get_by_label('受付番号', exact=True).click()
    for number, _ in applicants[:2]:
        page.keyboard.type(number)
        page.keyboard.press('Enter')
        received = f'{number} 2人 午前の部 を受け付けました。'
        expect(page.locator('.lottery').get_by_role('status')).to_contain_text(received)
        expect(page.locator('#attending')).to_be_focused()
        expect(page.locator('#attending')).to_have_value('')
    expect(page.get_by_text('当日の受付(来場 2件 / 参加 2件)')).to_be_visible()
    page.keyboard.type(applicants[0][0])
    page.keyboard.press('Enter')
    expect(page.locator('.lottery').get_by_role('alert')).to_contain_text('もう受け付けています。')
    expect(page.locator('#attending')).to_have_value('')
    expect(page.get_by_text(received)).to_have_count(0)
