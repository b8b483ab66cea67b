"""Postal codes from the file that the administrator puts there; its lines are made up here."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import STAFF, password_of
from fastapi import FastAPI

from apps.api.routes import install
from apps.context import AppContext
from apps.postal_codes import PostalCodes
from apps.settings import Settings, SettingsError, load_settings


def place(code: str, town: str, city: str = '見本市') -> str:
    return f'99999,"{code[:3]}  ","{code}","ﾐﾎﾝｹﾝ","ﾐﾎﾝｼ","ﾏﾁ","見本県","{city}","{town}",0,0,0,0,0,0'


OFFICE = '99999,"(ﾐﾎﾝ) ﾐﾎﾝｼﾔｸｼﾖ","見本市役所","見本県","見本市","広見","１丁目１－１","9990077","999  ","見本",0,0,0'
LINES = [
    place('9990000', '以下に掲載がない場合'),
    place('9990001', '見本町（１～３丁目）'),
    place('9990002', '東見本'),
    place('9990002', '西見本'),
    place('9990003', '例示町（１番地、２番地、'),
    place('9990003', '３番地）'),
    place('9990004', '試町の次に番地がくる場合'),
    place('9990005', '例示島一円', '例示村'),
    place('9990006', '一円', '例示町'),
    OFFICE,
]


def codes(folder: Path, encoding: str = 'utf-8') -> Path:
    file = folder / 'postal.csv'
    file.write_bytes('\r\n'.join([*LINES, '']).encode(encoding))
    return file


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return Settings(data=settings.data, definitions=settings.definitions, postal=codes(tmp_path))


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url='http://hall.example') as client:
        yield client


async def enter(web: httpx.AsyncClient) -> None:
    await web.post('/api/v1/session', json={'account': STAFF.account, 'password': password_of(STAFF)})


async def addresses(web: httpx.AsyncClient, code: str) -> list[str]:
    answer: dict[str, Any] = (await web.get(f'/api/v1/postal/{code}')).json()
    return [each['address'] for each in answer['areas']]


async def test_a_code_gives_its_town(web: httpx.AsyncClient) -> None:
    await enter(web)
    assert await addresses(web, '999-0001') == ['見本県見本市見本町']
    assert await addresses(web, '９９９０００１') == ['見本県見本市見本町']
    assert await addresses(web, '999-9999') == []
    assert (await web.get('/api/v1/postal/12')).status_code == 422


async def test_several_towns_of_one_code_are_all_offered(web: httpx.AsyncClient) -> None:
    await enter(web)
    assert await addresses(web, '999-0002') == ['見本県見本市東見本', '見本県見本市西見本']


async def test_codes_of_a_whole_municipality_give_no_town(web: httpx.AsyncClient) -> None:
    await enter(web)
    for code in ('999-0000', '999-0004'):
        assert await addresses(web, code) == ['見本県見本市']
    assert await addresses(web, '999-0005') == ['見本県例示村']
    assert await addresses(web, '999-0006') == ['見本県例示町一円']


async def test_a_town_written_over_two_lines_is_one_town(web: httpx.AsyncClient) -> None:
    await enter(web)
    assert await addresses(web, '999-0003') == ['見本県見本市例示町']


async def test_an_office_in_the_file_is_known_with_its_name(web: httpx.AsyncClient) -> None:
    await enter(web)
    (found,) = (await web.get('/api/v1/postal/999-0077')).json()['areas']
    assert (found['address'], found['office']) == ('見本県見本市広見１丁目１－１', '見本市役所')


async def test_only_who_is_signed_in_is_answered(web: httpx.AsyncClient) -> None:
    assert (await web.get('/api/v1/postal/999-0001')).status_code == 401


def test_the_windows_encoding_is_read_too(tmp_path: Path) -> None:
    (found,) = PostalCodes(codes(tmp_path, 'cp932')).areas('999-0001')
    assert found.address == '見本県見本市見本町'


def test_a_new_file_counts_without_a_restart_and_a_broken_one_does_not(tmp_path: Path) -> None:
    file = codes(tmp_path)
    postal_codes = PostalCodes(file)
    assert postal_codes.areas('999-0008') == ()
    file.write_text(place('9990008', '新見本') + '\r\n', 'utf-8')
    os.utime(file, ns=(1, 1))
    assert [each.town for each in postal_codes.areas('999-0008')] == ['新見本']
    file.write_bytes(b'\xff\xff\xff')
    assert [each.town for each in postal_codes.areas('999-0008')] == ['新見本']


def test_without_a_file_no_code_is_known() -> None:
    assert PostalCodes(None).areas('999-0001') == ()


def test_another_file_is_refused_at_the_start(tmp_path: Path) -> None:
    wrong = tmp_path / 'ken_all.zip'
    wrong.write_bytes(b'PK\x03\x04' + b'\0' * 100)
    for path in (wrong, tmp_path / 'nowhere.csv'):
        with pytest.raises(SettingsError, match='郵便番号データ'):
            load_settings({'postal': str(path)}, {})
    assert load_settings({'postal': str(codes(tmp_path))}, {}).postal
