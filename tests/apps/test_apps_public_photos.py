"""Photos in a public form: what is taken, how much, and that nobody outside ever reads them again."""

from __future__ import annotations

import base64
import io
import json
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import ROAD, STAFF, opened
from fastapi import FastAPI
from pictures import picture
from PIL import ExifTags, Image

from apps.api.routes import install
from apps.clock import StillClock
from apps.context import AppContext
from apps.painted_boxes import Box
from apps.public.form import pages, photos
from apps.server import tidy_up
from apps.settings import Settings

APP, FORM = 'park_reports', '/public/forms/shashin'
PARK = """
title: 公園のお知らせ
record_title: [受付番号]
sections:
  - title: お知らせ
    fields:
      - {name: 場所, type: text, required: true}
      - {name: 写真, type: photo, max_files: 2, easy_label: しゃしん}
      - {name: 対応後, type: photo, pair_of: 写真}
numbering:
  - {field: 受付番号, format: '園{seq:4}', scope: none}
redaction: {}
public_form:
  address: shashin
  fields: [場所, 写真]
  shows: [写真]
"""


@pytest.fixture
def office(settings: Settings, clock: StillClock, definitions: Path) -> AppContext:
    (definitions / f'{APP}.yaml').write_text(PARK, 'utf-8')
    context = opened(settings, clock)
    yield context  # type: ignore[misc]
    context.close()


@pytest.fixture
async def street(office: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, office)
    pages.register(app, office)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        yield client


async def sent(street: httpx.AsyncClient, content: bytes, name: str = 'a.jpg', form: str = FORM) -> httpx.Response:
    return await street.post(f'{form}/api/files', files={'file': (name, content)})


async def applied(street: httpx.AsyncClient, request: str = 'a' * 22, **values: Any) -> httpx.Response:
    body = {'request_id': request, 'values': {'場所': '見本公園', **values}}
    return await street.post(f'{FORM}/applications', json=body)


def phone_photo() -> bytes:
    notes = Image.Exif()
    notes[ExifTags.Base.Model] = 'MIHON-PHONE'
    notes.get_ifd(ExifTags.IFD.GPSInfo)[2] = (36.0, 33.0, 40.0)
    written = io.BytesIO()
    Image.new('RGB', (640, 480), 'red').save(written, 'JPEG', exif=notes)
    return written.getvalue()


