"""Black boxes over photos: what is under them is gone from every place that shows the photo, and kept for few."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, password_of
from contractor_office import CONTRACTOR
from fastapi import FastAPI
from PIL import Image

from apps.api.routes import install
from apps.context import AppContext
from apps.operations.files import shown_outside
from apps.outcome import Refused
from apps.painted_boxes import Box, painted
from apps.security import COOKIE

APP = 'road_requests'
LEFT_HALF = [{'x': 0, 'y': 0, 'width': 0.5, 'height': 1}]


def face(secret: str = 'red') -> bytes:
    """Something to hide in the left half, a street in the right one."""
    image = Image.new('RGB', (80, 60), 'white')
    image.paste(secret, (0, 0, 40, 60))
    written = io.BytesIO()
    image.save(written, 'JPEG', quality=95)
    return written.getvalue()


def colours(content: bytes) -> tuple[Any, Any]:
    """In the middle of the left and of the right half."""
    with Image.open(io.BytesIO(content)) as image:
        paper = image.convert('RGB')
        return paper.getpixel((paper.width // 4, paper.height // 2)), paper.getpixel((paper.width * 3 // 4, 9))


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        await client.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})
        yield client


def become(web: httpx.AsyncClient, office: AppContext, person: Any) -> None:
    account = office.accounts.get(person.account)
    assert account is not None
    web.cookies.clear()
    web.cookies.set(COOKIE, office.sessions.open(account))


async def photographed(office: AppContext, content: bytes | None = None, **more: Any) -> tuple[str, str]:
    """A request with one photo: its id, and the photo's."""
    content = content or face()
    received = await office.operations.receive(io.BytesIO(content), '車.jpg', len(content), by=STAFF)
    photo = {**received.told(), 'taken_at': '2026-11-19T08:30:00+09:00'}
    made = await office.operations.submit(APP, {**ROAD, '写真': [photo], **more}, by=STAFF)
    return made.id, received.blob


async def covered(web: httpx.AsyncClient, record: str, blob: str, rev: int = 1, **more: Any) -> httpx.Response:
    sent = {'request_id': f'boxes-{rev:04}', 'rev': rev, 'boxes': LEFT_HALF, **more}
    return await web.post(f'/api/v1/apps/{APP}/records/{record}/photos/{blob}/boxes', json=sent)


async def fetched(web: httpx.AsyncClient, blob: str, **asked: Any) -> httpx.Response:
    return await web.get(f'/api/v1/files/{blob}', params=asked)


