"""Attachments: saved before they are named, checked when read, collected when nobody names them."""

import io
import os
import time
from pathlib import Path

import pytest
from clerk import Do

from storage import Damaged, Store
from storage.doctor import examine


def age(file: Path) -> None:
    before = time.time() - 2 * 24 * 3600
    os.utime(file, (before, before))


def test_saved_by_content_once(store: Store) -> None:
    sha = store.blobs.save(b'photo')
    assert store.blobs.save(io.BytesIO(b'photo')) == sha
    assert store.blobs.path(sha) == store.folder / 'blobs' / sha[:2] / sha[2:4] / sha
    assert list(store.blobs.all()) == [sha]
    with store.blobs.open(sha) as file:
        assert file.read() == b'photo'
    assert [file for file in (store.folder / 'blobs').rglob('*') if file.is_file()] == [store.blobs.path(sha)]


def test_a_large_stream_is_read_in_pieces(store: Store) -> None:
    sha = store.blobs.save(io.BytesIO(b'x' * 3_500_000))
    assert store.blobs.path(sha).stat().st_size == 3_500_000


@pytest.mark.parametrize('name', ['', '../../etc/passwd', 'A' * 64, '0' * 63, '0' * 64])
def test_what_is_no_saved_blob_is_not_found(store: Store, do: Do, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.blobs.open(name)
    with pytest.raises(FileNotFoundError):
        do(lambda tx: tx.attach('道路', 'A', name))


def test_changed_content_is_never_handed_out(store: Store, do: Do) -> None:
    sha = store.blobs.save(b'photo')
    do(lambda tx: tx.attach('道路', 'A', sha))
    store.blobs.path(sha).write_bytes(b'phot0')
    with pytest.raises(Damaged):
        store.blobs.open(sha)
    assert [finding.code for finding in examine(store.folder)] == ['blob-damaged']
    store.blobs.path(sha).unlink()
    assert [finding.code for finding in examine(store.folder)] == ['blob-missing']


def test_only_what_is_old_and_unnamed_is_collected(store: Store, do: Do) -> None:
    named, fresh, old, let_go = (store.blobs.save(content) for content in (b'named', b'fresh', b'old', b'let go'))
    do(lambda tx: [tx.attach('道路', 'A', named), tx.attach('道路', 'A', let_go)] and None)
    do(lambda tx: tx.detach('道路', 'A', let_go))
    part = store.folder / 'blobs' / '.0123456789abcdef.part'
    part.write_bytes(b'broken off')
    for file in (*(store.blobs.path(sha) for sha in (named, old, let_go)), part):
        age(file)
    assert set(store.blobs.collect()) == {old, let_go}
    assert set(store.blobs.all()) == {named, fresh}
    assert not part.exists()
    assert [finding.code for finding in examine(store.folder)] == ['blob-unnamed']


def test_saving_again_gives_another_day(store: Store) -> None:
    sha = store.blobs.save(b'photo')
    age(store.blobs.path(sha))
    store.blobs.save(b'photo')
    assert store.blobs.collect() == []
