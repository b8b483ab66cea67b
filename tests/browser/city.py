"""The real server with a small sample city, as a subprocess: what the browser tests sign in to."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STAFF, LEADER, SUPERVISOR, ADMINISTRATOR = 'shokuin', 'leader', 'kacho', 'kanri'


@dataclass
class City:
    """A running server. definitions: its own copy of the folder, into which a test may drop files."""

    url: str
    definitions: Path
    process: subprocess.Popen[bytes]

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def start_city(folder: Path, *, scale: float = 0.02) -> City:
    """Make the sample data and serve it on a free port; returns when it answers."""
    definitions = folder / 'definitions'
    shutil.copytree(ROOT / 'apps' / 'definitions', definitions)
    # NiceGUI behaves differently when it finds itself inside pytest.
    outside = {name: value for name, value in os.environ.items() if not name.startswith('PYTEST')}
    places = ['--data', str(folder / 'data'), '--definitions', str(definitions)]
    main = [sys.executable, str(ROOT / 'main.py')]
    subprocess.run([*main, 'demo', *places, '--scale', str(scale)], check=True, env=outside, stdout=subprocess.DEVNULL)
    port = free_port()
    process = subprocess.Popen(
        [*main, 'serve', '--demo', '--port', str(port), *places], env=outside, stdout=subprocess.DEVNULL
    )
    city = City(f'http://127.0.0.1:{port}', definitions, process)
    wait_until_healthy(city)
    return city


def free_port() -> int:
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        return int(free.getsockname()[1])


def wait_until_healthy(city: City) -> None:
    for _ in range(600):
        if city.process.poll() is not None:
            raise RuntimeError('the server stopped at once')
        try:
            urllib.request.urlopen(f'{city.url}/healthz', timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError('the server did not start')
