"""The form's logic runs under Node; this hands its result to pytest."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.skipif(shutil.which('node') is None, reason='Node is not installed')
@pytest.mark.parametrize('file', sorted(HERE.glob('*.test.mjs')), ids=lambda path: path.name.removesuffix('.test.mjs'))
def test_the_logic_of_the_form(file: Path) -> None:
    command = ['node', '--test', '--test-reporter=spec', str(file)]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
