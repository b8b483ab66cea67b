"""Photos: only the picture is kept, upright; small ones are made once and go with the photo."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import httpx
import pytest
from city_hall import ROAD, STAFF, password_of
from fastapi import FastAPI
from PIL import ExifTags, Image

from apps.api.routes import install
from apps.context import AppContext
from apps.outcome import Refused
from apps.received_photos import without_traces
from apps.thumbnails import SIDE, thumbnail_of
from storage.erase import erase

PLACE = {1: 'N', 2: (36.0, 33.0, 40.0), 3: 'E', 4: (136.0, 39.0, 22.0)}
TAKEN = '2026:11:19 08:30:00'
NAMES = {'JPEG': 'image/jpeg', 'PNG': 'image/png', 'WEBP': 'image/webp'}


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which somebody is signed in."""
    app = FastAPI()
    install(app, staffed)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        await client.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})
        yield client


def photo(kind: str = 'JPEG', *, place: bool = True, size: tuple[int, int] = (800, 600)) -> bytes:
    """Lying on its side: red at the left of what is stored, so red at the top of what was seen."""
    image = Image.new('RGB', size, 'blue')
    image.paste('red', (0, 0, size[0] // 2, size[1]))
    notes = Image.Exif()
    if place:
        notes[ExifTags.Base.Orientation] = 6
        notes[ExifTags.Base.Model] = 'MIHON-CAMERA'
        notes.get_ifd(ExifTags.IFD.GPSInfo).update(PLACE)
        notes.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = TAKEN
    written = io.BytesIO()
    image.save(written, kind, exif=notes if place else b'')
    return written.getvalue()


@pytest.mark.parametrize('kind', NAMES)
async def test_of_a_photo_only_the_upright_picture_is_kept(staffed: AppContext, kind: str) -> None:
    sent = photo(kind)
    assert b'MIHON-CAMERA' in sent
    received = await staffed.operations.receive(io.BytesIO(sent), 'a.jpg', len(sent), by=STAFF)
    kept = staffed.store.blobs.path(received.blob).read_bytes()
    assert b'MIHON-CAMERA' not in kept and received.size == len(kept)
    assert received.type == NAMES[kind] and received.taken_at == '2026-11-19T08:30:00+09:00'
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif() and image.size == (600, 800)
        top, bottom = image.convert('RGB').getpixel((300, 50)), image.convert('RGB').getpixel((300, 750))
    assert top[0] > 200 > top[2] and bottom[2] > 200 > bottom[0]


def test_a_photo_without_notes_is_kept_byte_for_byte() -> None:
    for kind, name in NAMES.items():
        plain = photo(kind, place=False)
        assert without_traces(io.BytesIO(plain), len(plain), name).content.read() == plain


def test_a_photo_that_cannot_be_read_is_refused_when_it_may_tell_a_place() -> None:
    broken = photo()[:700]
    assert b'Exif' in broken
    with pytest.raises(Refused, match='unsupported'):
        without_traces(io.BytesIO(broken), len(broken), 'image/jpeg')


async def test_a_small_picture_is_made_once_and_served(web: httpx.AsyncClient, staffed: AppContext) -> None:
    sent = await web.post('/api/v1/files', files={'file': ('a.png', photo('PNG', place=False))})
    address = f'/api/v1/files/{sent.json()["blob"]}'
    whole, small = await web.get(address), await web.get(f'{address}?thumb=1')
    assert (whole.headers['content-type'], small.headers['content-type']) == ('image/png', 'image/jpeg')
    with Image.open(io.BytesIO(small.content)) as image:
        assert max(image.size) == SIDE
    made = thumbnail_of(staffed.store.blobs.path(sent.json()['blob']))
    assert made is not None
    before = made.stat().st_mtime_ns
    assert (await web.get(f'{address}?thumb=1')).content == small.content and made.stat().st_mtime_ns == before


async def test_a_file_without_a_small_picture_is_served_as_it_is(web: httpx.AsyncClient) -> None:
    heic = b'\0\0\0\x18ftypheic' + b'\0' * 40
    sent = await web.post('/api/v1/files', files={'file': ('a.heic', heic)})
    answer = await web.get(f'/api/v1/files/{sent.json()["blob"]}?thumb=1')
    assert answer.content == heic and answer.headers['content-type'] == 'image/heic'


async def test_an_erased_photo_leaves_no_small_picture(staffed: AppContext) -> None:
    sent = photo()
    received = await staffed.operations.receive(io.BytesIO(sent), 'a.jpg', len(sent), by=STAFF)
    raw = {**ROAD, '写真': [{'blob': received.blob, 'name': 'a.jpg'}]}
    made = await staffed.operations.submit('road_requests', raw, by=STAFF)
    small = thumbnail_of(staffed.store.blobs.path(received.blob))
    assert small is not None and small.exists()
    erase(staffed.store, [('road_requests', made.id)], actor='x', request_id='', reason='保存年限')
    assert not small.exists() and not list(staffed.store.blobs.folder.rglob(f'{received.blob}*'))