async def test_the_pixels_under_a_box_are_gone_and_the_record_shows_the_new_photo_only(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    record, blob = await photographed(staffed)
    await fetched(web, blob, thumb=1)
    answer = await covered(web, record, blob)
    assert answer.status_code == 200, answer.text
    (photo,) = answer.json()['values']['写真']
    assert photo['blob'] != blob and photo['redacted'] is True
    assert photo['taken_at'] == '2026-11-19T08:30:00+09:00', 'when it was taken stays known'
    for asked in ({}, {'thumb': 1}):
        left, right = colours((await fetched(web, photo['blob'], **asked)).content)
        assert max(left) < 40 and min(right) > 200
    assert (await fetched(web, blob)).status_code == 404, 'not even who uploaded it gets the original'
    assert (await fetched(web, blob, thumb=1)).status_code == 404
    whole = staffed.store.blobs.path(photo['blob']).read_bytes()
    with Image.open(io.BytesIO(whole)) as image:
        assert not image.getexif() and image.format == 'JPEG' and getattr(image, 'n_frames', 1) == 1


async def test_who_is_named_in_the_definition_sees_the_original_and_that_is_noted(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    record, blob = await photographed(staffed)
    painted_over = (await covered(web, record, blob)).json()['values']['写真'][0]['blob']
    address = f'/api/v1/apps/{APP}/records/{record}/photos'
    assert [each['original'] for each in (await web.get(address)).json()['photos']] == ['']
    become(web, staffed, LEADER)
    (told,) = (await web.get(address)).json()['photos']
    assert (told['blob'], told['original'], told['is_redacted']) == (painted_over, blob, True)
    left, _ = colours((await fetched(web, blob)).content)
    assert left[0] > 200
    await staffed.operations.submit(APP, ROAD, by=STAFF)  # what was noted before is written by then
    noted = [each['kind'] for each in staffed.store.find('_audit', limit=None).docs]
    assert noted.count('redact') == 1 and noted.count('original') == 1
    history = staffed.reading.history(APP, record, by=STAFF)
    assert history[0].what == '写真の塗りつぶし' and history[0].changes[0].field == '写真'


async def test_the_boxes_go_away_again_while_the_original_is_kept(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    record, blob = await photographed(staffed)
    new = (await covered(web, record, blob)).json()['values']['写真'][0]['blob']
    address = f'/api/v1/apps/{APP}/records/{record}/photos/{new}/boxes'
    refused = await web.request('DELETE', address, json={'request_id': 'back-0001', 'rev': 2})
    assert refused.status_code == 403, 'whoever may paint may not look under the paint'
    become(web, staffed, LEADER)
    answer = await web.request('DELETE', address, json={'request_id': 'back-0002', 'rev': 2})
    (photo,) = answer.json()['values']['写真']
    assert photo['blob'] == blob and 'redacted' not in photo
    become(web, staffed, OTHER)
    assert (await fetched(web, blob)).status_code == 200, 'it is an ordinary photo again'


@pytest.mark.parametrize('by_definition', [True, False])
async def test_the_original_is_removed_by_choice_or_where_nobody_may_see_it(
    web: httpx.AsyncClient, staffed: AppContext, definitions: Path, by_definition: bool
) -> None:
    if by_definition:
        road = definitions / f'{APP}.yaml'
        text = road.read_text('utf-8').replace('redaction: {originals: [leader]}', 'redaction: {fields: [写真]}')
        road.write_text(text, 'utf-8')
        staffed.catalogue.reload()
    record, blob = await photographed(staffed)
    await fetched(web, blob, thumb=1)
    assert (await covered(web, record, blob, keep_original=by_definition)).status_code == 200
    assert not list(staffed.store.blobs.folder.rglob(f'{blob}*')), 'the small picture went with it'
    become(web, staffed, LEADER)
    assert (await fetched(web, blob)).status_code == 404


async def test_an_original_that_was_kept_can_be_removed_later_with_all_the_steps_before_it(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    record, blob = await photographed(staffed)
    first = (await covered(web, record, blob)).json()['values']['写真'][0]['blob']
    right = {'boxes': [{'x': 0.8, 'y': 0, 'width': 0.2, 'height': 1}]}
    second = (await covered(web, record, first, 2, **right)).json()['values']['写真'][0]['blob']
    assert (await fetched(web, first)).status_code == 404, 'it showed what the second box hides'
    become(web, staffed, LEADER)
    address = f'/api/v1/apps/{APP}/records/{record}/photos/{second}/original'
    answer = await web.request('DELETE', address, json={'request_id': 'gone-0001', 'rev': 3})
    assert answer.status_code == 200 and answer.json()['values']['写真'][0]['blob'] == second
    assert set(staffed.store.blobs.all()) == {second}
    assert staffed.reading.history(APP, record, by=STAFF)[0].what == '塗りつぶす前の写真の消去'


async def test_who_may_not_see_the_original_cannot_do_away_with_it_by_painting_once_more(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    record, blob = await photographed(staffed)
    first = (await covered(web, record, blob)).json()['values']['写真'][0]['blob']
    assert (await covered(web, record, first, 2, keep_original=False)).status_code == 403
    become(web, staffed, LEADER)
    original = await fetched(web, blob)
    assert original.status_code == 200
    assert original.headers['cache-control'] == 'no-store', 'the next look is noted like this one'
    assert (await covered(web, record, first, 2, keep_original=False, request_id='leader-0001')).status_code == 200
    assert (await fetched(web, blob)).status_code == 404


async def test_an_older_state_cannot_bring_the_original_back(web: httpx.AsyncClient, staffed: AppContext) -> None:
    record, blob = await photographed(staffed)
    stale = (await web.get(f'/api/v1/apps/{APP}/records/{record}')).json()['values']['写真']
    await covered(web, record, blob)
    address = f'/api/v1/apps/{APP}/records/{record}'
    for rev, status in ((1, 409), (2, 422)):
        body = {'request_id': f'stale-{rev:04}', 'rev': rev, 'values': {'写真': stale}}
        assert (await web.patch(address, json=body)).status_code == status


async def test_another_record_with_the_same_photo_keeps_it_and_can_still_be_saved(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    """What was copied there is painted over there; until then the office sees it in that record."""
    parts: Any = {'roles': CONTRACTOR.roles, 'sections': CONTRACTOR.sections, 'by': LEADER}
    await staffed.accounts.add(CONTRACTOR.account, CONTRACTOR.name, password_of(CONTRACTOR), **parts)
    record, blob = await photographed(staffed)
    raw = {**ROAD, '写真': [{'blob': blob}], '担当者': CONTRACTOR.account}
    other = await staffed.operations.submit(APP, raw, by=STAFF)
    assert staffed.reading.file(blob, by=CONTRACTOR) is not None
    assert shown_outside(staffed.store, other.values['写真'])
    await covered(web, record, blob, keep_original=False)
    assert staffed.reading.file(blob, by=CONTRACTOR) is None, 'nobody outside the office sees it from then on'
    assert shown_outside(staffed.store, other.values['写真']) == []
    assert (await fetched(web, blob)).status_code == 200
    body = {'request_id': 'other-0001', 'rev': 1, 'values': {'場所': '別の通り', '写真': other.values['写真']}}
    assert (await web.patch(f'/api/v1/apps/{APP}/records/{other.id}', json=body)).status_code == 200


async def test_the_same_sending_twice_paints_once_and_a_changed_record_is_a_conflict(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    record, blob = await photographed(staffed)
    first, again = [await covered(web, record, blob) for _ in range(2)]
    assert first.json()['rev'] == again.json()['rev'] == 2
    late = await covered(web, record, first.json()['values']['写真'][0]['blob'], 1, request_id='boxes-late')
    assert late.status_code == 409


@pytest.mark.parametrize(
    'boxes',
    [
        [Box(0.5, 0.5, 0.6, 0.1)],
        [Box(0, 0, 0, 1)],
        [Box(-0.2, 0, 0.5, 0.5)],
        [],
        [Box(0, 0, 0.1, 0.1)] * 51,
    ],
)
def test_a_box_outside_the_photo_is_refused(boxes: list[Box]) -> None:
    with pytest.raises(Refused):
        painted(io.BytesIO(face()), boxes)


@pytest.mark.parametrize('kind', ['JPEG', 'PNG', 'WEBP'])
def test_a_box_is_black_whatever_the_kind(kind: str) -> None:
    image = Image.new('RGBA' if kind == 'PNG' else 'RGB', (101, 67), 'red')
    written = io.BytesIO()
    image.save(written, kind)
    new = painted(io.BytesIO(written.getvalue()), [Box(0.333, 0.2, 0.3, 0.3)])
    with Image.open(new.content) as paper:
        assert paper.format == kind and paper.mode in {'RGB', 'P'}
        box = paper.convert('RGB').crop((36, 16, 61, 31))
    assert max(high for _, high in box.getextrema()) < 40


async def test_a_late_photo_goes_behind_the_others_whoever_changed_the_record_meanwhile(
    web: httpx.AsyncClient, staffed: AppContext
) -> None:
    record, blob = await photographed(staffed)
    await staffed.operations.change(APP, record, {'場所': '別の通り'}, by=OTHER, if_rev=1)
    sent = await web.post('/api/v1/files', files={'file': ('b.jpg', face('blue'))})
    body = {'request_id': 'late-0001', 'field': '写真', 'file': sent.json()}
    address = f'/api/v1/apps/{APP}/records/{record}/photos'
    for _ in range(2):
        answer = await web.post(address, json=body)
        assert answer.status_code == 200, answer.text
    assert [each['blob'] for each in answer.json()['values']['写真']] == [blob, sent.json()['blob']]
    assert answer.json()['values']['場所'] == '別の通り'
    again = await web.post(address, json={**body, 'request_id': 'late-0002'})
    assert len(again.json()['values']['写真']) == 2, 'the same photo stays there once'
    nowhere = await web.post(address, json={**body, 'request_id': 'late-0003', 'field': '写眞'})
    assert nowhere.status_code == 422
