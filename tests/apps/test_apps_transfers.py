"""Transfers on a date: rights change by the clock of Japan, and what was done before keeps name and section."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from city_hall import LEADER, ROAD, STAFF, opened, password_of
from openpyxl import load_workbook

from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.excel.export import Choice, export_app
from apps.outcome import Refused
from apps.owners import owner_of
from apps.people import Person
from apps.purposes import PURPOSES
from apps.settings import Settings

APRIL = date(2027, 4, 1)
LAST_SECOND = datetime(2027, 3, 31, 23, 59, 59, tzinfo=TOKYO)
CLOSED = """
title: 道路の相談
owner: 道路管理課
record_title: [件名]
sections: [{title: 相談, fields: [{name: 件名, type: text, required: true}]}]
views: [{name: 一覧, columns: [件名, _created_by]}]
permissions: [{who: {section: 道路管理課}, can: [see, create, change, act, export]}]
"""


async def planned(office: AppContext) -> str:
    """A session of 見本 太郎 opened in the evening before he goes to 会計課."""
    await office.accounts.plan([('taro', APRIL, ['会計課'], ['staff'])], by=LEADER)
    office.clock.at = LAST_SECOND - timedelta(minutes=1)  # type: ignore[attr-defined]
    account = await office.accounts.sign_in('taro', password_of(STAFF))
    assert account is not None
    return office.sessions.open(account)


async def test_an_open_session_loses_the_app_at_midnight_in_japan(
    staffed: AppContext, clock: StillClock, definitions: Path
) -> None:
    (definitions / 'talks.yaml').write_text(CLOSED, 'utf-8')
    staffed.catalogue.reload()
    token = await planned(staffed)
    clock.at = LAST_SECOND
    before = staffed.sessions.person(token)
    assert before is not None and before.sections == ('道路管理課',)
    saved = await staffed.operations.submit('talks', {'件名': '橋'}, by=before)
    clock.at += timedelta(seconds=1)
    after = staffed.sessions.person(token)
    assert after is not None and after.sections == ('会計課',), 'no timer ran, nobody restarted anything'
    with pytest.raises(Refused) as told:
        await staffed.operations.change('talks', saved.id, {'件名': '川'}, by=after, if_rev=saved.rev)
    assert told.value.kind == 'not_found'
    assert 'talks' not in {each.name for each in staffed.reading.apps(after)}


async def test_it_holds_also_when_the_server_was_off_that_night(
    staffed: AppContext, settings: Settings, clock: StillClock
) -> None:
    await planned(staffed)
    staffed.close()
    clock.at = LAST_SECOND + timedelta(days=3)
    again = opened(settings, clock)
    account = again.accounts.get('taro')
    assert account is not None and (account.sections, account.transfers) == (('会計課',), ())
    assert [each for each, _ in again.directory.staff('道路管理課')] == ['chief', 'hanako']
    again.close()


async def test_who_did_something_keeps_name_and_section_of_that_time(staffed: AppContext, clock: StillClock) -> None:
    saved = await staffed.operations.submit('road_requests', ROAD, by=STAFF)
    await planned(staffed)
    clock.at = LAST_SECOND + timedelta(days=1)
    moved = staffed.accounts.get('taro')
    assert moved is not None
    await staffed.accounts.change('taro', {'name': '例示 太郎'}, by=LEADER)
    clock.at += timedelta(days=1)
    renamed = staffed.accounts.get('taro')
    assert renamed is not None
    await staffed.operations.change('road_requests', saved.id, {'危険度': '緊急'}, by=renamed.person, if_rev=saved.rev)
    by = [each.by for each in staffed.reading.history('road_requests', saved.id, by=STAFF)]
    assert by == ['例示 太郎 (会計課)', '見本 太郎 (道路管理課)']
    shown = staffed.reading.record('road_requests', saved.id, by=STAFF)
    assert (shown.made[0], shown.changed[0]) == ('見本 太郎 (道路管理課)', '例示 太郎 (会計課)')


async def test_a_plan_can_be_taken_back_until_it_holds(staffed: AppContext, clock: StillClock) -> None:
    await staffed.accounts.plan([('taro', APRIL, ['会計課'], ['staff'])], by=LEADER)
    account = staffed.accounts.get('taro')
    assert account is not None
    (transfer,) = account.transfers
    await staffed.accounts.cancel('taro', transfer.id, by=LEADER)
    clock.at = LAST_SECOND + timedelta(days=1)
    account = staffed.accounts.get('taro')
    assert account is not None and account.sections == ('道路管理課',)
    with pytest.raises(Refused) as told:
        await staffed.accounts.cancel('taro', transfer.id, by=LEADER)
    assert told.value.kind == 'not_found'


async def test_plans_for_yesterday_and_for_the_last_administrator_are_refused(staffed: AppContext) -> None:
    await staffed.accounts.add('kanri', '架空 葵', 'long-enough-1', roles=['administrator'], by=LEADER)
    yesterday = staffed.clock.now().date() - timedelta(days=1)
    for plan in (('taro', yesterday, ['会計課'], ['staff']), ('kanri', APRIL, ['会計課'], ['staff'])):
        with pytest.raises(Refused) as told:
            await staffed.accounts.plan([plan], by=LEADER)
        assert told.value.kind == 'invalid'
    assert not any(each.transfers for each in staffed.accounts.all())


async def test_an_app_whose_people_went_away_is_listed_until_it_has_an_owner(
    staffed: AppContext, clock: StillClock, definitions: Path
) -> None:
    (definitions / 'talks.yaml').write_text(CLOSED, 'utf-8')
    staffed.catalogue.reload()

    def listed() -> dict[str, str]:
        return {each.definition.name: each.why for each in staffed.owners.unowned()}

    assert '誰もいません' not in listed().get('talks', '')
    for account in ('taro', 'hanako', 'chief'):
        await staffed.accounts.plan([(account, APRIL, ['会計課'], ['staff'])], by=LEADER)
    clock.at = LAST_SECOND + timedelta(seconds=1)
    assert '誰もいません' in listed()['talks']
    definition = staffed.catalogue.get('talks')
    await staffed.owners.give('talks', '施設管理課', by=LEADER)
    assert owner_of(staffed.store, definition) == '施設管理課'
    assert '施設管理課' in staffed.directory.sections()
    assert definition.owner == '道路管理課', 'the file says what it said'
    assert [(each.name, section) for each, section in staffed.owners.given()] == [('talks', '施設管理課')]
    assert '誰もいません' not in listed().get('talks', '')


async def test_the_owner_that_was_given_reads_the_audit_and_stands_in_the_export(
    staffed: AppContext, tmp_path: Path
) -> None:
    """The section of the file has given the app away: its supervisor looks no more, the new one does."""
    before, after = (Person(each, each, ('supervisor',), (each,)) for each in ('道路管理課', '施設管理課'))
    (definition,) = (each for each in staffed.trail.apps(before) if each.name == 'road_requests')
    await staffed.owners.give('road_requests', '施設管理課', by=LEADER)
    assert definition not in staffed.trail.apps(before) and definition in staffed.trail.apps(after)
    choice = Choice(purpose=PURPOSES[0])
    done = export_app(staffed.reading, 'road_requests', tmp_path / 'a.xlsx', choice, by=LEADER)
    facts = {(row[0].value, row[1].value) for row in load_workbook(done.path)['出力情報'].rows}
    assert ('所管課', '施設管理課') in facts
    await staffed.owners.take_back('road_requests', by=LEADER)
    assert definition in staffed.trail.apps(before) and staffed.owners.given() == []
