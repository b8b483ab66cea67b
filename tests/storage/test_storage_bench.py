"""The bench runs, both stores give the same answers, and its last line is for machines."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]


def test_last_line_is_one_json_object() -> None:
    run = [sys.executable, '-m', 'bench.storage', '--sizes', '300', '--patience', '0.01']
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])['sizes']['300']
    assert {'insert_ms', 'page_ms', 'further_ms', 'rare_word_ms', 'start_ms', 'memory_mb'} <= figures.keys()
    assert all(figure['plain'] > 0 and figure['ratio'] > 0 for figure in figures.values())


def test_commits_are_counted_for_every_way_and_number_of_callers() -> None:
    run = [sys.executable, '-m', 'bench.storage.commits', '--seconds', '0.02', '--rounds', '1']
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    rates = json.loads(done.stdout.splitlines()[-1])['per_second']
    assert {'one sync for each', 'ours', 'ours, with search text', 'ours, from one event loop'} == rates.keys()
    assert all(rate > 0 for way in rates.values() for rate in way.values())


def test_both_give_the_same_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)
    from bench.storage.engines import ENGINES
    from bench.storage.road_requests import ABSENT, COMMON, RARE, request

    answers = []
    for name, engine_class in ENGINES.items():
        engine = engine_class(tmp_path / name)
        engine.load(request(number) for number in range(400))
        engine.insert(request(400))
        words = [engine.search(word) for word in (COMMON, RARE, ABSENT)]
        answers.append([engine.page(), engine.page(60), *words])
        engine.close()
    assert answers[0] == answers[1]
    assert [len(answer) for answer in answers[0]][2:] == [50, 1, 0]
