"""The examples of docs/ja/API.md do what the page says, and its Power Query asks for what there is."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from city_hall import ROAD, STAFF
from fastapi import FastAPI
from PIL import Image

from apps.api.problem import KINDS
from apps.api.routes import install
from apps.context import AppContext
from apps.scopes import SCOPES

PAGE = (Path(__file__).resolve().parents[2] / 'docs' / 'ja' / 'API.md').read_text('utf-8')
_DRAWN = BytesIO()
Image.new('RGB', (40, 30), 'white').save(_DRAWN, 'PNG')
PNG = _DRAWN.getvalue()


def commands(known: dict[str, str]) -> Iterator[list[str]]:
    """Every curl of the page as the shell would hand it over, in order."""
    for block in re.findall(r'```sh\n(.*?)```', PAGE, re.DOTALL):
        written = block.replace('\\\n', ' ')
        for name, value in known.items():
            written = written.replace(f'${name}', value)
        yield from (shlex.split(line) for line in written.splitlines() if line.startswith('curl'))


def request_of(words: list[str]) -> dict[str, Any]:
    """What curl would send."""
    asked: dict[str, Any] = {'method': 'GET', 'headers': {}, 'params': [], 'content': None, 'files': None}
    rest = iter(words[1:])
    for word in rest:
        match word:
            case '-s' | '-G':
                pass
            case '-o':
                next(rest)
            case '-X':
                asked['method'] = next(rest)
            case '-H':
                name, _, value = next(rest).partition(': ')
                asked['headers'][name] = value
            case '--data-urlencode':
                asked['params'].append(tuple(next(rest).split('=', 1)))
            case '-d':
                asked['content'] = next(rest).encode()
            case '-F':
                asked['files'] = {'file': (next(rest).partition('@')[2], PNG)}
            case _:
                assert word.startswith('http') and 'url' not in asked, word
                asked['url'] = word
    return asked


@pytest.mark.long
async def test_the_commands_shown_work_one_after_the_other(staffed: AppContext) -> None:
    made = await staffed.operations.submit('road_requests', {**ROAD, '受付日': '2026-11-19'}, by=STAFF)
    text, _ = await staffed.tokens.make(STAFF.account, '手引き', ['write', 'act', 'export', 'files'], by=STAFF)
    app = FastAPI(openapi_url=None)
    install(app, staffed)
    known = {'MADO': 'http://hall.example', 'TOKEN': text, 'ID': made.id}
    answers = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
        for words in commands(known):
            answers.append(await client.request(**request_of(words)))
            assert answers[-1].status_code in {200, 201}, (words, answers[-1].text)
    assert [each['app'] for each in answers[0].json()['apps']].count('road_requests') == 1
    assert [each['id'] for each in answers[1].json()['records']] == [made.id]
    now = staffed.store.get('road_requests', made.id)
    assert now is not None and (now['場所'], now['状態']) == ('見本町2丁目', '取下げ')
    assert staffed.store.count('road_requests') == 2 and answers[-1].json()['type'] == 'image/png'


async def test_the_power_query_shown_reads_every_record(staffed: AppContext) -> None:
    for _ in range(3):
        await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    text, _ = await staffed.tokens.make(STAFF.account, '手引き', [], by=STAFF)
    app = FastAPI(openapi_url=None)
    install(app, staffed)
    (path,) = re.findall(r'一覧 = "(.*?)"', PAGE)
    (asked,) = re.findall(r'Query = \[(.*?)\]', PAGE)
    query = {**dict(re.findall(r'#?"?([\w.]+)"? = "([^"]*)"', asked)), 'limit': '2'}
    assert 'filter.受付日.from' in query
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url='http://hall.example',
        headers={'Authorization': f'Bearer {text}'},
    ) as client:
        first = (await client.get(path, params=query)).json()
        second = (await client.get(path, params={**query, 'after': first['after']})).json()
    assert len({each['id'] for each in (*first['records'], *second['records'])}) == 3 and second['after'] is None


def test_the_page_names_every_scope_and_the_states_as_they_are() -> None:
    assert all(f'`{scope}`' in PAGE for scope in SCOPES)
    rows = re.findall(r'^\| (\d{3}) \| (.*?) \|', PAGE, re.MULTILINE)
    shown = [(int(state), kind) for state, kinds in rows for kind in re.findall(r'`(\w+)`', kinds)]
    assert len(shown) > 10 and all(KINDS[kind][0] == state for state, kind in shown)
