"""Who changed what when: the lines, the past, the feed, and what gives tampering away."""

import asyncio
import contextlib
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest
from clerk import Clock, Do
from tinydb import where

from storage import Damaged, Store, Tx, open_store
from storage.doctor import examine
from storage.sqlite import connect


def test_each_change_has_a_line(do: Do, store: Store, clock: Clock) -> None:
    do(lambda tx: tx.put('道路', {'状態': '受付', '備考': 'x'}, 'A').rev, actor='見本', request_id='r1')
    clock.move(minutes=5)
    do(lambda tx: tx.patch('道路', 'A', {'状態': '完了'}, 1, remove=['備考']).rev, actor='例示', reason='済んだため')
    clock.move(minutes=5)
    do(lambda tx: tx.delete('道路', 'A', 2, '重複'))

    lines = store.history('道路', 'A')
    assert [(line.seq, line.op, line.rev, line.actor, line.reason) for line in lines] == [
        (1, 'insert', 1, '見本', ''),
        (2, 'update', 2, '例示', '済んだため'),
        (3, 'delete', 3, '見本', '重複'),
    ]
    assert lines[0].request_id == 'r1'
    assert [line.changed for line in lines] == [
        {'状態': (None, '受付'), '備考': (None, 'x')},
        {'状態': ('受付', '完了'), '備考': ('x', None)},
        {'状態': ('完了', None)},
    ]
    assert [line.at - lines[0].at for line in lines] == [timedelta(minutes=at) for at in (0, 5, 10)]
    assert lines[0].at == clock.now - timedelta(minutes=10)


def test_a_clock_set_back_three_years_changes_no_order(do: Do, store: Store, clock: Clock) -> None:
    do(lambda tx: tx.put('道路', {'a': 1}, 'A').rev)
    clock.move(days=-3 * 365)
    do(lambda tx: tx.patch('道路', 'A', {'a': 2}, 1).rev)
    assert [line.rev for line in store.history('道路', 'A')] == [1, 2]
    assert [change.seq for change in store.changes(0)] == [1, 2]
    assert examine(store.folder) == []


def test_the_past_is_rebuilt_at_every_change(do: Do, store: Store) -> None:
    """A random course of changes, each state kept aside and compared with what the history gives."""
    chance = random.Random(3)
    states: list[dict[str, dict[str, Any]]] = [{}]
    today: dict[str, dict[str, Any]] = {}
    for _ in range(150):
        id = str(chance.randint(0, 9))

        def run(tx: Tx, id: str = id) -> None:
            known = tx.get('道路', id)
            if known is None:
                today[id] = {'a': chance.randint(0, 3)}
                tx.put('道路', today[id], id)
            elif chance.random() < 0.3:
                today.pop(id)
                tx.delete('道路', id, known.rev)
            else:
                values = [0, False, None, 'x', [1], {'k': 1}]
                today[id] = {chance.choice('abc'): chance.choice(values) for _ in range(3)}
                tx.put('道路', today[id], id, known.rev)

        do(run)
        if store.seq == len(states):
            states.append({key: dict(value) for key, value in today.items()})
    for seq, expected in enumerate(states):
        view = store.as_of(seq)
        assert {doc.doc_id: dict(doc) for doc in view.find('道路', limit=None).docs} == expected
        assert view.count('道路') == len(expected)
        assert view.count('道路', where('a') == 1) == sum(doc.get('a') == 1 for doc in expected.values())
        assert {id: doc for id in map(str, range(10)) if (doc := view.get('道路', id)) is not None} == expected


def test_the_past_by_moment_with_filter_order_and_revision(do: Do, store: Store, clock: Clock) -> None:
    do(lambda tx: [tx.put('道路', {'n': n, '状態': '受付'}, str(n)).rev for n in range(3)])
    then = clock.now
    clock.move(hours=1)
    do(lambda tx: [tx.patch('道路', str(n), {'状態': '完了'}, 1).rev for n in range(2)])
    view = store.as_of(then)
    page = view.find('道路', where('状態') == '受付', sort=[('n', True)], limit=2)
    assert [(doc['n'], doc.rev) for doc in page.docs] == [(2, 1), (1, 1)]
    assert view.count('道路') == 3
    assert store.as_of(then - timedelta(hours=1)).count('道路') == 0
    assert store.as_of(clock.now).count('道路', where('状態') == '受付') == 1


# --- the feed


def test_changes_resume_from_any_point(do: Do, store: Store) -> None:
    for n in range(600):
        do(lambda tx, n=n: tx.put('道路' if n % 2 else '別', {'n': n}).rev)
    for since in (0, 1, 299, 599, 600, 700):
        assert [change.seq for change in store.changes(since)] == list(range(since + 1, 601))
    assert [change.seq for change in store.changes(0, '道路')] == list(range(2, 601, 2))


async def test_watch_misses_nothing_and_repeats_nothing(store: Store) -> None:
    seen: list[int] = []

    async def follow() -> None:
        async for change in store.watch(0, '道路'):
            seen.append(change.seq)

    task = asyncio.create_task(follow())
    for n in range(50):
        coll = '道路' if n % 2 else '別'
        await store.commit(lambda tx, coll=coll: tx.put(coll, {}).rev, actor='x', request_id='')
    async with asyncio.timeout(5):
        while len(seen) < 25:
            await asyncio.sleep(0.01)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert seen == list(range(2, 51, 2))


