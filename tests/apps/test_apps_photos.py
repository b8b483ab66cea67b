"""Photos: only the picture is kept, upright; small ones are made once and go with the photo."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest
from city_hall import ROAD, STAFF, password_of
from fastapi import FastAPI
from pictures import picture
from PIL import ExifTags, Image, ImageCms

from apps.api.routes import install
from apps.context import AppContext
from apps.outcome import Refused
from apps.received_files import recognise
from apps.received_photos import drawn_anew
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


@pytest.mark.parametrize('kind', ['JPEG', 'PNG', 'WEBP', 'GIF'])
def test_what_is_hidden_in_a_picture_goes(kind: str) -> None:
    """Behind the end of the picture, in its comments, in its colour profile: a file that is two things is one again."""
    hidden = b'<script>alert(1)</script>'
    comment = {'comment': hidden} if kind in {'JPEG', 'GIF'} else {}
    sent = picture(kind=kind, icc_profile=hidden, **comment) + hidden
    kept = drawn_anew(io.BytesIO(sent), f'image/{kind.lower()}')
    assert hidden in sent and b'script' not in kept.content.read()
    assert kept.type == {'GIF': 'image/png'}.get(kind, f'image/{kind.lower()}')


def test_the_colours_that_a_profile_meant_stay() -> None:
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile('LAB')).tobytes()
    sent = picture('#4080c0', 'PNG', icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes())
    for each in (sent, picture('#4080c0', 'PNG', icc_profile=linear)):
        with Image.open(drawn_anew(io.BytesIO(each), 'image/png').content) as image:
            assert image.convert('RGB').getpixel((0, 0)) == (0x40, 0x80, 0xC0) and 'icc_profile' not in image.info


def moving(kind: str) -> bytes:
    frames = [Image.new('RGB', (4, 3), colour) for colour in ('red', 'blue')]
    written = io.BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:])
    return written.getvalue()


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 30,000 pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))

    head = struct.pack('>IIBBBBB', 30_000, 30_000, 8, 2, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(b'')) + chunk(b'IEND', b'')


@pytest.mark.parametrize(
    ('content', 'kind', 'refusal', 'told'),
    [
        (moving('GIF'), 'image/gif', 'unsupported', '動く画像'),
        (moving('PNG'), 'image/png', 'unsupported', '動く画像'),
        (moving('WEBP'), 'image/webp', 'unsupported', '動く画像'),
        (bomb(), 'image/png', 'too_large', '画素数'),
        (picture(kind='JPEG', size=(300, 200))[:900], 'image/jpeg', 'unsupported', '読み取れません'),
        (b'\xff\xd8\xff<svg onload=alert(1)>', 'image/jpeg', 'unsupported', '読み取れません'),
        (b'\0\0\0\x18ftypheic' + b'\0' * 40, 'image/heic', 'unsupported', '互換性優先'),
    ],
)
def test_a_picture_that_is_not_simply_one_is_refused(content: bytes, kind: str, refusal: str, told: str) -> None:
    assert recognise(content[:4096], 'a') == kind
    with pytest.raises(Refused) as refused:
        drawn_anew(io.BytesIO(content), kind)
    assert refused.value.kind == refusal and told in refused.value.detail


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


async def test_a_file_without_a_small_picture_is_offered_as_a_download(web: httpx.AsyncClient) -> None:
    sent = await web.post('/api/v1/files', files={'file': ('a.txt', '<script>alert(1)</script>')})
    answer = await web.get(f'/api/v1/files/{sent.json()["blob"]}?thumb=1')
    assert answer.headers['content-type'].startswith('text/plain')
    assert answer.headers['x-content-type-options'] == 'nosniff'
    assert answer.headers['content-disposition'].startswith('attachment;')


async def test_an_erased_photo_leaves_no_small_picture(staffed: AppContext) -> None:
    sent = photo()
    received = await staffed.operations.receive(io.BytesIO(sent), 'a.jpg', len(sent), by=STAFF)
    raw = {**ROAD, '写真': [{'blob': received.blob, 'name': 'a.jpg'}]}
    made = await staffed.operations.submit('road_requests', raw, by=STAFF)
    small = thumbnail_of(staffed.store.blobs.path(received.blob))
    assert small is not None and small.exists()
    erase(staffed.store, [('road_requests', made.id)], actor='x', request_id='', reason='保存年限')
    assert not small.exists() and not list(staffed.store.blobs.folder.rglob(f'{received.blob}*'))
