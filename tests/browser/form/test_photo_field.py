"""Photos in the form: shrunk and upright before they are sent, each with its own fate, none of which stops the rest."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def received(page: Page, base_url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.request.get(f'{base_url}/test/received').json()
    return found


def picture(shade: int) -> bytes:
    """A PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    head = struct.pack('>IIBBBBB', 1, 1, 8, 0, 0, 0, 0)
    return (
        b'\x89PNG\r\n\x1a\n'
        + chunk(b'IHDR', head)
        + chunk(b'IDAT', zlib.compress(bytes([0, shade])))
        + chunk(b'IEND', b'')
    )


def choose_photo(page: Page, *names: str) -> None:
    files: list[Any] = [
        {'name': name, 'mimeType': 'image/png', 'buffer': picture(90 * at)} for at, name in enumerate(names)
    ]
    page.locator('input[type=file][multiple]').first.set_input_files(files)


def test_the_same_photo_chosen_twice_is_there_once(open_form: Open, page: Page) -> None:
    open_form('everything')
    choose_photo(page, 'IMG_1.png')
    expect(page.locator('.ef-photo.is-pending')).to_have_count(0)
    choose_photo(page, 'IMG_1.png')
    expect(page.locator('.ef-photo.is-pending')).to_have_count(0)
    expect(page.locator('.ef-photo')).to_have_count(1)


def test_photos_are_sent_at_once_shown_small_and_named_by_the_record(
    open_form: Open, page: Page, base_url: str
) -> None:
    open_form('everything')
    choose_photo(page, 'IMG_1.png', 'IMG_2.png')
    expect(page.locator('.ef-photo')).to_have_count(2)
    expect(page.locator('.ef-photo.is-pending')).to_have_count(0)
    page.get_by_role('button', name='写真 2枚目を消す').click()
    expect(page.locator('.ef-photo')).to_have_count(1)
    page.get_by_role('button', name='保存する').click()
    expect(page.locator('.ef-state')).to_contain_text('保存しました')
    (sent,) = received(page, base_url)
    (photo,) = sent['values']['写真']
    assert (photo['name'], photo['type'], photo['width'], photo['height']) == ('IMG_1.jpg', 'image/jpeg', 1, 1)
    assert photo['taken_at'] and len(photo['blob']) == 64


def test_a_photo_larger_than_the_long_side_is_shrunk(open_form: Open, page: Page) -> None:
    open_form('everything')
    page.evaluate(
        """async () => {
            const canvas = Object.assign(document.createElement('canvas'), {width: 4000, height: 3000})
            canvas.getContext('2d').fillRect(0, 0, 4000, 3000)
            const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'))
            const files = new DataTransfer()
            files.items.add(new File([blob], 'large.png', {type: 'image/png'}))
            const input = document.querySelector('input[type=file][multiple]')
            input.files = files.files
            input.dispatchEvent(new Event('change', {bubbles: true}))
        }"""
    )
    image = page.locator('.ef-thumbnail')
    expect(image).to_be_visible()
    expect(page.locator('.ef-photo.is-pending')).to_have_count(0)
    page.wait_for_function("document.querySelector('.ef-thumbnail').naturalWidth > 0")
    assert image.evaluate('(each) => [each.naturalWidth, each.naturalHeight]') == [1600, 1200]


def test_what_leaves_the_browser_is_upright_and_knows_neither_place_nor_camera(open_form: Open, page: Page) -> None:
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = 6
    notes[ExifTags.Base.Model] = 'MIHON-CAMERA'
    notes.get_ifd(ExifTags.IFD.GPSInfo).update({1: 'N', 2: (36.0, 33.0, 40.0)})
    written = BytesIO()
    Image.new('RGB', (90, 60), 'red').save(written, 'JPEG', exif=notes)
    open_form('everything')
    sent = page.evaluate(
        """async (bytes) => {
            const { shrunk } = await import('/plain-form/photo_shrinking.js')
            const { blob, width, height } = await shrunk(new File([new Uint8Array(bytes)], 'a.jpg'))
            return { width, height, bytes: [...new Uint8Array(await blob.arrayBuffer())] }
        }""",
        list(written.getvalue()),
    )
    left = bytes(sent['bytes'])
    assert b'MIHON-CAMERA' in written.getvalue() and b'MIHON-CAMERA' not in left and b'Exif' not in left
    with Image.open(BytesIO(left)) as image:
        assert image.size == (60, 90) == (sent['width'], sent['height'])


def test_a_photo_that_fails_stops_nothing_and_is_sent_again(open_form: Open, page: Page, base_url: str) -> None:
    page.route('**/api/v1/files', lambda route: route.abort())
    open_form('everything')
    choose_photo(page, 'IMG_1.png')
    expect(page.locator('.ef-fate')).to_contain_text('まだ送っていません')
    page.get_by_label('単価').fill('120')
    expect(page.get_by_label('単価')).to_have_value('120')
    page.unroute('**/api/v1/files')
    page.get_by_role('button', name='もう一度送る').click()
    expect(page.locator('.ef-photo.is-pending')).to_have_count(0)


def test_a_photo_taken_offline_survives_a_reload_and_goes_with_the_record(
    open_form: Open, page: Page, base_url: str
) -> None:
    page.route('**/api/v1/**', lambda route: route.abort())
    open_form('everything')
    choose_photo(page, 'IMG_1.png')
    expect(page.locator('.ef-photo')).to_have_count(1)
    expect(page.locator('.ef-state')).to_contain_text('下書き保存済み')
    page.on('dialog', lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role('button', name='続きから入力する').click()
    expect(page.locator('.ef-thumbnail')).to_be_visible()
    page.unroute('**/api/v1/**')
    page.get_by_role('button', name='保存する').click()
    expect(page.locator('.ef-state')).to_contain_text('保存しました')
    (sent,) = received(page, base_url)
    assert len(sent['values']['写真'][0]['blob']) == 64