async def test_watch_from_now_on_tells_at_once(store: Store) -> None:
    await store.commit(lambda tx: tx.put('道路', {}).rev, actor='x', request_id='')
    changes = store.watch()
    first = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0.05)
    await store.commit(lambda tx: tx.put('道路', {}, '後').rev, actor='x', request_id='')
    async with asyncio.timeout(0.5):
        assert (await first).id == '後'
    await changes.aclose()  # type: ignore[attr-defined]


async def test_a_watch_ends_when_it_is_cancelled_at_the_moment_of_a_change(store: Store) -> None:
    """Before Python 3.12 asyncio.wait_for swallows such a cancellation; the page of a closed browser would live on."""

    async def follow() -> None:
        async for _ in store.watch():
            pass

    for _ in range(200):
        task = asyncio.create_task(follow())
        await asyncio.sleep(0)
        await store.commit(lambda tx: tx.put('道路', {}).rev, actor='x', request_id='')
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=3)
        assert done


# --- tampering


@pytest.fixture
def closed(do: Do, store: Store) -> Path:
    for n in range(20):
        do(lambda tx, n=n: tx.put('道路', {'n': n, '氏名': '見本 太郎'}, str(n)).rev)
    do(lambda tx: tx.patch('道路', '3', {'n': 33}, 1).rev)
    store.close()
    return store.folder


def tamper(folder: Path, sql: str) -> None:
    db = connect(folder / 'city.db', writing=True)
    db.execute(sql)
    db.close()


def codes(folder: Path, **more: Any) -> set[str]:
    return {finding.code for finding in examine(folder, **more)}


@pytest.mark.parametrize(
    ('sql', 'code'),
    [
        ("UPDATE change SET body = replace(body, '太郎', '次郎') WHERE seq = 5", 'chain-body'),
        ("UPDATE tx SET actor = '別人' WHERE n = 5", 'chain'),
        ("UPDATE tx SET at = '2020-01-01T00:00:00.000+09:00' WHERE n = 5", 'chain'),
        ("UPDATE change SET op = 'note' WHERE seq = 5", 'chain'),
        ('DELETE FROM change WHERE seq = 5', 'chain'),
        ('DELETE FROM change WHERE seq = 1', 'chain'),
    ],
)
def test_a_changed_history_is_seen(closed: Path, sql: str, code: str) -> None:
    assert codes(closed, rebuild=True) == set()
    tamper(closed, sql)
    assert code in codes(closed)


def test_a_document_changed_behind_the_historys_back_is_seen(closed: Path) -> None:
    tamper(closed, "UPDATE doc SET body = replace(body, '太郎', '次郎') WHERE id = '5'")
    assert codes(closed) == set()
    findings = examine(closed, rebuild=True)
    assert [finding.code for finding in findings] == ['rebuild']
    assert '道路/5' in findings[0].text


def test_a_cut_off_end_stops_the_store(closed: Path) -> None:
    tamper(closed, 'DELETE FROM change WHERE seq > 19')
    assert codes(closed) == {'witness-ahead'}
    with pytest.raises(Damaged, match='witness'):
        open_store(closed)


def test_a_rewritten_end_stops_the_store(closed: Path) -> None:
    tamper(closed, 'UPDATE change SET chain = randomblob(32) WHERE seq = 21')
    assert 'witness-differs' in codes(closed)
    with pytest.raises(Damaged, match='witness'):
        open_store(closed)


def test_a_witness_that_is_behind_is_caught_up(closed: Path, do: Do) -> None:
    witness = closed / 'witness.log'
    lines = witness.read_bytes().splitlines(keepends=True)
    witness.write_bytes(b''.join(lines[:10]) + lines[10][:20])  # torn within a line, as by a power cut
    with open_store(closed) as store:
        store.commit_blocking(lambda tx: tx.put('道路', {}).rev, actor='x', request_id='')
    assert [line.split()[0] for line in witness.read_bytes().splitlines()[-2:]] == [b'21', b'22']
    assert codes(closed) == {'witness-line'}


def test_a_missing_witness_is_told(closed: Path) -> None:
    (closed / 'witness.log').unlink()
    assert codes(closed) == {'no-witness'}


def test_the_witness_may_live_elsewhere(tmp_path: Path) -> None:
    far = tmp_path / '別の場所' / 'witness.log'
    with open_store(tmp_path / 'city', witness=far) as store:
        store.commit_blocking(lambda tx: tx.put('道路', {'氏名': '見本 太郎'}).rev, actor='x', request_id='')
    assert not (tmp_path / 'city' / 'witness.log').exists()
    assert far.read_bytes().startswith(b'1 ')
    assert codes(tmp_path / 'city', witness=far) == set()


def test_a_witness_that_cannot_be_written_warns_and_catches_up(
    store: Store, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(line: bytes) -> None:
        raise OSError(28, 'No space left on device')

    monkeypatch.setattr(store.witness, '_append', full)
    do(lambda tx: tx.put('道路', {}).rev)
    assert store.warning is not None
    assert 'No space' in store.warning
    monkeypatch.undo()
    do(lambda tx: tx.put('道路', {}).rev)
    assert store.warning is None
    last = store.witness.last()
    assert last is not None
    assert last[0] == 2


def test_one_flipped_bit_is_never_read_as_data(closed: Path) -> None:
    file = closed / 'city.db'
    page = bytearray(file.read_bytes())
    at = page.index('見本 太郎'.encode())
    page[at] ^= 1
    file.write_bytes(page)
    assert 'unreadable' in codes(closed, rebuild=True)
    with pytest.raises(apsw.IOError), open_store(closed) as store:
        store.find('道路', limit=None)
        list(store.changes(0))
