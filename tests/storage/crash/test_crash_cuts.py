"""A file that ends too early, at every place: what is read is right or refused, and the witness shows a missing end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from crash_image import Image, complaints, evenly, look, take_image

from storage import Damaged, open_store
from storage.doctor import examine

pytestmark = pytest.mark.crash

SLICES = 2


@pytest.fixture(scope='module')
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    return take_image(tmp_path_factory.mktemp('image') / 'city')


@pytest.mark.parametrize('slice', range(SLICES))
@pytest.mark.parametrize(('name', 'places'), [('city.db', 500), ('city.db-wal', 1_000)])
def test_a_cut_is_refused_and_named(  # noqa: PLR0917
    image: Image, tmp_path: Path, name: str, places: int, slice: int, amount: Callable[[int, int], int]
) -> None:
    content = image.files[name]
    refused = 0
    for at in list(evenly(len(content), amount(places, places * 100)))[slice::SLICES]:
        folder = image.lay(tmp_path / 'city', **{name.replace('.', '_').replace('-', '_'): content[:at]})
        named = complaints(folder)
        seen = look(folder)
        assert seen is None or seen == image.whole, f'{name} cut at {at}: wrong data, {named}'
        assert seen is not None or named, f'{name} cut at {at}: refused, and doctor knows nothing of it'
        refused += seen is None
    assert refused > 0


def test_without_a_witness_only_the_newest_are_missing(
    image: Image, tmp_path: Path, amount: Callable[[int, int], int]
) -> None:
    """What was moved into the main file stays; of the log, the whole transactions before the cut."""
    log = image.files['city.db-wal']
    lengths = set()
    for at in evenly(len(log), amount(800, 100_000)):
        seen = look(image.lay(tmp_path / 'city', city_db_wal=log[:at], witness_log=None))
        assert seen is not None
        seq = len(seen['history'])
        assert seen == image.moments.get(seq), f'the log cut at {at}: not a state that ever was'
        assert seq >= image.checkpointed
        lengths.add(seq)
    assert len(lengths) > 10  # and not all or nothing


def test_a_cut_witness_is_caught_up(image: Image, tmp_path: Path, amount: Callable[[int, int], int]) -> None:
    """It ends where its disk lost power: behind the records, which is no damage."""
    content = image.files['witness.log']
    for at in evenly(len(content), amount(150, len(content))):
        folder = image.lay(tmp_path / 'city', witness_log=content[:at])
        assert look(folder) == image.whole, f'the witness cut at {at}'
        assert complaints(folder) == []
        assert (folder / 'witness.log').read_bytes().splitlines()[-1] == content.splitlines()[-1]


def test_a_cut_attachment_is_never_handed_out(tmp_path: Path, amount: Callable[[int, int], int]) -> None:
    content = bytes(range(256)) * 16
    with open_store(tmp_path / 'city') as store:
        sha = store.blobs.save(content)
        store.commit_blocking(lambda tx: tx.attach('道路', 'A', sha), actor='見本 太郎', request_id='')
        for at in evenly(len(content), amount(200, len(content))):
            store.blobs.path(sha).write_bytes(content[:at])
            with pytest.raises(Damaged):
                store.blobs.open(sha)
            assert [finding.code for finding in examine(store.folder)] == ['blob-damaged']
