"""The sample city: the same every time, never mixed with real records, and it obeys every rule."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from city_hall import ROAD, STAFF, opened

from apps.clock import StillClock
from apps.context import AppContext
from apps.demo import DEMO_ACCOUNTS, NotForDemo, make_demo
from apps.demo.mark import refuse_samples
from apps.settings import Settings

pytestmark = pytest.mark.long

APPS = ('facilities', 'inspections', 'repairs', 'counter_queue', 'event_lottery', 'road_requests', 'work_orders')
SMALL = 0.004


def everything(office: AppContext) -> dict[str, list[dict[str, object]]]:
    """All records without their ids, which are made of time and chance, and what points to them."""
    pointing = {'施設', '点検', '要望', '_origin', '_original', '_followers'}
    return {
        app: [
            {name: value for name, value in each.items() if name not in pointing}
            for each in office.store.find(app, limit=None).docs
        ]
        for app in APPS
    }


def test_the_same_seed_and_moment_give_the_same_records(tmp_path: Path, definitions: Path, clock: StillClock) -> None:
    made = []
    for folder, seed in (('one', 1), ('two', 1), ('three', 2)):
        office = opened(Settings(data=tmp_path / folder, definitions=definitions, demo=True), clock)
        assert make_demo(office, seed=seed, scale=SMALL)
        made.append(everything(office))
        office.close()
    assert made[0] == made[1]
    assert made[0]['road_requests'] != made[2]['road_requests']


def test_the_city_has_its_proportions_and_nothing_lies_in_the_future(office: AppContext) -> None:
    make_demo(office, scale=SMALL)
    counts = {app: office.store.count(app) for app in APPS}
    assert counts['road_requests'] == 130 and counts['event_lottery'] == 90 and counts['counter_queue'] == 6
    assert counts['repairs'] > 0 and counts['inspections'] >= 8
    road = office.store.find('road_requests', limit=None).docs
    assert {each['受付番号'].split('-')[1] for each in road} == {'R4', 'R5', 'R6', 'R7', 'R8'}
    assert max(each['受付日'] for each in road) <= '2026-11-20'
    assert all(each.get('完了日', '') <= '2026-11-20' for each in road)
    assert all('期限' in each and each['状態'] for each in road)


def test_what_was_told_before_is_merged_or_waits_to_be_found(office: AppContext) -> None:
    make_demo(office, scale=0.1, rest=False)
    requests = {each.doc_id: each for each in office.store.find('road_requests', limit=None).docs}
    merged = [each for each in requests.values() if each['状態'] == '重複']
    assert merged and all(requests[each['_original']]['種別'] == each['種別'] for each in merged)
    assert all(requests[each['_original']]['場所'] == each['場所'] for each in merged)
    assert sum(each.get('申出の数', 1) - 1 for each in requests.values()) == len(merged)
    assert {'予定', '再開'} & {each['状態'] for each in requests.values()}


def test_the_desks_of_staff_and_leader_are_alive(office: AppContext) -> None:
    make_demo(office, scale=0.02, rest=False)
    for person in (each.person for each in DEMO_ACCOUNTS if each.role in {'staff', 'leader'}):
        home = office.reading.home(by=person)
        mine = next(each for each in home.mine if each.app == 'road_requests')
        late = [each for each in mine.rows if each.overdue]
        assert 3 <= mine.total <= 8 and 1 <= len(late) < mine.total, person.name


def test_the_history_names_no_one_for_what_the_program_wrote(office: AppContext) -> None:
    make_demo(office, scale=SMALL, rest=False)
    record = office.store.find('road_requests', limit=1).docs[0].doc_id
    (entry,) = office.reading.history('road_requests', record, by=STAFF)
    assert (entry.what, entry.by) == ('登録', '自動処理')


def test_an_interrupted_run_goes_on_where_it_stopped(office: AppContext) -> None:
    assert make_demo(office, scale=SMALL, rest=False) is False
    first = office.store.count('road_requests')
    assert 0 < first < 130
    assert make_demo(office, scale=SMALL) is True
    assert office.store.count('road_requests') == 130
    assert make_demo(office, scale=SMALL) is True
    assert office.store.count('road_requests') == 130, 'nothing is made twice'


async def test_every_role_can_sign_in(office: AppContext) -> None:
    await asyncio.to_thread(make_demo, office, scale=SMALL, rest=False)
    assert {each.role for each in DEMO_ACCOUNTS} == {'staff', 'leader', 'supervisor', 'administrator', 'contractor'}
    for each in DEMO_ACCOUNTS:
        account = await office.accounts.sign_in(each.account, each.password)
        assert account is not None and account.roles == (each.role,)


async def test_samples_are_refused_where_real_records_are(staffed: AppContext) -> None:
    await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    with pytest.raises(NotForDemo, match='実際の記録'):
        make_demo(staffed, scale=SMALL)
    assert staffed.store.count('road_requests') == 1


def test_samples_are_not_served_as_if_they_were_real(office: AppContext) -> None:
    refuse_samples(office.store)
    make_demo(office, scale=SMALL, rest=False)
    with pytest.raises(NotForDemo, match='--demo'):
        refuse_samples(office.store)


def test_work_is_out_with_contractors_and_one_has_reported(office: AppContext) -> None:
    make_demo(office, scale=0.02, rest=False)
    orders = office.store.find('work_orders', limit=None).docs
    assert {each['状態'] for each in orders} == {'準備', '依頼中', '報告あり'}
    assert all(office.store.get('road_requests', each['要望']) is not None for each in orders)
