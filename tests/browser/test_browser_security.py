"""What a browser shows of the hardening: markup that is text, addresses and logs without names, the city's sign-in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from local_provider import CLIENT, LocalProvider, local_provider
from playwright.sync_api import Browser, Page, Response, expect
from safe_city import MARKUP, PASSWORD, SafeCity, start_safe_city
from watching import PATIENCE, Watch, ready

# The mock provider's own parts speak to each other in words that they call old.
pytestmark = pytest.mark.filterwarnings('ignore::DeprecationWarning')

NAME, PHONE = '見本 花代', '090-0000-0009'
HEADERS = ('content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options')


@pytest.fixture(scope='module')
def provider() -> Iterator[LocalProvider]:
    with local_provider() as started:
        started.know('subject-1', preferred_username='taro', name='見本 太郎')
        yield started


@pytest.fixture(scope='module')
def safe(tmp_path_factory: pytest.TempPathFactory, provider: LocalProvider) -> Iterator[SafeCity]:
    started = start_safe_city(tmp_path_factory.mktemp('safe'), provider.url, CLIENT)
    yield started
    started.city.close()


@pytest.fixture
def page(chromium: Browser, safe: SafeCity) -> Iterator[Page]:
    """A page of a browser of its own; what it asks elsewhere and complains about fails the test."""
    watch = Watch(safe.city.url)
    context = chromium.new_context(base_url=safe.city.url, locale='ja-JP', timezone_id='Asia/Tokyo')
    context.set_default_timeout(PATIENCE)
    watch.follow(context)
    opened = context.new_page()
    opened.on('dialog', lambda dialog: watch.complaints.append(f'a dialog: {dialog.message}'))
    yield opened
    context.close()
    watch.check()


def sign_in(page: Page) -> None:
    page.goto('/sign-in')
    page.get_by_label('利用者ID').fill('taro')
    page.get_by_label('パスワード').fill(PASSWORD)
    page.get_by_role('button', name='サインイン', exact=True).click()
    ready(page)


def nothing_ran(page: Page) -> None:
    page.wait_for_load_state('networkidle')
    page.wait_for_timeout(300)
    assert page.evaluate('window.ran') is None, page.url
    assert page.locator('img[src="x"], svg[onload], #main script').count() == 0, page.url


PLACES: dict[str, str] = {
    'home': '/',
    'list': '/apps/residents',
    'board': '/apps/residents?view=進みぐあい',
    'calendar': '/apps/residents?view=暦',
    'queue': '/apps/counter_queue',
    'display of the queue': '/public/counter_queue',
    'new record': '/apps/residents/new',
}


def test_markup_that_people_typed_is_text_everywhere(page: Page, safe: SafeCity) -> None:
    """Also says that the main pages break no rule of the content security policy: Chromium would complain."""
    answers: list[Response] = []
    page.on('response', lambda answer: answers.append(answer) if answer.request.is_navigation_request() else None)
    sign_in(page)
    for address in (*PLACES.values(), safe.record, f'{safe.record}/edit'):
        page.goto(address)
        nothing_ran(page)
    page.goto('/apps/residents')
    expect(page.get_by_role('row').nth(1)).to_contain_text('<img src=x onerror=')
    page.get_by_role('searchbox').fill('<img')
    page.keyboard.press('Enter')
    page.wait_for_url(re.compile(r'[?&]s='))
    nothing_ran(page)
    page.goto(safe.record)
    expect(page.locator('#main')).to_contain_text(MARKUP[:60])
    page.emulate_media(media='print')
    nothing_ran(page)
    assert len(answers) > 8
    for each in answers:
        if each.request.url.startswith(safe.city.url):
            missing = [name for name in HEADERS if name not in each.headers]
            assert not missing, (each.url, missing)


def test_names_and_numbers_stand_in_no_address_and_no_log(page: Page, safe: SafeCity) -> None:
    asked: list[str] = []
    page.context.on('request', lambda request: asked.append(request.url))
    page.on('websocket', lambda socket: asked.append(socket.url))
    page.on('framenavigated', lambda frame: asked.append(frame.url))
    sign_in(page)
    page.goto('/apps/residents/new')
    ready(page)
    page.get_by_label(re.compile('^氏名')).fill(NAME)
    page.get_by_label(re.compile('^電話')).fill(PHONE)
    page.get_by_label(re.compile('^内容')).fill(f'{NAME} 番号1234-5678-9018')
    page.get_by_label(re.compile('^用件')).focus()
    expect(page.get_by_text('個人番号(マイナンバー)なら消してください')).to_be_visible()
    page.get_by_role('button', name=re.compile('登録する|保存する')).first.click()
    expect(page.get_by_text('登録しました')).to_be_visible()
    page.goto('/apps/residents')
    page.get_by_role('searchbox').fill(NAME)
    page.keyboard.press('Enter')
    page.wait_for_url(re.compile(r'[?&]s='))
    expect(page.get_by_role('row')).to_have_count(2)
    found = page.url
    page.locator('.records tbody a').first.click()
    page.locator('.timeline li').first.wait_for()
    page.go_back()
    expect(page.get_by_role('searchbox')).to_have_value(NAME)
    page.reload()
    expect(page.get_by_role('searchbox')).to_have_value(NAME)
    expect(page.get_by_role('row')).to_have_count(2)
    assert page.url == found
    log = safe.log.read_text('utf-8', 'replace')
    for text in ('見本', '花代', '0000-0009', '00000009', '9018'):
        assert text not in log
        assert not [each for each in asked if text in unquote(each)]
    assert len(asked) > 20


def test_the_button_leads_to_the_citys_own_sign_in_and_back_to_what_was_asked_for(
    chromium: Browser, safe: SafeCity, provider: LocalProvider
) -> None:
    context = chromium.new_context(base_url=safe.city.url, locale='ja-JP')
    context.route('https://**', lambda route: route.abort())  # the looks of the mock provider's page
    page = context.new_page()
    page.goto('/apps/residents?view=進みぐあい')
    page.get_by_role('link', name='庁内の認証でサインイン').click()
    page.wait_for_url(f'{provider.url}/**')
    page.locator('input[name=sub]').fill('subject-1')
    page.locator('input[name=sub]').press('Enter')
    page.wait_for_url(f'{safe.city.url}/**')
    ready(page)
    expect(page).to_have_title('相談者名簿 進みぐあい - 窓口')
    cookie = next(each for each in context.cookies() if each['name'] == 'madoguchi_session')
    assert (cookie['httpOnly'], cookie['sameSite']) == (True, 'Lax')
    assert 'code=' not in page.url and 'state=' not in page.url
    page.get_by_role('button', name='サインアウト').click()
    page.wait_for_url('**/sign-in*')
    page.goto('/sign-in?reason=nonce')
    expect(page.get_by_role('alert')).to_contain_text('この画面で始めたものではありません')
    context.close()


def test_another_site_can_open_no_socket(chromium: Browser, safe: SafeCity) -> None:
    """Tried on the one socket that asks for no session: only the page that opens it makes the difference."""
    opened = """address => new Promise((done) => {
        const socket = new WebSocket(address)
        socket.onopen = () => done('open')
        socket.onerror = () => done('refused')
    })"""
    socket = f'{safe.city.url.replace("http", "ws")}/public/counter_queue/live'
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f'{safe.city.url}/sign-in')
    assert page.evaluate(opened, socket) == 'open'
    page.goto(f'{safe.city.url}/sign-in'.replace('127.0.0.1', 'localhost'))
    page.set_content('<p>another site</p>')
    assert page.evaluate(opened, socket) == 'refused'
    context.close()
