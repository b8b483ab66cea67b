"""What screens read: searches that find what people type, totals that add up, a home page about me."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, SUPERVISOR, inspected

from apps.clock import StillClock
from apps.context import AppContext
from apps.outcome import Refused
from apps.people import Person
from apps.reading import Wanted


async def entered(office: AppContext, **values: object) -> str:
    return (await office.operations.submit('road_requests', {**ROAD, **values}, by=STAFF)).id


def found(office: AppContext, text: str) -> int:
    return office.reading.page('road_requests', 'すべて', Wanted(text=text), by=STAFF).total


TYPED = ['ミホン', 'みほん', 'ﾐﾎﾝ', '髙﨑', '高崎', '０９０－００００－０００１', '見本町 高崎']


@pytest.mark.parametrize('typed', TYPED)
async def test_a_search_finds_kana_width_and_old_kanji_alike(staffed: AppContext, typed: str) -> None:
    await entered(staffed, 氏名='髙﨑 太郎', フリガナ='ミホン タロウ', 電話番号='090-0000-0001')
    await entered(staffed, 氏名='例示 花子', フリガナ='レイジ ハナコ', 場所='例示町')
    assert found(staffed, typed) == 1


async def test_a_search_follows_a_change(staffed: AppContext) -> None:
    record = await entered(staffed)
    await staffed.operations.change('road_requests', record, {'場所': '仮橋町'}, by=STAFF, if_rev=1)
    assert (found(staffed, '仮橋町'), found(staffed, '公園')) == (1, 0)


async def test_pages_are_cut_from_the_whole_and_tell_how_many_there_are(staffed: AppContext) -> None:
    for _ in range(5):
        await entered(staffed)
    first = staffed.reading.page('road_requests', 'すべて', Wanted(limit=2), by=STAFF)
    by_key = staffed.reading.page('road_requests', 'すべて', Wanted(limit=2, after=first.after), by=STAFF)
    by_number = staffed.reading.page('road_requests', 'すべて', Wanted(limit=2, offset=2), by=STAFF)
    assert first.total == by_key.total == 5
    assert [each.cells['受付番号'] for each in first.rows] == ['道-R8-00005', '道-R8-00004']
    assert [each.id for each in by_key.rows] == [each.id for each in by_number.rows]


async def test_filters_narrow_by_fiscal_year_choice_person_and_deadline(
    staffed: AppContext, clock: StillClock
) -> None:
    await entered(staffed, 受付日='2026-03-31')
    await entered(staffed, 受付日='2026-04-01', 担当者='hanako')
    late = await entered(staffed, 受付日='2026-11-20', 危険度='緊急')
    clock.at += timedelta(days=4)

    def total(**filters: str) -> int:
        return staffed.reading.page('road_requests', 'すべて', Wanted(filters=filters), by=STAFF).total

    assert (total(年度='2025'), total(年度='2026')) == (1, 2)
    assert (total(危険度='緊急'), total(担当者='hanako'), total(受付日='2026-04-01..2026-11-19')) == (1, 1, 1)
    overdue = staffed.reading.page('road_requests', '未完了', Wanted(filters={'期限': 'overdue'}), by=STAFF)
    assert late in [each.id for each in overdue.rows] and all(each.overdue for each in overdue.rows)


async def test_the_filters_on_screen_offer_their_choices(staffed: AppContext) -> None:
    offered = {each.name: each for each in staffed.reading.narrowings('road_requests', '未完了', by=STAFF)}
    assert list(offered) == ['年度', '状態', '種別', '期限', '担当者']
    assert offered['年度'].options[1] == ('2026', '令和8年度')
    assert ('除雪', '除雪') in offered['種別'].options and offered['期限'].options[0][0] == 'overdue'
    assert (STAFF.account, STAFF.name) in offered['担当者'].options


async def test_a_board_has_a_column_for_every_open_status_and_only_those(staffed: AppContext) -> None:
    record = await entered(staffed)
    done = await entered(staffed)
    await staffed.operations.act('road_requests', record, '対応を始める', {'担当者': 'taro'}, by=STAFF)
    await staffed.operations.act('road_requests', done, '取り下げる', {}, by=STAFF)
    columns = staffed.reading.board('road_requests', '進みぐあい', {}, by=STAFF)
    totals = {each.value: each.total for each in columns}
    assert totals == {'受付': 0, '現地確認': 0, '予定': 0, '対応中': 1, '再開': 0}
    assert next(each for each in columns if each.total).cards[0].id == record


async def test_a_cross_table_adds_up(staffed: AppContext) -> None:
    for day, kind in (('2026-04-03', '舗装'), ('2026-04-20', '側溝'), ('2026-05-01', '舗装'), ('2025-05-01', '舗装')):
        await entered(staffed, 受付日=day, 種別=kind)
    table = staffed.reading.summary('road_requests', '月別集計', {'年度': '2026'}, by=STAFF)
    assert table.rows == (('2026-04', '2026年4月'), ('2026-05', '2026年5月'))
    assert table.cells['2026-04', '舗装'] == 1 and table.row_totals == {'2026-04': 2, '2026-05': 1}
    assert table.column_totals['舗装'] == 2 and table.total == 3
    assert ('除雪', '除雪') in table.columns, 'a kind that did not occur is told as none'


async def test_a_choice_of_several_counts_under_each_but_once_in_the_whole(staffed: AppContext) -> None:
    await staffed.operations.submit('counter_queue', {'用件': ['緊急修理', '支援金']}, by=STAFF)
    table = staffed.reading.summary('counter_queue', '月別集計', {}, by=STAFF)
    assert (table.column_totals['緊急修理'], table.column_totals['支援金'], table.total) == (1, 1, 1)


async def test_home_shows_my_work_what_is_late_and_what_i_did(staffed: AppContext, clock: StillClock) -> None:
    mine = await entered(staffed, 担当者='hanako', 危険度='緊急')
    clock.at += timedelta(days=5)
    home = staffed.reading.home(by=OTHER)
    assert [(each.app, [one.id for one in each.rows]) for each in home.mine] == [('road_requests', [mine])]
    assert home.late[0].rows[0].overdue and home.recent == ()
    assert staffed.reading.home(by=SUPERVISOR).late[0].total == 1, 'a supervisor sees what is late on any desk'
    assert staffed.reading.home(by=STAFF).recent[0].rows[0].id == mine
    assert staffed.reading.home(by=LEADER).mine == ()


async def test_names_of_people_and_titles_of_records_stand_for_ids(staffed: AppContext) -> None:
    inspection = await inspected(staffed)
    (row,) = staffed.reading.page('inspections', '点検一覧', Wanted(), by=STAFF).rows
    assert (row.cells['施設'], row.cells['点検者']) == ('見本小学校', '見本 太郎')
    shown = staffed.reading.record('inspections', inspection, by=STAFF)
    assert shown.title == '点-R8-0001 見本小学校'
    assert shown.made == ('見本 太郎 (道路管理課)', '令和8年11月20日(金) 10:00')


async def test_who_may_not_see_an_app_finds_nothing_of_it(staffed: AppContext) -> None:
    stranger = Person('stranger', '外 来')
    record = await entered(staffed)
    assert staffed.reading.apps(stranger) == []
    for read in (staffed.reading.record, staffed.reading.history, staffed.reading.offers):
        with pytest.raises(Refused, match='not_found'):
            read('road_requests', record, by=stranger)
    assert staffed.reading.home(by=stranger).recent == ()


async def test_a_staff_member_without_facilities_sees_no_title_of_a_facility(
    staffed: AppContext, definitions: Path
) -> None:
    await inspected(staffed)
    path = definitions / 'facilities.yaml'
    rule = '  - {who: {role: staff}, can: [see, export]}\n'
    assert rule in path.read_text('utf-8')
    path.write_text(path.read_text('utf-8').replace(rule, ''), 'utf-8')
    staffed.catalogue.reload()
    (row,) = staffed.reading.page('inspections', '点検一覧', Wanted(), by=STAFF).rows
    assert '見本小学校' not in row.title + row.cells['施設']