async def test_a_photo_stands_in_the_record_without_what_the_phone_wrote(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    told = await sent(street, phone_photo())
    assert told.status_code == 201, told.text
    assert (await applied(street, 写真=[told.json()])).status_code == 200
    (doc,) = office.store.find(APP, limit=None).docs
    kept = office.store.blobs.path(doc['写真'][0]['blob']).read_bytes()
    assert b'MIHON-PHONE' not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif() and image.size == (640, 480)


async def test_nobody_outside_reads_it_but_with_number_and_code_and_then_as_it_is_painted(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    blob = (await sent(street, phone_photo())).json()['blob']
    receipt = (await applied(street, 写真=[{'blob': blob}])).json()
    for address in (f'{FORM}/api/files/{blob}', f'/api/v1/files/{blob}', f'{FORM}/api/files'):
        assert (await street.get(address)).status_code in {401, 404, 405}
    (doc,) = office.store.find(APP, limit=None).docs
    await office.photos.redact(APP, doc.doc_id, blob, [Box(0, 0, 1, 1)], by=STAFF, if_rev=1)
    wrong = await street.post(f'{FORM}/own', json={'number': receipt['number'], 'code': 'AAAA-AAAA'})
    assert wrong.status_code == 404
    own = await street.post(f'{FORM}/own', json={'number': receipt['number'], 'code': receipt['code']})
    (source,) = next(each for each in own.json()['lines'] if each['label'] == '写真')['photos']
    with Image.open(io.BytesIO(base64.b64decode(source.split(',')[1]))) as image:
        assert max(image.getpixel((10, 10))) < 40 and image.width <= 320
    assert blob not in own.text and 'blob' not in own.text


@pytest.mark.parametrize(
    ('content', 'name', 'status'),
    [
        (b'%PDF-1.7', 'a.jpg', 415),
        (b'<html><script>', 'a.jpg', 415),
        (b'\xff\xd8\xff<svg onload=alert(1)>', 'a.jpg', 415),
        (b'\0\0\0\x18ftypheic' + b'\0' * 40, 'a.heic', 415),
        (b'\xff\xd8\xff' + b'0' * 1_100_000, 'a.jpg', 413),
    ],
)
async def test_what_is_no_photo_or_too_large_is_refused(
    street: httpx.AsyncClient, office: AppContext, content: bytes, name: str, status: int
) -> None:
    answer = await sent(street, content, name)
    assert answer.status_code == status and answer.json()['detail']
    assert not list(office.store.blobs.all())


async def test_only_a_form_that_asks_for_photos_takes_any_and_no_more_than_it_says(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    assert (await sent(street, picture(), form='/public/forms/tougei')).status_code == 404
    assert (await sent(street, picture(), form='/public/forms/nowhere')).status_code == 404
    three = [{'blob': (await sent(street, picture(each))).json()['blob']} for each in ('red', 'blue', 'green')]
    refused = await applied(street, 写真=three)
    assert refused.status_code == 422 and refused.json()['errors'][0]['path'] == '写真'
    foreign = await applied(street, 対応後=three[:1])
    assert foreign.status_code == 422, 'a photo field that is not asked'


async def test_a_photo_of_the_office_cannot_be_named_from_outside(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    inside = await office.operations.receive(io.BytesIO(picture()), 'a.png', 100, by=STAFF)
    await office.operations.submit('road_requests', {**ROAD, '写真': [inside.told()]}, by=STAFF)
    refused = await applied(street, 写真=[{'blob': inside.blob}])
    assert refused.status_code == 422


async def test_what_no_application_names_is_gone_after_a_day_and_does_not_fill_the_house(
    street: httpx.AsyncClient, office: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, lost = [(await sent(street, picture(each))).json()['blob'] for each in ('red', 'blue')]
    await applied(street, 写真=[{'blob': used}])
    assert len(photos.waiting(office)) == 1
    monkeypatch.setattr(photos, 'MOST_WAITING', 1)
    assert (await sent(street, picture('green'))).status_code == 429
    before = time.time() - 2 * 86_400
    for each in (used, lost):
        os.utime(office.store.blobs.path(each), (before, before))
    tidy_up(office)
    assert set(office.store.blobs.all()) == {used}


async def test_one_address_alone_cannot_take_the_photos_away_from_everybody(
    street: httpx.AsyncClient, office: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, 'MOST_OF_ONE', 2)
    for each in ('red', 'blue'):
        street.cookies.set('madoguchi_visit', each)  # another visit every time
        used = await sent(street, picture(each))
        assert used.status_code == 201
    assert (await sent(street, picture('green'))).status_code == 429
    elsewhere = httpx.ASGITransport(app=street._transport.app, client=('192.0.2.7', 5000))  # type: ignore[attr-defined]
    async with httpx.AsyncClient(transport=elsewhere, base_url='http://hall.example') as other:
        assert (await sent(other, picture('green'))).status_code == 201
    assert (await applied(street, 写真=[{'blob': used.json()['blob']}])).status_code == 200
    assert (await sent(street, picture('black'))).status_code == 201, 'what was applied with waits no longer'


async def test_an_application_that_does_not_state_its_length_is_no_longer_than_others(
    street: httpx.AsyncClient, office: AppContext
) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        yield json.dumps({'request_id': 'b' * 22, 'values': {'場所': 'あ' * 100_000}}).encode()

    headers = {'content-type': 'application/json'}
    answer = await street.post(f'{FORM}/applications', content=in_pieces(), headers=headers)
    assert answer.status_code == 413


async def test_who_sends_too_many_at_once_must_wait(street: httpx.AsyncClient, office: AppContext) -> None:
    await street.get(FORM)  # a visit begins
    most = office.settings.rate_uploads
    visit = f'public/shashin/{street.cookies["madoguchi_visit"]}'
    assert all(office.rate_limits.take('upload', visit) for _ in range(most))
    assert (await sent(street, picture())).status_code == 429
