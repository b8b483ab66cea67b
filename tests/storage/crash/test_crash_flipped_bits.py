"""One flipped bit: either what is read is right, or it is refused and doctor names it. Never wrong, never silent."""

from collections.abc import Callable
from pathlib import Path

import pytest
from crash_image import Image, complaints, evenly, look, take_image

from storage import Damaged, open_store
from storage.doctor import examine

pytestmark = pytest.mark.crash

SLICES = 4


@pytest.fixture(scope='module')
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    return take_image(tmp_path_factory.mktemp('image') / 'city')


@pytest.mark.parametrize('slice', range(SLICES))
@pytest.mark.parametrize(('name', 'places'), [('city.db', 2_000), ('city.db-wal', 2_000), ('witness.log', 600)])
def test_no_flipped_bit_is_read_as_if_it_were_right(  # noqa: PLR0917
    image: Image, tmp_path: Path, name: str, places: int, slice: int, amount: Callable[[int, int], int]
) -> None:
    content = image.files[name]
    ends = (*range(128), *range(len(content) - 128, len(content)))  # where each byte has a meaning of its own
    positions = sorted({*ends, *evenly(len(content), amount(places, places * 100))})
    right = refused = 0
    for at in positions[slice::SLICES]:
        changed = bytearray(content)
        changed[at] ^= 1 << (at + slice) % 8
        folder = image.lay(tmp_path / 'city', **{name.replace('.', '_').replace('-', '_'): bytes(changed)})
        named = complaints(folder)
        seen = look(folder)
        assert seen is None or seen == image.whole, f'byte {at} of {name}: wrong data, {named}'
        assert seen is not None or named, f'byte {at} of {name}: refused, and doctor knows nothing of it'
        right, refused = right + (seen is not None), refused + (seen is None)
    print(f'{name}: {right} right, {refused} refused')
    assert refused > 0
    assert right > 0 or name == 'city.db-wal'


def test_doctor_leaves_a_damaged_store_as_it_lies(image: Image, tmp_path: Path) -> None:
    """The rest of a damaged log may be all there is of the newest records."""
    log = bytearray(image.files['city.db-wal'])
    log[len(log) // 2] ^= 1
    folder = image.lay(tmp_path / 'city', city_db_wal=bytes(log))
    for _ in range(2):
        assert [finding.code for finding in examine(folder) if finding.severity == 'error'] == ['witness-ahead']
    with pytest.raises(Damaged, match='witness'):
        open_store(folder)
    assert (folder / 'city.db-wal').read_bytes() == log
    assert (folder / 'city.db').read_bytes() == image.files['city.db']


def test_no_flipped_bit_of_an_attachment_is_handed_out(tmp_path: Path, amount: Callable[[int, int], int]) -> None:
    content = bytes(range(256)) * 16
    with open_store(tmp_path / 'city') as store:
        sha = store.blobs.save(content)
        store.commit_blocking(lambda tx: tx.attach('道路', 'A', sha), actor='見本 太郎', request_id='')
        for at in evenly(len(content), amount(200, len(content))):
            changed = bytearray(content)
            changed[at] ^= 1 << at % 8
            store.blobs.path(sha).write_bytes(changed)
            with pytest.raises(Damaged):
                store.blobs.open(sha)
            assert [finding.code for finding in examine(store.folder)] == ['blob-damaged']
