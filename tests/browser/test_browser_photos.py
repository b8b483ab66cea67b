"""Photos of a record in the browser: pairs, the viewer by keyboard and finger, and boxes painted over what is private."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect
from watching import ready

SignedIn = Callable[..., Page]


def jpeg(colour: str) -> bytes:
    notes = Image.Exif()
    notes.get_ifd(0x8769)[0x9003] = '2026:11:19 08:30:00'
    written = BytesIO()
    Image.new('RGB', (400, 300), colour).save(written, 'JPEG', exif=notes)
    return written.getvalue()


def photographed(page: Page, name: str, **photos: list[str]) -> str:
    """A request with photos of these colours; answers the address of its page."""
    origin = {'Origin': page.url.split('/apps')[0].rstrip('/')}
    values: dict[str, Any] = {'受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': name, '内容': '穴'}
    for field, colours in photos.items():
        values[field] = []
        for number, colour in enumerate(colours):
            file = {'name': f'{number}.jpg', 'mimeType': 'image/jpeg', 'buffer': jpeg(colour)}
            answer = page.request.post('/api/v1/files', multipart={'file': file}, headers=origin)
            values[field].append(answer.json())
    body = {'request_id': f'photos-{name.encode().hex()[:40]}', 'values': values}
    made = page.request.post('/api/v1/apps/road_requests/records', data=body, headers=origin)
    assert made.status == 201, made.text()
    return f'/apps/road_requests/records/{made.json()["id"]}'


def test_pairs_stand_side_by_side_and_open_large_by_keyboard_and_by_swiping(signed_in: SignedIn) -> None:
    page = signed_in('leader')
    address = photographed(page, '組の場所', 施工前=['gray', 'green'], 施工後=['navy'], 写真=['brown'])
    page.goto(address)
    ready(page)
    pairs = page.locator('.photo-pair')
    expect(pairs).to_have_count(2)
    expect(pairs.first).to_contain_text('施工前 1')
    expect(pairs.first).to_contain_text('撮影 令和8年11月19日(木) 8:30')
    expect(pairs.nth(1)).to_contain_text('まだありません')
    page.locator('a[data-photo]').first.focus()
    page.keyboard.press('Enter')
    viewer = page.locator('dialog.viewer')
    expect(viewer.locator('.viewer-count')).to_have_text('1 / 3')
    page.keyboard.press('ArrowRight')
    expect(viewer.locator('img')).to_have_count(2)
    expect(viewer).to_contain_text('施工後 1枚目')
    stage = viewer.locator('.viewer-stage').bounding_box()
    assert stage is not None
    middle = stage['y'] + stage['height'] / 2
    page.mouse.move(stage['x'] + stage['width'] - 20, middle)
    page.mouse.down()
    page.mouse.move(stage['x'] + 20, middle, steps=4)
    page.mouse.up()
    expect(viewer.locator('.viewer-count')).to_have_text('3 / 3')
    page.keyboard.press('Escape')
    expect(viewer).to_have_count(0)
    expect(page.locator('a[data-photo]').first).to_be_focused()


def test_boxes_are_painted_by_keyboard_and_mouse_and_only_the_new_photo_is_shown(signed_in: SignedIn) -> None:
    page = signed_in('shokuin')
    address = photographed(page, '塗りつぶす場所', 写真=['red'])
    page.goto(address)
    ready(page)
    photo = page.locator('a[data-photo]')
    before = photo.get_attribute('href')
    photo.click()
    page.get_by_role('button', name='塗りつぶす').click()
    page.get_by_role('button', name='四角を足す').click()
    box = page.get_by_role('img', name='1つ目の四角 左から40% 上から40% 幅20% 高さ20%')
    expect(box).to_be_focused()
    page.keyboard.press('ArrowLeft')
    page.keyboard.press('Shift+ArrowDown')
    expect(page.get_by_role('img', name='1つ目の四角 左から39% 上から40% 幅20% 高さ21%')).to_be_focused()
    layer = page.locator('.boxes-layer').bounding_box()
    assert layer is not None
    page.mouse.move(layer['x'], layer['y'])
    page.mouse.down()
    page.mouse.move(layer['x'] + layer['width'] / 4, layer['y'] + layer['height'] / 4, steps=4)
    page.mouse.up()
    expect(page.locator('.box')).to_have_count(2)
    page.get_by_role('button', name='1つ戻す').click()
    expect(page.locator('.box')).to_have_count(1)
    page.get_by_role('button', name='塗りつぶして保存する').click()
    expect(page.locator('.photo-mark')).to_be_visible()
    expect(page.locator('dialog.viewer')).to_have_count(0)
    after = photo.get_attribute('href')
    assert before is not None and after is not None and after != before
    assert page.request.get(before).status == 404
    with Image.open(BytesIO(page.request.get(after).body())) as image:
        assert max(image.convert('RGB').getpixel((200, 150))) < 40
        assert image.convert('RGB').getpixel((20, 20))[0] > 200, 'the box that was taken back is not painted'
    expect(page.locator('.timeline')).to_contain_text('写真の塗りつぶし')
