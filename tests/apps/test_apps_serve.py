"""The real server in a process of its own: what the terminal tells, what answers, how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope='module')
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, subprocess.Popen[bytes]]]:
    """(address, what the terminal showed, process) of a fresh installation."""
    folder = tmp_path_factory.mktemp('served')
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    told = folder / 'told.txt'
    command = [sys.executable, str(ROOT / 'main.py'), '--data', str(folder / 'data'), '--port', str(port)]
    # NiceGUI does not serve when it finds itself in a test.
    ours = ('PYTEST', 'MADOGUCHI', 'NICEGUI')
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    with told.open('wb') as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, env=clean)
    address = f'http://127.0.0.1:{port}'
    try:
        _wait_for(address)
        yield address, told, process
    finally:
        process.kill()
        process.wait()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f'{address}/healthz').status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError('the server does not answer')


def test_the_terminal_tells_where_to_open_it_and_the_one_time_link(
    served: tuple[str, Path, subprocess.Popen[bytes]],
) -> None:
    address, told, _ = served
    text = told.read_text('utf-8')
    assert f'開くアドレス: {address}\n' in text
    found = re.search(r'(http\S+/set-up/\S+)', text)
    assert found is not None
    form = {'account': 'kanri', 'name': '架空 葵', 'password': 'long-enough-1'}
    with httpx.Client(base_url=address) as browser:
        assert browser.get(found[1]).status_code == 200
        refused = browser.post(found[1], data={**form, 'password': 'short'}, follow_redirects=True)
        assert refused.status_code == 422 and 'role="alert"' in refused.text
        assert 'value="kanri"' in refused.text and 'value="架空 葵"' in refused.text and 'short' not in refused.text
        assert browser.post(found[1], data=form).headers['location'] == '/'
        assert browser.get('/api/v1/session').json()['name'] == '架空 葵'
        home = browser.get('/')
    nonce = re.search(r"'nonce-([^']+)'", home.headers['content-security-policy'])
    assert home.status_code == 200 and nonce is not None
    scripts = re.findall(r'<script[^>]*>', home.text)
    assert scripts and all(f'nonce="{nonce[1]}"' in each for each in scripts)
    assert httpx.post(found[1], data={**form, 'account': 'kanri2'}).headers['location'].startswith('/set-up/')


def test_without_a_session_every_page_leads_to_signing_in(served: tuple[str, Path, subprocess.Popen[bytes]]) -> None:
    address, _, _ = served
    for page in ('/', '/apps/road_requests', '/accounts', '/nothing'):
        answer = httpx.get(address + page)
        assert (answer.status_code, answer.headers['location'].split('?')[0]) == (303, '/sign-in')
    assert httpx.get(f'{address}/sign-in').status_code == 200


def test_it_ends_when_told_to(served: tuple[str, Path, subprocess.Popen[bytes]]) -> None:
    _, told, process = served
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    assert 'Traceback' not in told.read_text('utf-8')
