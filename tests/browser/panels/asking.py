"""What the browser tests of panels do over and over: ask the API as the person of the page, wait, open."""

from __future__ import annotations

import uuid
from typing import Any

from playwright.sync_api import Page
from watching import ready


def post(page: Page, address: str, **body: Any) -> dict[str, Any]:
    """Send as the person who is signed in on the page. Raises AssertionError for a refusal."""
    answer: dict[str, Any] = page.evaluate(
        """async ([address, body]) => {
            const headers = { 'content-type': 'application/json' }
            const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
            return { status: answer.status, ...(await answer.json()) }
        }""",
        [address, {'request_id': f'test-{uuid.uuid4()}', **body}],
    )
    assert answer['status'] < 300, answer
    return answer


def submit(page: Page, app: str, **values: Any) -> dict[str, Any]:
    """A new record."""
    return post(page, f'/api/v1/apps/{app}/records', values=values)


def act(page: Page, app: str, record: str, action: str, **values: Any) -> dict[str, Any]:
    """An action on a record."""
    return post(page, f'/api/v1/apps/{app}/records/{record}/actions/{action}', values=values)


def road(page: Page, **values: Any) -> dict[str, Any]:
    """A road request of today."""
    usual = {'受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': '試験町1丁目', '内容': '穴があいている。'}
    return submit(page, 'road_requests', **{**usual, **values})


def visit(page: Page, *items: str) -> dict[str, Any]:
    """Somebody at the counter."""
    return submit(page, 'counter_queue', **{'用件': list(items), '受付方法': '来庁'})


def wait_for_app(page: Page, app: str) -> None:
    """Until the server has read the definition that was just written."""
    for _ in range(100):
        answer: dict[str, Any] = page.evaluate("async () => (await fetch('/api/v1/apps')).json()")
        if any(each['app'] == app for each in answer['apps']):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f'{app} did not appear')


def opened(page: Page, address: str) -> Page:
    """The page at an address, alive."""
    page.goto(address)
    ready(page)
    return page
