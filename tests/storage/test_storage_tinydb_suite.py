"""TinyDB's own test suite, run against our classes. Its source comes from the package index and is never kept here."""

import os
import re
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

EXPECTED_MISSES = {
    'test_tables.py::test_table_repr[json]',  # compares the names of TinyDB's own storage classes
    'test_tinydb.py::test_repr',  # compares the name TinyDB
}

OURS = ['tests/test_tinydb.py', 'tests/test_tables.py', 'tests/test_operations.py', 'tests/test_queries.py']

CONFTEST = '''
import sys
import tempfile

import pytest
import tinydb
from storage.table import CityDB
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage


def city_or_stock(*args, storage=None, **kwargs):
    """A test that names a storage class is about that class; every other TinyDB is ours."""
    return TinyDB(*args, storage=storage, **kwargs) if storage else CityDB(f'{args[0]}.city')


@pytest.fixture(autouse=True)
def ours(monkeypatch):
    for name in ('test_tinydb', 'test_tables', 'test_operations'):
        module = sys.modules.get(f'tests.{name}')
        if module is not None and hasattr(module, 'TinyDB'):
            monkeypatch.setattr(module, 'TinyDB', city_or_stock)


@pytest.fixture(params=['memory', 'json'])
def db(request, tmp_path):
    db = CityDB(tmp_path / 'city') if request.param == 'json' else TinyDB(storage=MemoryStorage)
    db.drop_tables()
    db.insert_multiple({'int': 1, 'char': c} for c in 'abc')
    yield db
    if request.param == 'json':
        db.close()


@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()
'''


@pytest.fixture(scope='session')
def suite(pytestconfig: pytest.Config) -> Path:
    """The folder of TinyDB's tests, fetched once and kept in pytest's cache."""
    name = f'tinydb-{version("tinydb")}'
    folder = pytestconfig.cache.mkdir('tinydb-suite')
    archive = folder / f'{name}.tar.gz'
    if not archive.exists():
        fetch = [sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '--no-binary', 'tinydb']
        fetch += ['-d', str(folder), name.replace('-', '==')]
        done = subprocess.run(fetch, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f'the source of TinyDB could not be fetched: {done.stderr[-200:]}')
    with tarfile.open(archive) as source:
        source.extractall(folder, filter='data')
    (folder / name / 'tests' / 'conftest.py').write_text(CONFTEST)
    return folder / name


def test_all_of_tinydb_but_class_names(suite: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, '-m', 'pytest', '-q', '-rf', '-p', 'no:cacheprovider', '-p', 'no:randomly', '-o', 'addopts=',
         '--rootdir', suite, '--basetemp', tmp_path / 'suite', *OURS],
        cwd=suite,
        env={**os.environ, 'PYTHONPATH': str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    failed = {line.split()[1].removeprefix('tests/') for line in run.stdout.splitlines() if line.startswith('FAILED')}
    counted = re.search(r'(\d+) passed', run.stdout)
    assert failed == EXPECTED_MISSES, run.stdout[-3000:]
    assert counted and int(counted[1]) >= 150
