"""What is filled by rule, and that it never stands in the way of what somebody has typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sample_office import NOON, at, codes, submit

from forms.definition import AppDefinition
from forms.loader import load_definition

ROADS = """title: 見本
sections:
- title: 内容
  fields:
  - {name: 場所, type: text}
  - {name: 位置, type: location}
  - {name: 地区, type: select_one, choices: [北部, 南部]}
  - {name: 道路区分, type: select_one, choices: [国道, 市道]}
  - {name: 担当課, type: section, required: true}
  - {name: 急ぎ, type: yes_no}
  - {name: 受付日, type: date, default: Today()}
  - {name: 日数, type: integer, relevant: Not(IsBlank(道路区分))}
workflow:
  statuses: [{name: 受付}, {name: 完了, done: true}]
  actions: [{name: 完了にする, from: [受付], to: 完了}]
  deadline: {field: 期限, from: 受付日, business_days: 'Coalesce(日数, 30)'}
routing:
  location: 位置
  areas:
  - {fills: 地区, file: districts.geojson}
  - {fills: 道路区分, file: roads.geojson, property: 種類, within: 15}
  rules:
  - {name: 国道は管理課, when: 道路区分 = "国道", sets: {担当課: '"管理課"', 日数: '3'}}
  - {name: 北部の事務所, when: 地区 = "北部", sets: {担当課: '"北部事務所"', 日数: '5'}}
  - {name: そのほか, sets: {担当課: '"道路課"', 急ぎ: 地区 = "南部"}}
"""
NORTH, SOUTH, ON_ROAD = ({'lat': lat, 'lon': 136.65} for lat in (36.58, 36.55, 36.5601))
SQUARE = '[[[136.6, {s}], [136.7, {s}], [136.7, {n}], [136.6, {n}], [136.6, {s}]]]'


def feature(properties: str, kind: str, coordinates: str) -> str:
    geometry = f'{{"type": "{kind}", "coordinates": {coordinates}}}'
    return f'{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}'


def collection(*features: str) -> str:
    return f'{{"type": "FeatureCollection", "features": [{", ".join(features)}]}}'


def roads(folder: Path, text: str = ROADS) -> AppDefinition:
    (folder / 'areas').mkdir(exist_ok=True)
    districts = collection(
        feature('{"地区": "北部"}', 'Polygon', SQUARE.format(s=36.56, n=36.6)),
        feature('{"地区": "南部"}', 'Polygon', SQUARE.format(s=36.5, n=36.56)),
    )
    (folder / 'areas' / 'districts.geojson').write_text(districts, encoding='utf-8')
    road = feature('{"種類": "国道"}', 'LineString', '[[136.6, 36.56], [136.7, 36.56]]')
    (folder / 'areas' / 'roads.geojson').write_text(collection(road), encoding='utf-8')
    (folder / 'roads.yaml').write_text(text, encoding='utf-8')
    loaded = load_definition(folder / 'roads.yaml')
    assert isinstance(loaded, AppDefinition), [str(each) for each in loaded]
    return loaded


def filled(definition: AppDefinition, raw: dict[str, Any], old: Any = None) -> dict[str, Any]:
    cleaned = submit(definition, raw, old)
    assert not cleaned.messages, cleaned.messages
    return {name: cleaned.values.get(name) for name in ('地区', '道路区分', '担当課', '日数', '急ぎ')}


def test_the_point_gives_area_and_road_and_those_decide_the_rules(tmp_path: Path) -> None:
    definition = roads(tmp_path)
    road = {'地区': '北部', '道路区分': '国道', '担当課': '管理課', '日数': 3, '急ぎ': False}
    assert filled(definition, {'位置': ON_ROAD}) == road
    north = filled(definition, {'位置': NORTH})
    assert (north['地区'], north['道路区分'], north['担当課']) == ('北部', None, '北部事務所')
    south = filled(definition, {'位置': SOUTH})
    assert (south['地区'], south['担当課'], south['急ぎ']) == ('南部', '道路課', True)
    assert filled(definition, {})['担当課'] == '道路課'


def test_what_is_filled_counts_as_an_answer_and_the_deadline_follows_from_it(tmp_path: Path) -> None:
    definition = roads(tmp_path)
    assert codes(submit(definition, {})) == {}
    assert submit(definition, {'位置': ON_ROAD}).values['期限'] == '2026-05-11'
    assert submit(definition, {'位置': SOUTH}).values['期限'] > '2026-06-01'


def test_what_somebody_typed_stands_and_decides_what_follows(tmp_path: Path) -> None:
    definition = roads(tmp_path)
    typed = {'位置': ON_ROAD, '道路区分': '市道', '急ぎ': True}
    got = filled(definition, typed)
    assert (got['道路区分'], got['担当課'], got['急ぎ']) == ('市道', '北部事務所', True)
    assert filled(definition, {'位置': NORTH, '地区': '南部'})['担当課'] == '道路課'


def test_a_question_that_is_not_asked_is_not_filled(tmp_path: Path) -> None:
    assert filled(roads(tmp_path), {'位置': NORTH})['日数'] is None


def test_a_change_fills_only_what_it_has_made_known(tmp_path: Path) -> None:
    definition = roads(tmp_path)
    old = dict(submit(definition, {'位置': NORTH, '担当課': '別の課'}).values)
    assert filled(definition, {'位置': SOUTH}, old)['地区'] == '北部'
    left_blank = {name: value for name, value in old.items() if name != '地区'}
    assert filled(definition, {'場所': '橋'}, left_blank)['地区'] is None
    assert filled(definition, {'位置': SOUTH}, left_blank)['地区'] == '南部'
    assert filled(definition, {'地区': ''}, old)['地区'] is None


def test_a_rule_whose_value_the_field_does_not_take_leaves_it_to_the_next(tmp_path: Path) -> None:
    impossible = '  - {name: 無理, sets: {道路区分: \'"村道"\', 日数: "5.5"}}\n'
    definition = roads(tmp_path, ROADS.replace('  rules:\n', f'  rules:\n{impossible}'))
    got = filled(definition, {'位置': NORTH, '道路区分': ''})
    assert (got['道路区分'], got['担当課']) == (None, '北部事務所')
    assert filled(definition, {'位置': ON_ROAD})['日数'] == 3


def test_a_new_map_is_a_new_version_of_the_app(tmp_path: Path) -> None:
    before = roads(tmp_path).version
    path = tmp_path / 'areas' / 'roads.geojson'
    path.write_text(path.read_text('utf-8').replace('136.7', '136.71'), encoding='utf-8')
    after = load_definition(tmp_path / 'roads.yaml')
    assert isinstance(after, AppDefinition) and after.version != before


def test_each_value_is_told_with_its_reason(tmp_path: Path) -> None:
    definition = roads(tmp_path)
    routing = definition.capabilities['routing']
    told = routing.routed(definition, {'位置': {'lat': 36.5601, 'lon': 136.65}}, NOON)  # type: ignore[attr-defined]
    assert {name: each.reason for name, each in told.items()} == {
        '地区': '位置がこの範囲の中',
        '道路区分': '位置から11 m',
        '担当課': '国道は管理課',
        '日数': '国道は管理課',
        '急ぎ': 'そのほか',
    }
    nowhere = routing.routed(definition, {'位置': {'lat': None, 'lon': None, 'place': '橋'}}, at('2026-05-01 09:00'))  # type: ignore[attr-defined]
    assert '地区' not in nowhere and nowhere['担当課'].value == '道路課'
