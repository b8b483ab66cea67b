"""The sample page in a process of its own, which a test may stop and start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent


class SampleServer:
    """The sample page in a process of its own, on a port that stays the same when it is stopped and started again."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        self.url = f'http://127.0.0.1:{self.port}'

    def start(self) -> None:
        # NiceGUI behaves differently when it finds itself inside pytest.
        outside = {name: value for name, value in os.environ.items() if not name.startswith('PYTEST')}
        command = [sys.executable, str(HERE / 'page_server.py'), str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=outside)
        try:
            wait_until_healthy(self.url)
        except RuntimeError:
            self.stop()
            raise

    def stop(self) -> None:
        """Like a power cut: nothing is said to the browsers."""
        self.process.kill()
        self.process.wait(10)


def wait_until_healthy(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f'{url}/healthz', timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError('the sample page did not start')
