"""How soon a step on one tablet is on every other screen: the real server, real sockets, one clock.

Boards hold the WebSocket of the public display; consoles load the real page and hold NiceGUI's socket.io. Steps are
taken one after the other through the API. Measured from the moment that the server writes into the step, before
it is stored, to the moment at which the last of all clients has read what changed. Needs Linux (memory from /proc).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import socketio

ROOT = Path(__file__).resolve().parents[1]
APP = 'counter_queue'
SECTION, COUNTER, ITEM = '住宅政策課', '1番', '緊急修理'
PATIENCE = 10.0
"""Seconds after which a client that heard nothing is counted as missing."""


@dataclass(slots=True)
class Clients:
    """All screens; `heard` holds when each last read something new, in seconds of the wall clock."""

    heard: dict[str, float] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    closing: list[Any] = field(default_factory=list)

    def hear(self, client: str) -> None:
        self.heard[client] = time.time()
        self.news.set()

    async def all_after(self, begin: float, names: list[str]) -> float | None:
        """When the last of them had heard something since `begin`; None when somebody did not."""
        end = time.time() + PATIENCE
        while time.time() < end:
            if all(self.heard.get(each, 0.0) > begin for each in names):
                return max((self.heard[each] for each in names), default=begin)
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), 0.5)
            except TimeoutError:
                continue
        return None


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    pid: int

    def memory(self) -> float:
        """Resident memory in kB."""
        status = Path(f'/proc/{self.pid}/status').read_text()
        found = re.search(r'VmRSS:\s+(\d+)', status)
        return float(found.group(1)) if found else 0.0

    def worked(self) -> float:
        """Seconds of processor time so far, which other programs on the machine do not lengthen."""
        parts = Path(f'/proc/{self.pid}/stat').read_text().rsplit(')', 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf('SC_CLK_TCK')


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A server with a small sample city on a free port; ended by its own handle."""
    shutil.copytree(ROOT / 'apps' / 'definitions', folder / 'definitions')
    places = ['--data', str(folder / 'data'), '--definitions', str(folder / 'definitions')]
    program = [sys.executable, str(ROOT / 'main.py')]
    subprocess.run([*program, 'demo', *places, '--scale', '0.005'], check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    command = [*program, 'serve', '--demo', '--port', str(port), *places]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ})
    try:
        yield Server(f'http://127.0.0.1:{port}', process.pid)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


class Tablet:
    """Somebody signed in: asks the API."""

    def __init__(self, server: Server, http: aiohttp.ClientSession) -> None:
        self._server = server
        self._http = http

    async def ready(self) -> None:
        for _ in range(300):
            try:
                async with self._http.get(f'{self._server.url}/healthz') as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
        raise SystemExit('the server did not start')

    async def sign_in(self) -> None:
        from apps.demo.staff import DEMO_ACCOUNTS

        sample = DEMO_ACCOUNTS[0]
        await self.ask('/api/v1/session', account=sample.account, password=sample.password)

    async def ask(self, address: str, **body: Any) -> dict[str, Any]:
        headers = {'Origin': self._server.url}
        async with self._http.post(self._server.url + address, json=body, headers=headers) as answer:
            told: dict[str, Any] = await answer.json()
            if answer.status >= 300:
                raise SystemExit(f'{address}: {answer.status} {told}')
            return told

    async def values(self, record: str) -> dict[str, Any]:
        async with self._http.get(f'{self._server.url}/api/v1/apps/{APP}/records/{record}') as answer:
            told: dict[str, Any] = (await answer.json())['values']
            return told


async def connect_board(server: Server, http: aiohttp.ClientSession, clients: Clients, name: str) -> None:
    line = await http.ws_connect(f'{server.url.replace("http", "ws", 1)}/public/{APP}/live')
    clients.closing.append(line)
    last = ''

    async def listen() -> None:
        nonlocal last
        async for message in line:
            # The display hears the same again at every beat; only what is new counts.
            if message.data != last:
                last = message.data
                clients.hear(name)

    asyncio.get_running_loop().create_task(listen())


async def connect_console(server: Server, http: aiohttp.ClientSession, clients: Clients, name: str) -> None:
    """Load the page as a browser does and hold its socket."""
    async with http.get(f'{server.url}/apps/{APP}') as answer:
        page = await answer.text()
    found = re.search(r'client_id[^0-9a-f]{1,12}([0-9a-f-]{36})', page)
    number = re.search(r'next_message_id\D{1,12}(\d+)', page)
    if found is None or number is None:
        raise SystemExit(f'{name} was given no page: {page[:300]}')
    cookies = '; '.join(f'{each.key}={each.value}' for each in http.cookie_jar)
    query = {
        'client_id': found.group(1),
        'next_message_id': number.group(1),
        'implicit_handshake': 'true',
        'document_id': secrets.token_hex(16),
        'tab_id': secrets.token_hex(16),
    }
    line = socketio.AsyncClient()
    clients.closing.append(line)

    @line.on('update')
    async def update(_data: Any) -> None:
        clients.hear(name)

    asked = '&'.join(f'{key}={value}' for key, value in query.items())
    headers = {'Cookie': cookies, 'Origin': server.url}
    path = '/_nicegui_ws/socket.io'
    await line.connect(f'{server.url}?{asked}', headers=headers, transports=['websocket'], socketio_path=path)


