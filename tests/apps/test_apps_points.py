"""Coordinates for the city's GIS, read back with other readers than ours."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from city_hall import LEADER, ROAD, STAFF
from contractor_office import APPLICANT, CONTRACTOR

from apps.audit import AUDIT
from apps.commands import export as command
from apps.context import AppContext
from apps.excel.export import Choice, Exported, export_app, formats_of
from apps.excel.worker import ExportWorkers, Order
from apps.outcome import Refused
from apps.people import Person

WHY = '国・県への報告'
PLACE = {'lat': 36.5613, 'lon': 136.6562, 'place': '公園の前'}


@pytest.fixture
async def filled(staffed: AppContext) -> AppContext:
    """A request with a place and a kanji that cp932 has not, one without a place, one that is done with."""
    parts: Any = {'roles': CONTRACTOR.roles, 'sections': (), 'by': LEADER}
    await staffed.accounts.add(CONTRACTOR.account, CONTRACTOR.name, 'pass-word-1', **parts)
    given = {**ROAD, **APPLICANT, '場所': '𠮷見橋', '位置': PLACE, '費用': '1200', '担当者': CONTRACTOR.account}
    await staffed.operations.submit('road_requests', given, by=STAFF)
    await staffed.operations.submit('road_requests', {**ROAD, '内容': '=1+1'}, by=STAFF)
    gone = await staffed.operations.submit('road_requests', {**ROAD, '位置': {**PLACE, 'lat': 36.6}}, by=STAFF)
    await staffed.operations.act('road_requests', gone.id, '取り下げる', {}, by=STAFF)
    return staffed


def written(office: AppContext, path: Path, format: str, view: str = '', by: Person = STAFF) -> Exported:
    return export_app(office.reading, 'road_requests', path, Choice(view, {}, '', WHY, format), by=by)


def test_geojson_is_as_the_standard_asks_longitude_first(filled: AppContext, tmp_path: Path) -> None:
    file = tmp_path / 'a.geojson'
    assert written(filled, file, 'geojson').count == 3
    told = json.loads(file.read_bytes())
    assert told['type'] == 'FeatureCollection' and 'crs' not in told, 'RFC 7946: WGS 84 and nothing else'
    gone, without, placed = told['features']
    assert placed['geometry'] == {'type': 'Point', 'coordinates': [136.6562, 36.5613]}
    assert without['geometry'] is None and gone['geometry']['coordinates'] == [136.6562, 36.6]
    assert placed['properties']['場所'] == '𠮷見橋' and placed['properties']['受付日'] == '2026-11-20'
    assert without['properties']['内容'] == '=1+1', 'no spreadsheet reads this file'
    assert all(each['id'] for each in told['features'])
    assert {**told['出力情報']}.items() >= {'目的': WHY, '件数': 3, '位置の項目': '位置'}.items()


@pytest.mark.parametrize(('format', 'encoding'), [('points_csv', 'utf-8-sig'), ('points_csv_sjis', 'cp932')])
def test_the_table_has_a_latitude_and_a_longitude(
    filled: AppContext, tmp_path: Path, format: str, encoding: str
) -> None:
    file = tmp_path / 'a.zip'
    done = written(filled, file, format)
    with zipfile.ZipFile(file) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    table = pd.read_csv(BytesIO(content['座標.csv']), encoding=encoding, dtype={'電話番号': str})
    assert list(table['緯度'].dropna()) == [36.6, 36.5613] and table['経度'].isna().sum() == 1
    assert list(table.columns[:3]) == ['レコードID', '緯度', '経度'] and '位置_緯度' not in table.columns
    assert table['位置'][2] == '公園の前'
    assert done.unwritten == (1 if encoding == 'cp932' else 0)
    assert ('書けなかった文字.csv' in content) == (encoding == 'cp932')
    assert table['場所'][2] == ('〓見橋' if encoding == 'cp932' else '𠮷見橋')
    assert WHY in content['出力情報.csv'].decode(encoding)


def test_a_map_gives_its_own_records_and_columns_only(filled: AppContext, tmp_path: Path) -> None:
    file = tmp_path / 'a.geojson'
    assert written(filled, file, 'geojson', '地図').count == 2
    told = file.read_text('utf-8')
    assert '秘子' not in told and '0000-0071' not in told, 'a map names no applicant'
    names = {*json.loads(told)['features'][0]['properties']}
    assert {'場所', '状態', '危険度'} <= names and not names & {'氏名', '内容', '費用'}


def test_permissions_hold_and_a_purpose_is_asked_for(filled: AppContext, tmp_path: Path, definitions: Path) -> None:
    with pytest.raises(Refused, match='forbidden'):
        written(filled, tmp_path / 'a.geojson', 'geojson', by=CONTRACTOR)
    with pytest.raises(Refused, match='目的'):
        export_app(filled.reading, 'road_requests', tmp_path / 'a', Choice(format='geojson'), by=STAFF)
    with pytest.raises(Refused, match='位置の項目がない'):
        export_app(filled.reading, 'counter_queue', tmp_path / 'a', Choice('', {}, '', WHY, 'points_csv'), by=STAFF)
    assert 'geojson' in formats_of(filled.reading.definition('road_requests', STAFF))
    assert 'geojson' not in formats_of(filled.reading.definition('counter_queue', STAFF))
    assert not [*tmp_path.glob('a*')]


async def test_a_contractor_who_may_export_gets_their_own_points(
    definitions: Path, filled: AppContext, tmp_path: Path
) -> None:
    file = definitions / 'road_requests.yaml'
    text = file.read_text('utf-8')
    file.write_text(text.replace('    can: [see, change, act]\n', '    can: [see, change, act, export]\n'), 'utf-8')
    filled.catalogue.reload()
    assert written(filled, tmp_path / 'a.geojson', 'geojson', by=CONTRACTOR).count == 1
    told = (tmp_path / 'a.geojson').read_text('utf-8')
    assert '136.6562' in told and '秘子' not in told and '含まれていない項目' in told


async def test_it_is_noted_as_every_other_export(
    filled: AppContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def here(_: ExportWorkers, order: Order, told: Callable[[int], None]) -> Exported:
        return export_app(filled.reading, order.app, order.path, order.choice, by=order.by, told=told)

    monkeypatch.setattr(ExportWorkers, 'export', here)
    done = await filled.exports.export('road_requests', Choice('地図', {}, '', WHY, 'geojson'), by=STAFF)
    assert done.path.suffix == '.geojson'
    done.path.unlink()
    noted = [each['detail'] for each in filled.store.find(AUDIT, limit=None).docs if each['kind'] == 'export']
    assert [(each['format'], each['count'], each['purpose']) for each in noted] == [('geojson', 2, WHY)]


def test_the_command_knows_the_formats() -> None:
    import argparse

    parser = argparse.ArgumentParser()
    command.arguments(parser)
    assert parser.parse_args(['road_requests', '-o', 'a.geojson', '--format', 'geojson']).format == 'geojson'
