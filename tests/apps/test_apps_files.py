"""Uploaded files: what is received, under which name, and how long it waits for a record."""

from __future__ import annotations

import io
import os
import time
import zipfile

import pytest
from city_hall import OTHER, ROAD, STAFF
from pictures import picture

from apps.clock import StillClock
from apps.context import AppContext
from apps.outcome import Refused
from apps.received_files import is_what_it_seems, recognise, safe_name, with_ending
from apps.server import tidy_up

PNG = picture()


@pytest.mark.parametrize(
    ('head', 'name', 'kind'),
    [
        (b'\xff\xd8\xff\xe0', 'a.png', 'image/jpeg'),
        (b'%PDF-1.7', 'a.pdf', 'application/pdf'),
        (b'RIFF\0\0\0\0WEBPVP8 ', 'a', 'image/webp'),
        (b'PK\x03\x04', 'a.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
        (b'PK\x03\x04', 'a.apk', None),
        ('氏名,住所'.encode('cp932'), 'a.csv', 'text/csv'),
        ('氏名,住所'.encode(), 'a.txt', 'text/plain'),
        (b'<html>', 'a.html', None),
        (b'#!/bin/sh', 'a.sh', None),
        (b'a\0b', 'a.txt', None),
    ],
)
def test_files_are_recognised_by_their_content(head: bytes, name: str, kind: str | None) -> None:
    assert recognise(head, name) == kind


@pytest.mark.parametrize(
    ('sent', 'kept'),
    [('../passwd', 'passwd'), ('C:\\temp\\写真.jpg', '写真.jpg'), ('a\x00\r\nb.txt', 'a__b.txt'), ('..', 'file')],
)
def test_a_name_leads_nowhere(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def packed(*names: str) -> io.BytesIO:
    written = io.BytesIO()
    with zipfile.ZipFile(written, 'w') as file:
        for each in names:
            file.writestr(each, 'x')
    return written


@pytest.mark.parametrize(
    ('name', 'content', 'taken'),
    [
        ('a.xlsx', packed('[Content_Types].xml', 'xl/workbook.xml'), True),
        ('a.zip', packed('a.txt'), True),
        ('a.xlsx', packed('a.txt'), False),
        ('a.docx', packed('[Content_Types].xml', 'word/vbaProject.bin'), False),
        ('a.xlsx', io.BytesIO(b'PK\x03\x04' + b'\0' * 60), False),
    ],
)
def test_an_office_file_is_opened_before_it_is_believed(name: str, content: io.BytesIO, taken: bool) -> None:
    kind = recognise(content.getvalue()[:4096], name)
    assert kind is not None and is_what_it_seems(content, kind) is taken


def test_a_photo_is_offered_under_the_ending_of_what_it_is() -> None:
    assert with_ending('穴.png', 'image/jpeg') == '穴.jpg' and with_ending('a.JPEG', 'image/jpeg') == 'a.JPEG'
    assert with_ending('html', 'image/png') == 'html.png' and with_ending('a.pdf', 'application/pdf') == 'a.pdf'


async def test_a_record_cannot_name_a_file_that_somebody_else_uploaded(staffed: AppContext) -> None:
    photo = await staffed.operations.receive(io.BytesIO(PNG), 'a.png', len(PNG), by=OTHER)
    with pytest.raises(Refused) as refused:
        await staffed.operations.submit('road_requests', {**ROAD, '写真': [photo.told()]}, by=STAFF)
    assert [each.path for each in refused.value.messages] == ['写真']


async def test_only_files_that_no_record_names_are_thrown_away(staffed: AppContext, clock: StillClock) -> None:
    kept = await staffed.operations.receive(io.BytesIO(PNG), 'a.png', len(PNG), by=STAFF)
    made = await staffed.operations.submit('road_requests', {**ROAD, '写真': [kept.told()]}, by=STAFF)
    lost = await staffed.operations.receive(io.BytesIO(picture('blue')), 'b.png', len(PNG), by=STAFF)
    before = time.time() - 2 * 86_400
    for each in (kept, lost):
        os.utime(staffed.store.blobs.path(each.blob), (before, before))
    tidy_up(staffed)
    assert set(staffed.store.blobs.all()) == {kept.blob}
    changed = await staffed.operations.change(
        'road_requests', made.id, {'写真': [kept.told()], '場所': '試し台'}, by=OTHER, if_rev=made.rev
    )
    assert changed.values['写真'][0]['blob'] == kept.blob, 'a colleague keeps the photo when changing something else'
