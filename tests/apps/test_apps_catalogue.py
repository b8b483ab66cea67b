"""Definitions while the server runs: a new file is an app, a broken one takes nothing away, a used name stays."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from city_hall import LEADER, ROAD, STAFF, opened

from apps.clock import StillClock
from apps.context import AppContext
from apps.live import DefinitionsChanged
from apps.settings import Settings

NOTES = """title: 貸出簿
sections:
  - fields:
      - {name: 品名, type: text, required: true}
      - {name: 返却日, type: date}
"""


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text('utf-8')
    assert old in text
    path.write_text(text.replace(old, new), 'utf-8')


def without_phones(facilities: Path) -> None:
    """Takes a field out that nothing else in the definition names."""
    rewrite(facilities, '      - {name: 電話番号, type: phone}\n', '')


async def test_a_dropped_file_is_an_app_without_a_restart(staffed: AppContext, definitions: Path) -> None:
    stop = asyncio.Event()
    heard: asyncio.Queue[object] = asyncio.Queue()
    staffed.live.subscribe(heard.put_nowait)
    watching = asyncio.create_task(staffed.catalogue.watch(stop))
    await asyncio.sleep(0.3)
    (definitions / 'lending.yaml').write_text(NOTES, 'utf-8')
    happened = await asyncio.wait_for(heard.get(), 10)
    stop.set()
    await watching
    assert happened == DefinitionsChanged(frozenset({'lending'}))
    made = await staffed.operations.submit('lending', {'品名': '長机'}, by=STAFF)
    assert made.values == {'品名': '長机'}


async def test_a_broken_file_leaves_the_last_good_version_serving(
    staffed: AppContext, settings: Settings, clock: StillClock, definitions: Path
) -> None:
    road = definitions / 'road_requests.yaml'
    rewrite(road, 'type: phone', 'type: telephone')
    staffed.catalogue.reload()
    assert [(each.code, Path(each.place.file).name) for each in staffed.catalogue.problems] == [
        ('D201', 'road_requests.yaml')
    ]
    await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    staffed.close()
    again = opened(settings, clock)
    assert again.catalogue.problems, 'the mistake is still told after a restart'
    assert again.catalogue.get('road_requests').fields['電話番号'].TYPE == 'phone'
    await again.operations.submit('road_requests', ROAD, by=STAFF)
    rewrite(road, 'type: telephone', 'type: phone')
    again.catalogue.reload()
    assert not again.catalogue.problems
    again.close()


async def test_other_apps_change_while_one_is_broken(staffed: AppContext, definitions: Path) -> None:
    rewrite(definitions / 'road_requests.yaml', 'type: phone', 'type: telephone')
    rewrite(definitions / 'facilities.yaml', 'title: 施設台帳', 'title: 施設の一覧')
    assert staffed.catalogue.reload() == {'facilities'}
    assert staffed.catalogue.get('facilities').title == '施設の一覧'


async def test_a_name_that_records_use_cannot_vanish(staffed: AppContext, definitions: Path) -> None:
    school = {'施設番号': '001', '施設名': '見本小学校', '所管課': '施設管理課'}
    await staffed.operations.submit('facilities', school, by=LEADER)
    without_phones(definitions / 'facilities.yaml')
    staffed.catalogue.reload()
    assert [each.code for each in staffed.catalogue.problems] == ['D901']
    assert '電話番号' in staffed.catalogue.get('facilities').fields


async def test_before_the_first_record_names_are_free(staffed: AppContext, definitions: Path) -> None:
    without_phones(definitions / 'facilities.yaml')
    staffed.catalogue.reload()
    assert not staffed.catalogue.problems
    assert '電話番号' not in staffed.catalogue.get('facilities').fields


async def test_every_record_names_a_version_whose_text_is_kept(staffed: AppContext) -> None:
    made = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    record = staffed.store.get('road_requests', made.id)
    assert record is not None
    kept = staffed.store.get('_definitions', f'road_requests@{record["_version"]}')
    assert kept is not None and kept['text'].startswith('# 道路要望')


@pytest.mark.parametrize('gone', ['counter_queue'])
async def test_a_file_that_is_taken_away_takes_its_app_from_the_menu_and_keeps_its_records(
    staffed: AppContext, definitions: Path, gone: str
) -> None:
    await staffed.operations.submit(gone, {'用件': ['緊急修理']}, by=STAFF)
    (definitions / f'{gone}.yaml').unlink()
    staffed.catalogue.reload()
    assert staffed.catalogue.find(gone) is None
    assert staffed.store.count(gone) == 1
