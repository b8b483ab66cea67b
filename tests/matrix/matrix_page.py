"""The matrix as a page for people, written from what is tried: `python tests/matrix/matrix_page.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from no_such_way import NO_SUCH_WAY
from rules import ACT, CHANGE, ENTER, RULES, Rule

PAGE = Path(__file__).resolve().parents[2] / 'docs' / 'matrix.md'
WAYS = {
    'screen': (ENTER, CHANGE, ACT),
    'board drag': (ACT,),
    'bulk edit': (CHANGE, ACT),
    'import': (ENTER, CHANGE),
    'API': (ENTER, CHANGE, ACT),
    'public form': (ENTER,),
    'command line': (ENTER, CHANGE),
}
"""Way in -> what can be done by it: a new record, a change of values, an action."""

_HEAD = """# Ways in times rules

Whichever way a record comes in, the same rules hold. Every cell is a test in `tests/matrix/`: it goes through the real
entrance, must be refused with the code and the words below, and must leave nothing behind, no line of history, no
number, no claimed value. The words are those of the operation itself (`apps/operations/`), tried beside every cell.
The command line (`import`) prints words without codes; it takes the rights of an account with `--by`, and without
it those of the installation. A board shows the words of actions that ask for nothing.

This page is written by `python tests/matrix/matrix_page.py`; a test fails when it is not what the code says.
"""


def page() -> str:
    """The whole page."""
    said, missing = ('', '## What is said', ''), ('', '## No such way', '')
    return '\n'.join((_HEAD, *_cells(), *said, *_texts(), *missing, *_missing(), ''))


def _cells() -> list[str]:
    """One line per rule, one column per way in: what is tried there."""
    rows = [_row('', *WAYS), _row('---', *('---' for _ in WAYS))]
    return [*rows, *(_row(rule.name, *(_cell(way, rule) for way in WAYS)) for rule in RULES)]


def _cell(way: str, rule: Rule) -> str:
    if (way, rule.name) in NO_SUCH_WAY:
        return 'no such way'
    return ', '.join(each for each in WAYS[way] if each in rule.told)


def _texts() -> list[str]:
    found = [_row('rule', 'done', 'code', 'words'), _row('---', '---', '---', '---')]
    for rule in RULES:
        for told in dict.fromkeys(rule.told.values()):
            deeds = ', '.join(deed for deed, each in rule.told.items() if each == told)
            found.append(_row(rule.name, deeds, f'`{told[0]}`', told[1]))
    return found


def _missing() -> list[str]:
    return [f'- {way}, {rule}: {instead}.' for (way, rule), instead in NO_SUCH_WAY.items()]


def _row(*cells: str) -> str:
    return f'| {" | ".join(cells)} |'


if __name__ == '__main__':
    sys.stdout.write(f'{PAGE.name}: {PAGE.write_text(page(), "utf-8")} characters\n')
