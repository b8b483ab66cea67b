"""What is due, what was saved, how much time is left."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from panel_office import CLERK, road

from apps.context import AppContext
from apps.excel.summary_workbook import write_summary_workbook
from apps.panels.workflow import days_left, told_days
from apps.people import Person
from apps.reading.due_list import due_list
from apps.reading.effects import effect_of
from apps.reading.summary_table import table
from apps.screens.board import list_of_lane
from forms.definition import AppDefinition
from storage import Store

LEADER = Person('leader', '試験 一郎', ('leader',), ('施設管理課',))


async def facility(office: AppContext, number: int) -> str:
    made = await office.operations.submit('facilities', {'施設番号': f'{number}', '施設名': f'見本{number}'}, by=LEADER)
    return made.id


async def inspected(office: AppContext, of: str, day: str) -> None:
    table: Any = office.catalogue.get('inspections').fields['点検表']
    rows = [{'_row': each.value, '結果': '無'} for each in table.rows if not each.retired]
    raw = {'施設': of, '点検の種類': '定期', '点検日': day, '点検者': 'taro', '点検表': rows}
    await office.operations.submit('inspections', raw, by=CLERK)


async def test_the_longest_overdue_comes_first_and_what_was_never_done_is_not_forgotten(office: AppContext) -> None:
    await office.accounts.add('taro', '見本 太郎', 'pass-word-1234', roles=['staff'], sections=(), by=LEADER)
    late, soon, never, fine = [await facility(office, number) for number in range(4)]
    await inspected(office, soon, '2026-06-01')
    await inspected(office, late, '2026-01-10')
    await inspected(office, fine, '2026-11-01')
    today = date(2026, 11, 20)
    world = office.reading.world(CLERK)
    lines = due_list(office.store, office.catalogue.get('inspections'), world, today + timedelta(days=30))
    assert [(each.title, each.next) for each in lines] == [
        ('見本0', date(2026, 7, 10)),
        ('見本1', date(2026, 12, 1)),
        ('見本2', None),
    ]
    assert [each.is_overdue(today) for each in lines] == [True, False, False]
    assert {each.thing for each in lines} == {late, soon, never}


async def test_time_saved_is_measured_and_records_without_a_measurement_do_not_bend_it(office: AppContext) -> None:
    now: datetime = office.clock.now()
    for minutes in (3, 5, 40):
        opened = now - timedelta(minutes=minutes)
        await office.operations.submit('road_requests', road(), by=CLERK, opened_at=opened)
    await office.operations.submit('road_requests', road(), by=CLERK)
    reception, paper = told(office, '受付'), told(office, '紙')
    assert [reception[name] for name in ('以前の時間', '見込みの時間', 'いまの時間')] == ['15分', '3分', '5.0分']
    assert reception['9割の記録はこれ以内'] == '40.0分'
    assert paper == {'減った紙': '20枚'}


async def test_completing_is_measured_from_opening_the_record_and_not_when_it_was_left_open(
    office: AppContext,
) -> None:
    now: datetime = office.clock.now()
    done = {'対応内容': '補修した。', '完了日': '2026-11-20'}
    for opened in (now - timedelta(minutes=2), now - timedelta(minutes=4), now - timedelta(hours=3), None):
        made = await office.operations.submit('road_requests', road(), by=CLERK)
        await office.operations.act('road_requests', made.id, '完了にする', done, by=CLERK, opened_at=opened)
    withdrawn = await office.operations.submit('road_requests', road(), by=CLERK)
    await office.operations.act('road_requests', withdrawn.id, '取り下げる', {}, by=CLERK, opened_at=now)
    figures = {each.name: each for each in effect_of(*measured(office)) if each.work == '完了'}
    assert figures['いまの時間'].text == '3.0分'
    assert figures['いまの時間'].note == '4件のうち2件で測った中央値'
    assert figures['9割の記録はこれ以内'].value == 4
    assert figures['見込みの時間'].text == '2分'


async def test_a_record_that_is_opened_again_loses_the_time_of_its_first_completion(office: AppContext) -> None:
    made = await office.operations.submit('road_requests', road(), by=CLERK)
    done = {'対応内容': '補修した。', '完了日': '2026-11-20'}
    opened = office.clock.now() - timedelta(minutes=2)
    await office.operations.act('road_requests', made.id, '完了にする', done, by=CLERK, opened_at=opened)
    await office.operations.undo('road_requests', made.id, by=CLERK)
    await office.operations.act('road_requests', made.id, '完了にする', done, by=CLERK)
    assert told(office, '完了')['いまの時間'] == '未測定'


async def test_the_workbook_of_a_summary_holds_the_same_figures_as_the_screen(
    office: AppContext, tmp_path: Path
) -> None:
    opened = office.clock.now() - timedelta(minutes=3)
    await office.operations.submit('road_requests', road(), by=CLERK, opened_at=opened)
    definition = office.catalogue.get('road_requests')
    figures = effect_of(*measured(office))
    view = next(each for each in definition.views if each.type == 'summary')
    seen = office.reading.seen(definition, view, {}, CLERK)
    write_summary_workbook(tmp_path / 'a.xlsx', table(seen), '道路要望', ['すべて'], figures, '効果(令和8年度)')
    rows = list(load_workbook(tmp_path / 'a.xlsx')['効果'].iter_rows(min_row=4, values_only=True))
    assert [row[:3] for row in rows[: len(figures)]] == [
        (each.work, each.name, '未測定' if each.value is None else round(each.value, each.digits))
        for each in figures
    ]


def measured(office: AppContext) -> tuple[Store, AppDefinition, int]:
    return office.store, office.catalogue.get('road_requests'), 2026


def told(office: AppContext, work: str) -> dict[str, str]:
    return {each.name: each.text for each in effect_of(*measured(office)) if each.work == work}


def test_the_deadline_is_told_in_days_on_which_the_hall_is_open(office: AppContext) -> None:
    calendar = office.catalogue.get('road_requests').calendar
    friday = date(2026, 11, 20)
    assert told_days(days_left(calendar, friday, friday)) == '今日まで'
    # Saturday, Sunday and Labour Thanksgiving Day do not count.
    assert told_days(days_left(calendar, friday, date(2026, 11, 24))) == 'あと1開庁日'
    assert told_days(days_left(calendar, date(2026, 11, 21), friday)) == '期限超過 1開庁日'


def test_a_full_lane_leads_to_the_list_with_the_same_condition(office: AppContext) -> None:
    definition = office.catalogue.get('road_requests')
    board = next(each for each in definition.views if each.type == 'board')
    found = list_of_lane(definition, board)
    assert found is not None and found.name == '未完了'
    repairs = office.catalogue.get('repairs')
    board = next(each for each in repairs.views if each.type == 'board')
    found = list_of_lane(repairs, board)
    assert found is not None and found.name == 'すべて'
