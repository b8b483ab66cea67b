"""The same import by API and by command line, judged in processes of their own, and a process killed in the middle."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from city_hall import LEADER, OTHER, STAFF, opened, password_of
from fastapi import FastAPI
from import_files import workbook

from apps.api.routes import install
from apps.clock import StillClock
from apps.context import AppContext
from apps.importing import court, desk
from apps.operations.imports_kept import BROKEN_OFF
from apps.people import Person
from apps.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
APP = 'road_requests'
HEAD = ['種別', '場所', '内容']
GOOD = [['舗装', '見本町1', '穴'], ['側溝', '見本町2', 'ふた']]
BAD = ['あれ', '見本町3', '石']


@pytest.fixture
async def web(staffed: AppContext) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install(app, staffed)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url='http://hall.example') as client:
        yield client


async def enter(web: httpx.AsyncClient, person: Person) -> None:
    await web.post('/api/v1/session', json={'account': person.account, 'password': password_of(person)})


async def send(web: httpx.AsyncClient, content: bytes, query: str = '') -> httpx.Response:
    return await web.post(f'/api/v1/apps/{APP}/imports{query}', files={'file': ('要望.xlsx', content)})


async def test_the_api_checks_first_takes_in_and_takes_back(web: httpx.AsyncClient, staffed: AppContext) -> None:
    await enter(web, LEADER)
    tried = (await send(web, workbook([HEAD, *GOOD, BAD]))).json()
    assert (tried['id'], tried['new'], tried['refused']) == ('', 2, 1)
    assert tried['problems'][0]['address'] == 'Sheet1!A4' and 'あれ' in tried['problems'][0]['detail']
    assert staffed.store.count(APP) == 0
    refused = await send(web, workbook([HEAD, *GOOD, BAD]), '?dry_run=false')
    assert refused.status_code == 422 and staffed.store.count(APP) == 0
    taken = (await send(web, workbook([HEAD, *GOOD]), '?dry_run=false')).json()
    assert (taken['new'], staffed.store.count(APP)) == (2, 2)
    (listed,) = (await web.get(f'/api/v1/apps/{APP}/imports')).json()['imports']
    assert (listed['id'], listed['file'], listed['by']) == (taken['id'], '要望.xlsx', LEADER.account)
    undone = await web.post(f'/api/v1/apps/{APP}/imports/{taken["id"]}/undo', json={})
    assert undone.json()['state'] == 'taken_back' and staffed.store.count(APP) == 0


@pytest.mark.parametrize('person', [STAFF, OTHER])
async def test_who_may_not_import_is_refused_by_the_api(
    web: httpx.AsyncClient, staffed: AppContext, person: Person
) -> None:
    await enter(web, person)
    assert (await send(web, workbook([HEAD, *GOOD]), '?dry_run=false')).status_code == 403
    assert (await web.get(f'/api/v1/apps/{APP}/imports')).status_code == 403
    assert staffed.store.count(APP) == 0


async def test_a_file_that_is_none_is_told_as_a_problem(web: httpx.AsyncClient) -> None:
    await enter(web, LEADER)
    told = await send(web, b'PK\x03\x04 nonsense')
    assert told.status_code == 415 and 'Excel' in told.json()['detail']


async def test_rows_to_correct_go_to_their_owner_only(web: httpx.AsyncClient, staffed: AppContext) -> None:
    draft = await staffed.imports.open(APP, workbook([HEAD, BAD]), '要望.xlsx', by=LEADER)
    await staffed.imports.check(draft, by=LEADER)
    address = f'/api/v1/apps/{APP}/import-drafts/{draft.id}/corrections.xlsx'
    await enter(web, STAFF)
    assert (await web.get(address)).status_code == 404
    await enter(web, LEADER)
    assert (await web.get(address)).content.startswith(b'PK')


@pytest.mark.long
async def test_many_rows_are_judged_in_processes_with_the_same_verdicts(
    staffed: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = workbook([HEAD, *GOOD, BAD])
    here = await staffed.imports.check(await staffed.imports.open(APP, content, 'a.xlsx', by=LEADER), by=LEADER)
    monkeypatch.setattr(desk, 'FEW', 0)
    monkeypatch.setattr(court, 'MOST_PROCESSES', 1)
    there = await staffed.imports.check(await staffed.imports.open(APP, content, 'a.xlsx', by=LEADER), by=LEADER)
    assert there.counts == here.counts and there.problems == here.problems
    assert [each.cleaned for each in there.verdicts] == [each.cleaned for each in here.verdicts]


def command(*arguments: object, data: Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, str(ROOT / 'main.py'), 'import', APP, *map(str, arguments), '--data', str(data)]
    return subprocess.run(line, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


@pytest.mark.long
def test_the_command_only_checks_until_it_is_told_to_take(tmp_path: Path) -> None:
    file, data = tmp_path / 'road.csv', tmp_path / 'data'
    file.write_bytes('種別,場所,内容\n舗装,見本町,穴 123456789018\nあれ,例示町,石\n'.encode('cp932'))
    tried = command(file, '--corrections', tmp_path / 'fix.xlsx', data=data)
    assert tried.returncode == 1 and '新しく登録 1件' in tried.stdout and 'road!A3' in tried.stderr
    assert '2行目: 内容 12けたの番号があります' in tried.stdout and '9018' not in tried.stdout
    assert (tmp_path / 'fix.xlsx').exists()
    taken = command(file, '--take', '--partly', data=data)
    assert taken.returncode == 0 and '1件を登録' in taken.stdout


@pytest.mark.crash
def test_a_process_killed_in_the_middle_leaves_what_the_next_start_takes_back(
    settings: Settings, clock: StillClock, tmp_path: Path
) -> None:
    file = tmp_path / 'many.csv'
    file.write_text('種別,場所,内容\n' + ''.join(f'舗装,見本町{each},穴\n' for each in range(6_000)), 'utf-8')
    line = [sys.executable, str(ROOT / 'main.py'), 'import', APP, str(file), '--take', '--data', str(settings.data)]
    office = opened(settings, clock)
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1_200):
            if office.store.count(APP) > 0:
                break
            time.sleep(0.05)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    left = office.store.count(APP)
    assert 0 < left < 6_000, 'killed in the middle'
    (ended,) = asyncio.run(office.imports.back.recover_at_start())
    assert ended.state == BROKEN_OFF and office.store.count(APP) == 0
    office.close()
