"""The bench of formulas runs, every way gives the same answers, and its last line is for machines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[3]


def test_last_line_is_one_json_object() -> None:
    run = [sys.executable, '-m', 'bench.formula', '--records', '350', '--rounds', '1']
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures.pop('bench'), figures.pop('records')) == ('formula', 350)
    assert {'ours_over_simpleeval', 'ours_over_cel-python'} <= figures.keys()
    assert all(ratio > 0 for ratio in figures.values())
