"""The bench of the screens runs, both ways give the same answers, and its last line is for machines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]


def test_last_line_is_one_json_object() -> None:
    sizes = ['--records', '400', '--small', '100', '--patience', '0', '--no-browser']
    run = [sys.executable, '-m', 'bench.screens', *sizes]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])['sizes']
    assert set(figures) == {'100', '400'}
    assert all(one['ours'] > 0 and one['plain'] > 0 for one in figures['400']['server_ms'].values())


def test_both_ways_find_the_same_records_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)
    from bench.screens.both_ways import Ours, Plain, tasks
    from bench.screens.road_office import open_office

    office = open_office(tmp_path, 400)
    try:
        office.indexes.wait()
        ours, plain = Ours(office), Plain(office)
        for task, requests in tasks(office, 400).items():
            for request, _ in zip(requests, range(10), strict=False):
                found = ours.answer(request)
                assert found == plain.answer(request), (task, request)
                assert found[0] or request.text, task
    finally:
        office.close()
