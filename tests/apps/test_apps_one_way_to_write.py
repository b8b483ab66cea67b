"""There is one way to write a record, and this proves that nothing goes round it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OPENS_TRANSACTIONS = {'apps/transactions.py'}
"""The only file that asks the store for a transaction."""

COMMITS = {'commit', 'commit_blocking', 'commit_soon'}

WRITES = {
    'apps/operations': 'records, with every rule',
    'apps/accounts.py': 'the register of people and sections (no app, no form)',
    'apps/outbox': 'what is sent to people and how far it came',
    'apps/notifications': 'what members of staff are told and what they have read',
    'apps/devices.py': 'the devices that several people share',
    'apps/owners.py': 'the sections that look after apps',
    'apps/tokens.py': 'the API tokens of people (no app, no form)',
    'apps/grants.py': 'the apps that are lent to somebody to look at',
    'apps/own_codes.py': 'the secret behind the codes of applicants',
    'apps/published.py': 'the texts and names of definitions',
    'apps/audit.py': 'what was done besides changing records',
    'apps/retention/desk.py': 'the lists of personal data that is to be erased',
    'apps/demo/mark.py': 'the mark that a folder holds sample data',
}
"""Files that are given a transaction to write with, and what they write there."""

WRITING = {'put', 'patch', 'delete', 'take_out', 'number', 'restart', 'attach', 'detach', 'claim', 'release'}
SCRATCH = {'scratch'}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in (ROOT / 'main.py', *sorted((ROOT / 'apps').rglob('*.py'))):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text('utf-8'))


def calls(tree: ast.AST) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func


def name_of(node: ast.expr) -> str:
    """The last name before the dot: tx, store, _scratch ..."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ''


def test_one_file_opens_transactions() -> None:
    found = {path for path, tree in sources() for each in calls(tree) if each.attr in COMMITS}
    assert found == OPENS_TRANSACTIONS


def test_only_the_named_files_write_in_a_transaction() -> None:
    found = {
        path
        for path, tree in sources()
        for each in calls(tree)
        if each.attr in WRITING and name_of(each.value) in {'tx', '_tx'}
    }
    assert {path for path in found if not path.startswith(tuple(WRITES))} == set()
    assert {allowed for allowed in WRITES if not any(path.startswith(allowed) for path in found)} == set()


def test_records_are_written_in_one_place_within_the_operations() -> None:
    """`put` of an app's own collection stands once, in save.py; the rest are documents beside the records."""
    puts = [
        (path, ast.unparse(node.args[0]))
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == 'put'
        if name_of(node.func.value) == 'tx' and path.startswith('apps/operations')
    ]
    assert sorted(puts) == [
        ('apps/operations/ceremony.py', 'DRAWS'),
        ('apps/operations/ceremony.py', 'DRAWS'),
        ('apps/operations/ceremony.py', 'SECRETS'),
        ('apps/operations/draw.py', 'DRAWS'),
        ('apps/operations/files.py', 'FILES'),
        ('apps/operations/from_citizens.py', 'ME_TOO'),
        ('apps/operations/queue.py', 'DAYS'),
        ('apps/operations/redact.py', 'FILES'),
        ('apps/operations/redact.py', 'FILES'),
        ('apps/operations/redact.py', 'FILES'),
        ('apps/operations/redact.py', 'FILES'),
        ('apps/operations/reply_links.py', 'LINKS'),
        ('apps/operations/reply_links.py', 'LINKS'),
        ('apps/operations/save.py', 'task.definition.name'),
        ('apps/operations/take_back.py', 'IMPORTS'),
        ('apps/operations/take_in.py', 'IMPORTS'),
        ('apps/operations/take_in.py', 'IMPORTS'),
        ('apps/operations/take_in.py', 'MAPPINGS'),
        ('apps/operations/take_in.py', 'PARTS'),
    ]


ANOTHER_DATABASE = {'apps/map/tiles/mbtiles.py'}
"""Reads the tiles that an administrator put there, and nothing of the city's."""


def test_nobody_reaches_the_database_behind_the_store() -> None:
    for path, tree in sources():
        imported = {
            alias.name.partition('.')[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in ([ast.alias(node.module or '')] if isinstance(node, ast.ImportFrom) else node.names)
        }
        assert not imported & {'apsw', 'sqlite3'} or path in ANOTHER_DATABASE, path


def test_operations_readings_and_files_know_no_screen() -> None:
    walled = (
        'apps/operations', 'apps/reading', 'apps/excel', 'apps/api',
        'apps/demo', 'apps/commands', 'apps/outbox', 'apps/notifications',
    )
    for path, tree in sources():
        if path.startswith(walled):
            names = {
                (node.module or '') if isinstance(node, ast.ImportFrom) else alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            }
            assert not {each for each in names if each.split('.')[0] == 'nicegui'}, path
