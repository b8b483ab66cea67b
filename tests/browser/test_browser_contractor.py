"""A contractor works through the real form: the hidden never reaches the browser, and their save does not lose it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Response, WebSocket, expect

SignedIn = Callable[..., Page]
NAME, NUMBER = '例示 秘子', '090-0000-0071'


def test_a_contractor_finishes_work_without_ever_getting_the_name(signed_in: SignedIn) -> None:
    contractor = signed_in('itaku')
    contractor.goto('/apps/road_requests')
    record = contractor.locator('.records tbody a').first.get_attribute('href')
    staff = signed_in('shokuin')
    staff.goto(f'{record}/edit')
    staff.get_by_label(re.compile('^氏名')).fill(NAME)
    staff.get_by_label(re.compile('^電話番号')).fill(NUMBER)
    staff.get_by_role('button', name='保存する').click()
    staff.wait_for_url(re.compile(r'/records/[^/]+$'))

    arrived: list[str] = []
    contractor.on('response', lambda answer: arrived.append(text_of(answer)))
    contractor.on('websocket', lambda socket: listen(socket, arrived))
    contractor.goto(f'{record}/edit')
    expect(contractor.get_by_label(re.compile('^氏名'))).to_have_count(0)
    contractor.get_by_label(re.compile('^対応内容')).fill('砕石を敷いて固めた。')
    contractor.get_by_role('button', name='保存する').click()
    contractor.wait_for_url(re.compile(r'/records/[^/]+$'))
    expect(contractor.locator('.record-main')).to_contain_text('砕石を敷いて固めた。')
    contractor.goto('/apps/road_requests?view=すべて')
    expect(contractor.locator('.records tbody tr').first).to_be_visible()
    assert any('砕石' in each for each in arrived), 'what arrives is really looked at'
    assert not [each for each in arrived if NAME in each or '秘子' in each or '-0071' in each]

    staff.goto(record)
    expect(staff.locator('.record-main')).to_contain_text(NAME)
    expect(staff.locator('.record-main')).to_contain_text('砕石を敷いて固めた。')
    staff.goto('/apps/road_requests?view=すべて&filter.年度=&q=秘子')
    expect(staff.locator('.records')).to_contain_text('例＊ 秘＊')
    expect(staff.locator('.records')).not_to_contain_text(NAME)
    staff.get_by_role('button', name='個人情報を表示する').click()
    expect(staff.locator('.records')).to_contain_text(NAME)


def text_of(answer: Response) -> str:
    kind = answer.headers.get('content-type', '')
    try:
        return answer.text() if 'html' in kind or 'json' in kind else ''
    except Exception:  # a redirect has no body
        return ''


def listen(socket: WebSocket, arrived: list[str]) -> None:
    def heard(payload: str | bytes) -> None:
        text = payload if isinstance(payload, str) else payload.decode('utf-8', 'replace')
        arrived.append(re.sub(r'\\u([0-9a-f]{4})', lambda found: chr(int(found[1], 16)), text))

    socket.on('framereceived', heard)
