"""Hold the pinned packages against the known advisories, and say plainly when nobody could be asked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / 'requirements.lock'
ASK = ['--disable-pip', '--require-hashes', '--timeout', '10', '--progress-spinner', 'off', '--format', 'json']

ACCEPTED = {
    'GHSA-m47w-xwfc-82pf': 'NiceGUI: ui.aggrid and ui.echart, which no page uses',
    'GHSA-9g7v-h3pr-4qm8': 'NiceGUI: ui.editor, which no page uses',
    'GHSA-75w7-4mx9-8qqc': 'NiceGUI: names of its own uploads on Windows; files come in by a route of ours',
}
"""Advisory -> why it does not reach us until the release that closes it can be had."""


def main() -> int:
    """0 when nothing is known or nobody could be asked, 1 when something is known."""
    asked = subprocess.run(
        [sys.executable, '-m', 'pip_audit', *ASK, '-r', str(LOCK)], capture_output=True, text=True, check=False
    )
    try:
        answer = json.loads(asked.stdout)
    except ValueError:
        answer = {'dependencies': []}
    code, told = judged(answer)
    print(told, file=sys.stderr if code else sys.stdout)
    return code


def judged(answer: Mapping[str, Any]) -> tuple[int, str]:
    """The exit code and the sentence for pip-audit's answer."""
    packages = answer['dependencies']
    known = [each for each in packages if 'vulns' in each]
    if not known:
        return 0, 'pip-audit: NOT SCANNED, the advisories could not be reached from here.'
    found = [
        f'{each["name"]} {each["version"]}: {one["id"]} (fixed in {", ".join(one["fix_versions"]) or "no release yet"})'
        for each in known
        for one in each['vulns']
        if not ACCEPTED.keys() & {one['id'], *one.get('aliases', ())}
    ]
    if found:
        return 1, 'pip-audit: known holes\n' + '\n'.join(found)
    unknown = len(packages) - len(known)
    return 0, f'pip-audit: {len(known)} packages without a known hole' + (f', {unknown} unknown' if unknown else '')


if __name__ == '__main__':
    sys.exit(main())
