"""The bench of imports runs, and its last line is for machines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[3]


def test_last_line_is_one_json_object() -> None:
    run = [sys.executable, '-m', 'bench.importing', '--rows', '40']
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told['rows'] == 40 and {'plain', 'all', 'take back'} <= set(told['seconds'])
