"""The bench of the draw runs, and its last line is for machines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]


def test_last_line_is_one_json_object() -> None:
    run = [sys.executable, '-m', 'bench.lottery', '--applications', '200', '--rounds', '1']
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures.pop('bench'), figures.pop('applications')) == ('lottery', 200)
    assert figures.pop('same bytes in any order') is True
    assert {'our draw over plain', 'held by an office over plain', 'our draw, every rule over plain'} <= figures.keys()
    assert all(ratio > 0 for ratio in figures.values())
