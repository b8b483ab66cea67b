"""Opening: addresses, what is refused, two processes at once, the writer that stops after a failed write."""

import subprocess
import sys
import textwrap
from pathlib import Path

import apsw
import pytest
from clerk import Do

from storage import Damaged, NotStored, OutcomeUnknown, Stopped, Store, Tx, folder_of, open_store
from storage.doctor import examine, main
from storage.sqlite import connect, refuse_network


@pytest.mark.parametrize(
    ('url', 'folder'),
    [('sqlite:///data/city.db', 'data'), ('sqlite:////srv/city/city.db', '/srv/city'), ('data', 'data')],
)
def test_an_address_means_a_folder(url: str, folder: str) -> None:
    assert folder_of(url) == Path(folder)


@pytest.mark.parametrize('url', ['postgresql://host/city', 'sqlite:///data/other.db'])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r'sqlite:///folder/city\.db|city\.db'):
        open_store(url)


def test_the_file_has_checksums_full_sync_and_no_memory_map(store: Store) -> None:
    names = ('journal_mode', 'synchronous', 'checksum_verification', 'secure_delete')
    assert store.alone(lambda db: [str(db.pragma(name)) for name in names]) == ['wal', '2', '1', '1']
    with store.reading() as db:
        assert (db.pragma('mmap_size'), db.pragma('query_only'), db.reserve_bytes()) == (0, 1, 8)
        with pytest.raises(apsw.ReadOnlyError):
            db.execute('DELETE FROM change')


def test_a_network_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = f'/dev/sda1 / ext4 rw 0 0\nserver:/city {tmp_path} nfs4 rw 0 0\n'
    monkeypatch.setattr(Path, 'read_text', lambda self, **_: mounts)
    with pytest.raises(Stopped, match='nfs4'):
        refuse_network(tmp_path)
    refuse_network(tmp_path.parent)


def test_a_file_of_another_version_is_refused(store: Store) -> None:
    store.close()
    db = connect(store.file, writing=True)
    db.pragma('user_version', 99)
    db.close()
    with pytest.raises(Damaged, match='version'):
        open_store(store.folder)


def test_a_file_of_the_first_format_learns_to_find_short_words(store: Store, do: Do) -> None:
    do(lambda tx: tx.put('道路', {}, 'A', search='側溝のふた').rev)
    store.close()
    db = connect(store.file, writing=True)
    db.execute("DROP TABLE trigram; INSERT INTO fts (fts) VALUES ('delete-all')")
    db.execute('INSERT INTO fts (rowid, text) SELECT n, text FROM words; UPDATE indexed SET upto = 1')
    db.execute('ALTER TABLE erased DROP COLUMN what')
    db.pragma('user_version', 1)
    db.close()
    with open_store(store.folder) as again:
        assert [again.find('道路', text=word).docs for word in ('ふた', 'た', '側溝', '溝の')] == [[{}]] * 4
        again.commit_blocking(lambda tx: tx.delete('道路', 'A', None), actor='見本', request_id='')
        assert again.find('道路', text='ふた').docs == []
        with again.reading() as reader:
            assert reader.execute('SELECT count(*) FROM trigram').fetchone() == (0,)


@pytest.mark.long
def test_two_processes_write_into_one_store(store: Store, tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from storage import open_store
        with open_store(sys.argv[1]) as store:
            for n in range(400):
                store.commit_blocking(
                    lambda tx: tx.put('道路', {'番号': tx.number('s'), 'from': sys.argv[2]}).rev,
                    actor='x',
                    request_id='',
                )
    """)
    run = [sys.executable, '-c', script, str(store.folder)]
    root = Path(__file__).resolve().parents[2]
    both = [subprocess.Popen([*run, name], cwd=root, stderr=subprocess.PIPE, text=True) for name in 'AB']
    for process in both:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    table = store.frame('道路')
    assert sorted(table['番号']) == list(range(1, 801))
    assert table['from'].value_counts().to_dict() == {'A': 400, 'B': 400}
    assert [change.seq for change in store.changes(0)] == list(range(1, 801))
    store.close()
    assert examine(store.folder, rebuild=True) == []
    open_store(store.folder).close()


# --- a write that fails (the whole course of faults is tried by the crash tests)


class Failing:
    """A connection on which one statement fails."""

    def __init__(self, db: apsw.Connection, statement: str, error: type[apsw.Error]) -> None:
        self._db, self._statement, self._error = db, statement, error

    def execute(self, sql: str, *more: object) -> object:
        if sql.startswith(self._statement):
            raise self._error('told to fail')
        return self._db.execute(sql, *more)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self._db, name)


@pytest.fixture
def fail(store: Store, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    writer = store._writer
    return lambda statement, error: monkeypatch.setattr(writer, '_db', Failing(writer._db, statement, error))


def test_a_failed_sync_stops_the_store(store: Store, do: Do, fail, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    do(lambda tx: tx.put('道路', {}, 'A').rev)
    fail('COMMIT', apsw.IOError)
    with pytest.raises(OutcomeUnknown):
        do(lambda tx: tx.put('道路', {}, 'B').rev)
    monkeypatch.undo()
    with pytest.raises(Stopped, match='IOError'):
        do(lambda tx: tx.put('道路', {}, 'C').rev)
    assert store.stopped
    assert store.get('道路', 'A') is not None  # reading goes on
    store.close()
    with open_store(store.folder) as again:
        assert again.get('道路', 'C') is None


@pytest.mark.parametrize('error', [apsw.FullError, apsw.BusyError])
def test_a_full_disk_stores_nothing_and_goes_on_later(store: Store, do: Do, fail, monkeypatch, error) -> None:  # type: ignore[no-untyped-def]
    fail('INSERT INTO change', error)
    with pytest.raises(NotStored):
        do(lambda tx: tx.put('道路', {}, 'A').rev)
    monkeypatch.undo()
    assert store.get('道路', 'A') is None
    assert do(lambda tx: tx.put('道路', {}, 'A').rev) == 1


def test_a_callers_sql_mistake_is_only_its_own(store: Store, do: Do) -> None:
    def wrong(tx: Tx) -> None:
        tx._db.execute('SELECT nonsense')

    with pytest.raises(apsw.SQLError):
        do(wrong)
    assert do(lambda tx: tx.put('道路', {}, 'A').rev) == 1


def test_doctor_from_the_command_line(store: Store, do: Do, capsys: pytest.CaptureFixture[str]) -> None:
    do(lambda tx: tx.put('道路', {}).rev)
    assert main([str(store.folder), '--rebuild']) == 0
    assert '異常はありません' in capsys.readouterr().out
    assert main([str(store.folder / '無い')]) == 1
    assert 'no-database' in capsys.readouterr().out