async def measure(server: Server, boards: int, consoles: int, rounds: int) -> dict[str, Any]:
    clients = Clients()
    jar = aiohttp.CookieJar(unsafe=True)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(cookie_jar=jar, connector=connector) as http:
        tablet = Tablet(server, http)
        await tablet.ready()
        await tablet.sign_in()
        await take_steps(tablet, clients, [], rounds=2)
        memory = [server.memory()]
        names = [f'board {each}' for each in range(boards)]
        for name in names:
            await connect_board(server, http, clients, name)
        memory.append(await settled(server))
        for each in range(consoles):
            names.append(f'console {each}')
            await connect_console(server, http, clients, names[-1])
        memory.append(await settled(server))
        begun = (server.worked(), time.process_time())
        times, missing = await take_steps(tablet, clients, names, rounds)
        worked = (server.worked() - begun[0], time.process_time() - begun[1])
        for line in clients.closing:
            await (line.disconnect() if isinstance(line, socketio.AsyncClient) else line.close())
    times.sort()
    return {
        'boards': boards,
        'consoles': consoles,
        'steps': len(times) + missing,
        'missing': missing,
        'p50_ms': round(statistics.median(times), 1),
        'p95_ms': round(times[int(len(times) * 0.95)], 1),
        'max_ms': round(times[-1], 1),
        'server_cpu_ms_per_step': round(worked[0] * 1000 / (rounds * 4), 1),
        'clients_cpu_ms_per_step': round(worked[1] * 1000 / (rounds * 4), 1),
        'kb_per_board': round((memory[1] - memory[0]) / max(boards, 1)),
        'kb_per_console': round((memory[2] - memory[1]) / max(consoles, 1)),
    }


async def settled(server: Server) -> float:
    await asyncio.sleep(1.0)
    return server.memory()


async def take_steps(
    tablet: Tablet, clients: Clients, names: list[str], rounds: int
) -> tuple[list[float], int]:
    """So many people come, are called, served and done. Milliseconds until the last screen knew, and how many never."""
    times: list[float] = []
    missing = 0
    for _ in range(rounds):
        record = ''
        for step in ('come', 'call', 'arrive', 'finish'):
            answer = await take(tablet, step, record)
            record = answer['id']
            begun = datetime.fromisoformat(answer['values']['受付の流れ'][-1]['at']).timestamp()
            last = await clients.all_after(begun, names)
            if last is None:
                missing += 1
            elif names:
                times.append((last - begun) * 1000)
            await asyncio.sleep(0.05)
    return times, missing


async def take(tablet: Tablet, step: str, record: str) -> dict[str, Any]:
    sent = {'request_id': f'bench-{secrets.token_hex(8)}'}
    if step == 'come':
        values = {'用件': [ITEM], '受付方法': '来庁'}
        return await tablet.ask(f'/api/v1/apps/{APP}/records', values=values, **sent)
    if step == 'call':
        return await tablet.ask(f'/api/v1/apps/{APP}/next', section=SECTION, counter=COUNTER, **sent)
    ticket = (await tablet.values(record))['受付の流れ'][-1]['ticket']
    address = f'/api/v1/apps/{APP}/records/{record}/actions/{step}'
    return await tablet.ask(address, values={'ticket': ticket}, **sent)


def main() -> None:
    parser = argparse.ArgumentParser(prog='python -m bench.queue_live', description=__doc__)
    parser.add_argument('--boards', type=int, default=150, help='displays in waiting rooms')
    parser.add_argument('--consoles', type=int, default=50, help='tablets of clerks')
    parser.add_argument('--rounds', type=int, default=25, help='people who come and are served; four steps each')
    parser.add_argument('--minutes', type=float, default=5.0, help='the bench gives up after this time')
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix='bench-queue-') as folder, served(Path(folder)) as server:
        measuring = measure(server, wanted.boards, wanted.consoles, wanted.rounds)
        figures = asyncio.run(asyncio.wait_for(measuring, wanted.minutes * 60))
    for name, value in figures.items():
        print(f'{name:>24}  {value}')
    print(json.dumps({'bench': 'queue_live', **figures}))


if __name__ == '__main__':
    main()
