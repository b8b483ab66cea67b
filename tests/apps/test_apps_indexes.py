"""Indexes follow the views of a definition: what a list offers to sort and filter by is found without bodies."""

from __future__ import annotations

from pathlib import Path

from city_hall import STAFF

from apps.context import AppContext
from apps.indexes import wanted_indexes
from apps.reading.lists import shown_columns
from apps.reading.narrowing import query_for


def lists(office: AppContext) -> list[tuple[str, str]]:
    return [(app.name, view.name) for app in office.catalogue.all() for view in app.views if view.type == 'list']


async def test_every_column_of_every_shipped_list_is_sorted_by_an_index(staffed: AppContext) -> None:
    staffed.indexes.wait()
    assert len(lists(staffed)) > 6
    for app, view_name in lists(staffed):
        definition = staffed.catalogue.get(app)
        view = next(each for each in definition.views if each.name == view_name)
        for column in shown_columns(definition, view):
            for sort in (column, f'-{column}'):
                seen = staffed.reading.seen(definition, view, {}, STAFF)
                steps = staffed.store.explain(app, seen.condition(), sort=seen.order(sort))
                assert 'INDEXED BY' in steps, (app, view_name, sort)


async def test_every_filter_of_every_shipped_list_is_found_and_counted_by_an_index(staffed: AppContext) -> None:
    staffed.indexes.wait()
    world = staffed.reading.world(STAFF)
    for app, view_name in lists(staffed):
        definition = staffed.catalogue.get(app)
        for narrowing in staffed.reading.narrowings(app, view_name, by=STAFF):
            if definition.fields.get(narrowing.name) and definition.fields[narrowing.name].value_type.kind == 'table':
                continue  # one of several choices is asked of each record
            value = narrowing.options[0][0] if narrowing.options else '2026-04-01..2026-05-01'
            query = query_for(definition, {narrowing.name: value}, world)
            assert 'INDEXED BY' in staffed.store.explain(app, query), (app, view_name, narrowing.name)


async def test_the_newest_reports_for_other_systems_are_found_by_an_index(staffed: AppContext) -> None:
    staffed.indexes.wait()
    steps = staffed.store.explain('road_requests', sort=[('_created_at', True)])
    assert 'INDEXED BY' in steps


async def test_a_new_version_gets_its_indexes_and_drops_those_nobody_wants(
    staffed: AppContext, definitions: Path
) -> None:
    staffed.indexes.wait()
    order = [('対応内容', False)]
    assert 'INDEXED BY' not in staffed.store.explain('road_requests', sort=order)
    path = definitions / 'road_requests.yaml'
    text = path.read_text('utf-8')
    assert '氏名, 電話番号, 状態, 完了日]' in text
    path.write_text(text.replace('氏名, 電話番号, 状態, 完了日]', '対応内容, 状態, 完了日]'), 'utf-8')
    staffed.catalogue.reload()
    staffed.indexes.wait()
    assert 'INDEXED BY' in staffed.store.explain('road_requests', sort=order)
    assert 'INDEXED BY' not in staffed.store.explain('road_requests', sort=[('電話番号', False)])


def test_rows_of_a_checklist_are_in_no_index(office: AppContext) -> None:
    names = {name for fields in wanted_indexes(office.catalogue.get('inspections')) for name in fields}
    assert '施設' in names and '点検表' not in names
