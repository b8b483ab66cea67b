"""Every staff page at every size: one heading, a title, names on all controls, targets for fingers, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from watching import SIZES, Watch, ready

SignedIn = Callable[..., Page]
CHECKS = (Path(__file__).parent / 'page_checks.js').read_text('utf-8')

PAGES = {
    'home': ('leader', '/'),
    'list': ('shokuin', '/apps/road_requests'),
    'list of another year': ('shokuin', '/apps/road_requests?view=すべて&filter.年度=&page=2'),
    'nothing found': ('shokuin', '/apps/road_requests?q=どこにもない言葉'),
    'queue': ('shokuin', '/apps/counter_queue'),
    'queue statistics': ('kacho', '/apps/counter_queue/queue/statistics?span=month'),
    'day of a queue': ('kacho', '/apps/counter_queue/queue/replay'),
    'lottery': ('shokuin', '/apps/event_lottery'),
    'inspections': ('leader', '/apps/inspections'),
    'new request': ('shokuin', '/apps/road_requests/new'),
    'phone screen': ('shokuin', '/apps/road_requests/call'),
    'new inspection': ('leader', '/apps/inspections/new'),
    'way of the day': ('shokuin', '/apps/road_requests/route'),
    'mistakes': ('leader', '/problems'),
    'accounts': ('kanri', '/accounts'),
    'not found': ('shokuin', '/apps/nowhere'),
    'not allowed': ('shokuin', '/accounts'),
}
ZOOMED = (640, 400)
"""An office PC's 1280x800 at 200 % zoom, as the page sees it."""


def mistakes(page: Page) -> list[str]:
    """What is wrong with the page that is open."""
    found: list[str] = page.evaluate(CHECKS)
    return found


@pytest.mark.parametrize('size', SIZES)
@pytest.mark.parametrize('name', PAGES)
def test_page(signed_in: SignedIn, watch: Watch, name: str, size: str) -> None:
    account, address = PAGES[name]
    if name.startswith('not '):
        watch.expected = ('Failed to load resource: the server responded with a status of 40',)
    page = signed_in(account, size=size)
    page.goto(address)
    ready(page)
    page.wait_for_load_state('networkidle')
    page.wait_for_timeout(400)
    assert '\n'.join(mistakes(page)) == ''
    page.set_viewport_size({'width': ZOOMED[0], 'height': ZOOMED[1]})
    page.wait_for_timeout(100)
    assert not [each for each in mistakes(page) if 'sideways' in each]


@pytest.mark.parametrize('size', SIZES)
@pytest.mark.parametrize('app', ['road_requests', 'inspections', 'facilities', 'repairs', 'work_orders'])
def test_a_record(signed_in: SignedIn, app: str, size: str) -> None:
    page = signed_in('leader', size=size)
    page.goto(f'/apps/{app}')
    page.locator('.records tbody a').first.click()
    page.locator('.timeline li').first.wait_for()
    page.wait_for_timeout(300)
    assert '\n'.join(mistakes(page)) == ''
    page.get_by_role('link', name='編集する').click()
    page.get_by_role('button', name='保存する').wait_for()
    page.wait_for_timeout(300)
    assert '\n'.join(mistakes(page)) == ''


@pytest.mark.parametrize('size', SIZES)
def test_the_sign_in_page(new_page: Callable[..., Page], size: str) -> None:
    page = new_page(size)
    page.goto('/sign-in')
    assert '\n'.join(mistakes(page)) == ''
