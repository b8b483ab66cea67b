"""Photos of a record in the browser: pairs, the viewer by keyboard and finger, boxes over what is private."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from city import City
from PIL import Image
from playwright.sync_api import Page, expect
from watching import Watch, ready

SignedIn = Callable[..., Page]


def jpeg(colour: str) -> bytes:
    notes = Image.Exif()
    notes.get_ifd(0x8769)[0x9003] = '2026:11:19 08:30:00'
    written = BytesIO()
    Image.new('RGB', (400, 300), colour).save(written, 'JPEG', exif=notes)
    return written.getvalue()


def photographed(page: Page, name: str, app: str = 'road_requests', **photos: list[str]) -> str:
    """A record with photos of these colours; answers the address of its page."""
    origin = {'Origin': page.url.split('/apps')[0].rstrip('/')}
    values: dict[str, Any] = {'場所': name, '内容': '穴'}
    if app == 'road_requests':
        values |= {'受付方法': '電話', '種別': '舗装', '危険度': '通常'}
    for field, colours in photos.items():
        values[field] = []
        for number, colour in enumerate(colours):
            file = {'name': f'{number}.jpg', 'mimeType': 'image/jpeg', 'buffer': jpeg(colour)}
            answer = page.request.post('/api/v1/files', multipart={'file': file}, headers=origin)
            values[field].append(answer.json())
    body = {'request_id': f'photos-{name.encode().hex()[:40]}', 'values': values}
    made = page.request.post(f'/api/v1/apps/{app}/records', data=body, headers=origin)
    assert made.status == 201, made.text()
    return f'/apps/{app}/records/{made.json()["id"]}'


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


def test_the_gallery_shows_the_pairs_of_all_records_that_have_photos(signed_in: SignedIn) -> None:
    page = signed_in('leader')
    photographed(page, '一覧の場所', 施工前=['gray'], 施工後=['navy'])
    photographed(page, '写真だけの場所', 写真=['brown'])
    page.goto('/apps/road_requests?view=施工の写真')
    ready(page)
    card = page.locator('.gallery-card').filter(has_text='一覧の場所')
    expect(card.locator('.photo-pair a[data-photo]')).to_have_count(2)
    expect(page.locator('.gallery-card').filter(has_text='写真だけの場所')).to_have_count(0)
    card.locator('a[data-photo]').first.click()
    expect(page.locator('dialog.viewer img')).to_have_count(2)


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


NOISE = """async ([wide, high]) => {
    const canvas = Object.assign(document.createElement('canvas'), {width: wide, height: high})
    const paper = canvas.getContext('2d')
    const pixels = paper.createImageData(wide, high)
    const words = new Uint32Array(pixels.data.buffer)
    for (let at = 0; at < words.length; at += 1) words[at] = 0xff000000 | (Math.random() * 0xffffff)
    paper.putImageData(pixels, 0, 0)
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.9))
    const files = new DataTransfer()
    files.items.add(new File([blob], 'noise.jpg', {type: 'image/jpeg'}))
    const input = document.querySelector('input[type=file][multiple]')
    input.files = files.files
    input.dispatchEvent(new Event('change', {bubbles: true}))
    return blob.size
}"""


def chosen(page: Page, *colours: str) -> None:
    """Choose a photo of each colour for the first photo field."""
    files: list[Any] = [
        {'name': f'{each}.jpg', 'mimeType': 'image/jpeg', 'buffer': jpeg(each)} for each in colours
    ]
    page.locator('input[type=file][multiple]').first.set_input_files(files)


LOG = """
title: 写真日誌
record_title: [場所]
sections:
  - title: きょう
    fields:
      - {name: 場所, type: text, required: true}
      - {name: 内容, type: textarea}
      - {name: 写真, type: photo, max_files: 10}
      - {name: 施工前, type: photo}
      - {name: 施工後, type: photo, pair_of: 施工前}
numbering: [{field: 番号, format: '写{seq:4}'}]
workflow:
  statuses: [{name: 受付}, {name: 完了, done: true}]
  actions: [{name: 完了にする, from: [受付], to: 完了, asks: [施工後], requires: [施工後], main: true}]
