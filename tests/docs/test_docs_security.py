"""The table of docs/security.md: every chapter is there, every test it names exists, and every claim has a reason."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / 'docs' / 'security.md').read_text('utf-8')
CHAPTERS = re.findall(r'^### V(\d+) ', PAGE, re.MULTILINE)
ROWS = [
    [cell.strip() for cell in line.strip('|').split(' | ')]
    for line in PAGE.partition('## ASVS')[2].splitlines()
    if re.match(r'\| \d', line)
]
STATES = {'met', 'partly', 'not met', 'n/a'}


def test_every_chapter_of_the_standard_has_its_table() -> None:
    assert CHAPTERS == [str(number) for number in range(1, 18)]
    assert {row[0].split('.')[0] for row in ROWS} == set(CHAPTERS)


@pytest.mark.parametrize('row', ROWS, ids=[row[0].split(' ')[0] for row in ROWS])
def test_a_section_says_how_or_why_not(row: list[str]) -> None:
    _section, state, how, *_tests = row
    assert state in STATES and len(how) > 8


def test_every_test_that_is_named_exists() -> None:
    named = set(re.findall(r'`(tests/[^`]+)`', PAGE))
    assert len(named) > 15 and not [each for each in named if not (ROOT / each).exists()]


def test_the_dependencies_are_scanned_and_what_could_not_be_asked_is_said() -> None:
    assert '.ci/scan_dependencies.py' in (ROOT / 'test').read_text('utf-8')
    hole = {'id': 'X-1', 'aliases': [], 'fix_versions': ['2.0']}
    accepted = {'id': 'CVE-1', 'aliases': ['GHSA-9g7v-h3pr-4qm8'], 'fix_versions': ['3.19.0']}
    fine = {'name': 'a', 'version': '1.0', 'vulns': []}
    unasked = {'name': 'b', 'skip_reason': 'not found'}
    judged = runpy.run_path(str(ROOT / '.ci' / 'scan_dependencies.py'))['judged']
    code, told = judged({'dependencies': [unasked]})
    assert code == 0 and 'NOT SCANNED' in told
    assert judged({'dependencies': [fine, unasked]})[0] == 0
    assert judged({'dependencies': [{**fine, 'vulns': [accepted]}]})[0] == 0
    code, told = judged({'dependencies': [{**fine, 'vulns': [hole]}]})
    assert code == 1 and 'a 1.0: X-1 (fixed in 2.0)' in told
