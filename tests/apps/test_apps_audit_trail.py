"""Reading the audit: notes and changes in one order, no contents, each to whom it belongs; what is too old is gone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF, SUPERVISOR

from apps import audit_retention
from apps.audit import AUDIT
from apps.audit_trail import PAGE, Asked, AuditTrail
from apps.clock import StillClock
from apps.context import AppContext
from apps.outcome import Refused
from apps.people import Person
from storage.doctor import examine

ADMINISTRATOR = Person('kanri', '管理 一子', ('administrator',))


@pytest.fixture
def trail(staffed: AppContext) -> AuditTrail:
    return staffed.trail


async def worked(office: AppContext) -> str:
    saved = await office.operations.submit('road_requests', {**ROAD, '氏名': '秘密 次郎'}, by=STAFF)
    await office.audit.note('reveal', OTHER, app='road_requests', record=saved.id, fields=['氏名'])
    await office.operations.act('road_requests', saved.id, '取り下げる', {}, by=STAFF)
    await office.operations.submit('facilities', {'施設番号': '1', '施設名': '見本小'}, by=LEADER)
    return saved.id


async def test_notes_and_changes_stand_in_one_order_without_contents(staffed: AppContext, trail: AuditTrail) -> None:
    record = await worked(staffed)
    asked = Asked(app='road_requests', record=record)
    found = trail.page(asked, by=ADMINISTRATOR).entries
    assert [(each.what, each.account, each.name) for each in found] == [
        ('操作: 取り下げる', STAFF.account, STAFF.name),
        ('伏せた項目の表示', OTHER.account, OTHER.name),
        ('登録', STAFF.account, STAFF.name),
    ]
    assert found[0].details == (('項目', '状態'),) and found[1].details == (('項目', '氏名'),)
    assert '秘密' not in str(found) and '見本町' not in str(found)
    assert {each.app_title for each in found} == {'道路要望'}


async def test_it_is_narrowed_by_person_kind_and_day(
    staffed: AppContext, trail: AuditTrail, clock: StillClock
) -> None:
    await worked(staffed)
    clock.at += timedelta(days=1)
    await staffed.audit.note('sign_in', STAFF)
    page = trail.page(Asked(person=STAFF.account), by=ADMINISTRATOR)
    assert [each.what for each in page.entries] == ['サインイン', '操作: 取り下げる', '登録']
    assert [each.what for each in trail.page(Asked(kind='reveal'), by=ADMINISTRATOR).entries] == ['伏せた項目の表示']
    today = Asked(since=date(2026, 11, 21), until=date(2026, 11, 21))
    assert [each.what for each in trail.page(today, by=ADMINISTRATOR).entries] == ['サインイン']
    assert '利用者の登録' in {each.what for each in trail.page(Asked(kind='register'), by=ADMINISTRATOR).entries}
    with pytest.raises(Refused, match='種類'):
        trail.page(Asked(kind='nothing'), by=ADMINISTRATOR)


async def test_no_entry_is_lost_between_two_pages(staffed: AppContext, trail: AuditTrail) -> None:
    for number in range(2 * PAGE + 5):
        staffed.audit.note_soon('print', STAFF, app='repairs', record=str(number))
    await staffed.audit.note('sign_out', STAFF)
    seen, before = [], None
    while True:
        page = trail.page(Asked(kind='print'), by=ADMINISTRATOR, before=before)
        seen += [each.record for each in page.entries]
        if (before := page.before) is None:
            break
    assert seen == [str(number) for number in reversed(range(2 * PAGE + 5))]
    assert [each.record for each in trail.every(Asked(kind='print'), by=ADMINISTRATOR)] == seen


async def test_a_supervisor_sees_what_is_about_the_apps_of_their_section(
    staffed: AppContext, trail: AuditTrail
) -> None:
    await worked(staffed)
    await staffed.audit.note('sign_in', STAFF)
    found = trail.page(Asked(), by=SUPERVISOR).entries
    assert {each.app for each in found} <= {'road_requests', 'work_orders'}
    assert {each.what for each in found} >= {'登録', '伏せた項目の表示'}
    with pytest.raises(Refused):
        trail.page(Asked(app='facilities'), by=SUPERVISOR)
    for nobody in (STAFF, LEADER):
        with pytest.raises(Refused, match='所属長'):
            trail.page(Asked(), by=nobody)


async def test_what_is_too_old_is_erased_and_the_chain_still_holds(
    staffed: AppContext, trail: AuditTrail, clock: StillClock
) -> None:
    record = await worked(staffed)
    clock.at += timedelta(days=staffed.settings.audit_days)
    await staffed.audit.note('sign_in', STAFF)
    assert audit_retention.expire(staffed) == 0
    clock.at += timedelta(days=1)
    old = staffed.store.count(AUDIT) - 1
    assert audit_retention.expire(staffed) == old
    assert sorted(each['kind'] for each in staffed.store.find(AUDIT, limit=None).docs) == ['audit_expired', 'sign_in']
    kept = [each.what for each in trail.page(Asked(record=record), by=ADMINISTRATOR).entries]
    assert kept == ['操作: 取り下げる', '登録'], 'changes of a record live as long as the record'
    assert examine(staffed.settings.data, rebuild=True) == []
    assert audit_retention.expire(staffed) == 0


def test_less_than_a_year_is_warned_about() -> None:
    assert audit_retention.warning(365) == ''
    assert '364日' in audit_retention.warning(364)


async def test_a_new_version_of_a_definition_is_told_by_what_changed(
    staffed: AppContext, trail: AuditTrail, definitions: Path
) -> None:
    path = definitions / 'facilities.yaml'
    text = path.read_text('utf-8').replace('施設番号, type: text, required: true', '施設番号, type: text')
    path.write_text(text.replace('- {name: 電話番号, type: phone}', '- {name: 内線, type: text}'), 'utf-8')
    staffed.catalogue.reload()
    assert staffed.catalogue.problems == ()
    told = dict(trail.page(Asked(kind='definition', app='facilities'), by=ADMINISTRATOR).entries[0].details)
    assert (told['増えた項目'], told['なくなった項目'], told['変わった項目']) == ('内線', '電話番号', '施設番号')
    assert told['前の版'] != told['新しい版'] == staffed.catalogue.get('facilities').version