public_form: {address: shashin, fields: [場所, 写真], shows: [写真]}
"""


@pytest.fixture
def log(city: City, signed_in: SignedIn) -> Iterator[Callable[[str], Page]]:
    """A page with the half-filled form of a small app that was dropped into the folder: log('見本町')."""
    file = city.definitions / 'photo_log.yaml'
    file.write_text(LOG, 'utf-8')

    def made(place: str) -> Page:
        page = signed_in()
        expect(page.locator('#rail')).to_contain_text('写真日誌')
        page.goto('/apps/photo_log/new')
        ready(page)
        page.get_by_role('textbox', name='場所').fill(place)
        return page

    yield made
    file.unlink()


def test_a_photo_of_twelve_megapixels_of_noise_is_small_before_it_is_sent(log: Callable[[str], Page]) -> None:
    page = log('砂利の道')
    with page.expect_response('**/api/v1/files') as sent:
        before = page.evaluate(NOISE, [4000, 3000])
    told = sent.value.json()
    assert before > 5_000_000 and sent.value.status == 201
    file = page.request.get(f'/api/v1/files/{told["blob"]}').body()
    length = int(sent.value.request.all_headers()['content-length'])
    assert length < 1_010_000, 'what went over the line, with what is around the file'
    with Image.open(BytesIO(file)) as image:
        assert max(image.size) <= 1600 and image.width * 3 == image.height * 4


def test_a_photo_that_fails_loses_no_request_and_waits_on_every_page_until_it_is_sent(
    log: Callable[[str], Page], watch: Watch
) -> None:
    page = log('写真の遅れる場所')
    watch.expected = ('Failed to load resource: the server responded with a status of 500',)
    page.route('**/api/v1/files', lambda route: route.fulfill(status=500, json={'detail': '混んでいます'}))
    chosen(page, 'teal')
    expect(page.locator('.ef-fate')).to_contain_text('まだ送っていません')
    page.get_by_role('button', name='登録する').click()
    expect(page.get_by_role('heading', name='登録しました')).to_be_visible()
    unsent = page.locator('.unsent-photos')
    expect(unsent).to_contain_text('まだ送っていない写真が1枚あります。登録した内容は、もう届いています。')
    page.reload()
    ready(page)
    expect(unsent).to_contain_text('写真の遅れる場所')
    unsent.get_by_role('link').click()
    expect(page.get_by_role('heading', name='写真の遅れる場所')).to_be_visible()
    expect(page.locator('a[data-photo]')).to_have_count(0)
    page.unroute_all()
    unsent.get_by_role('button', name='もう一度送る').click()
    expect(page.locator('a[data-photo]')).to_have_count(1)
    expect(unsent).to_be_hidden()


def test_ten_photos_on_a_slow_line_do_not_hold_up_typing_and_saving(log: Callable[[str], Page]) -> None:
    page = log('電波の弱い場所')
    line = page.context.new_cdp_session(page)
    slow = {'offline': False, 'latency': 200, 'downloadThroughput': 40_000, 'uploadThroughput': 6_000}
    line.send('Network.emulateNetworkConditions', slow)
    chosen(page, 'red', 'green', 'blue', 'gray', 'teal', 'navy', 'olive', 'maroon', 'purple', 'black')
    photos = page.locator('.ef-photo')
    expect(photos).to_have_count(10)
    expect(page.locator('.ef-photo progress')).to_have_count(2)
    page.get_by_role('textbox', name='内容').fill('穴があいている。車が通る。')
    page.get_by_role('button', name='登録する').click()
    expect(page.get_by_role('heading', name='登録しました')).to_be_visible()
    expect(page.locator('.unsent-photo').first).to_be_visible()
    quick = {'latency': 0, 'downloadThroughput': -1, 'uploadThroughput': -1}
    line.send('Network.emulateNetworkConditions', {**slow, **quick})
    expect(page.locator('.unsent-photos')).to_be_hidden()
    page.get_by_role('link', name='登録した内容を見る').click()
    expect(page.locator('a[data-photo]')).to_have_count(10)


def test_the_photo_after_is_taken_in_the_act_that_completes_and_stands_beside_the_one_before(
    log: Callable[[str], Page],
) -> None:
    page = log('完了する場所')
    page.on('dialog', lambda dialog: dialog.accept())  # the half-filled form is left
    page.goto(photographed(page, '完了する場所', 'photo_log', 施工前=['gray', 'green'], 施工後=['navy']))
    ready(page)
    page.get_by_role('button', name='完了にする').click()
    asked = page.locator('dialog')
    expect(asked.locator('.ef-pair')).to_have_count(2)
    expect(asked.locator('.ef-pair').nth(1)).to_contain_text('つぎの写真')
    chosen(page, 'maroon')
    expect(asked.locator('.ef-photo')).to_have_count(2)
    asked.get_by_role('button', name='完了にする').click()
    expect(page.locator('.photo-missing')).to_have_count(0)
    expect(page.locator('.photo-pair a[data-photo]')).to_have_count(4)


def test_a_citizen_sends_a_photo_from_a_phone_and_sees_it_again_with_the_code_only(
    log: Callable[[str], Page], new_page: Callable[..., Page]
) -> None:
    log('市民の場所')  # the app is there
    page = new_page('phone')
    page.goto('/public/forms/shashin')
    page.get_by_role('textbox', name='場所').fill('見本公園')
    chosen(page, 'teal', 'olive')
    expect(page.locator('.ef-photo')).to_have_count(2)
    expect(page.locator('.ef-photo.is-pending')).to_have_count(0)
    page.reload()
    page.get_by_role('button', name='続きから入力する').or_(page.locator('.ef-photo').first).first.wait_for()
    expect(page.locator('.ef-thumbnail.is-unseen')).to_have_count(2)
    assert page.evaluate('document.documentElement.scrollWidth') <= 360
    page.get_by_role('button', name='内容を確認する').click()
    page.get_by_role('button', name='この内容で申し込む').click()
    expect(page.get_by_role('heading', name='申込みを受け付けました')).to_be_visible()
    number, code = page.locator('.receipt dd').all_inner_texts()
    page.get_by_role('link', name='申込みの確認・取消し').click()
    page.get_by_label('受付番号').fill(number)
    page.get_by_label('確認コード').fill(code)
    page.get_by_role('button', name='確認する').click()
    expect(page.locator('img.own-photo')).to_have_count(2)
