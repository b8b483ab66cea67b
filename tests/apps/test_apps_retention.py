"""Personal data whose time is over leaves every file of the city, and no figure changes."""

from __future__ import annotations

import asyncio
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from city_hall import LEADER, ROAD, STAFF, SUPERVISOR
from openpyxl import load_workbook
from pictures import picture

from apps.audit import AUDIT
from apps.clock import TOKYO, StillClock
from apps.context import AppContext
from apps.excel.export import Choice, export_app
from apps.notifications.notification import NOTIFICATIONS
from apps.operations.personal import ERASED
from apps.outbox import retention as outbox_retention
from apps.outbox.notice import OUTBOX, QUEUED, SENT, Notice
from apps.outcome import Refused
from apps.painted_boxes import Box
from apps.people import SYSTEM, Person
from apps.purposes import PURPOSES
from apps.retention import desk
from apps.retention.disposal import DONE, Disposal
from apps.server import tidy_up
from storage.backup import backup, restore, ship
from storage.doctor import examine

APP = 'road_requests'
NAME, PHONE, WORDS = '例示鑑花子', '090-0000-0007', '例示さんの家の前に穴がある'
PERSONAL = [NAME, PHONE, WORDS]
SECOND = Person('second', '架空 二郎', ('leader',), ('道路管理課',))


async def reported(office: AppContext, **values: Any) -> str:
    person = {'氏名': NAME, 'フリガナ': 'レイジ ハナコ', '電話番号': PHONE, '内容': WORDS}
    made = await office.operations.submit(APP, {**ROAD, **person, **values}, by=STAFF)
    return made.id


async def completed(office: AppContext, **values: Any) -> str:
    record = await reported(office, **values)
    given = {'対応内容': '補修した', '完了日': '2026-11-20'}
    await office.operations.act(APP, record, '完了にする', given, by=STAFF)
    return record


async def later(office: AppContext, clock: StillClock) -> Disposal:
    """Six years on, a list that is approved."""
    clock.at = datetime(2032, 4, 1, 9, 0, tzinfo=TOKYO)
    made = await office.retention.propose(APP, by=LEADER)
    await office.retention.approve(made.id, by=SUPERVISOR)
    return made


def rewrite(office: AppContext, definitions: Path, rule: str) -> None:
    file = definitions / f'{APP}.yaml'
    file.write_text(file.read_text('utf-8').replace('  erases: [内容]\n', rule), 'utf-8')
    office.catalogue.reload()


def found_in(folder: Path, words: list[str] = PERSONAL) -> set[str]:
    files = [file.read_bytes() for file in folder.rglob('*') if file.is_file()]
    return {word for word in words if any(word.encode() in each for each in files)}


def figures(office: AppContext) -> tuple[object, ...]:
    """What the summary, the exported workbook and the effect of the app say."""
    summary = office.reading.summary(APP, '月別集計', {}, by=LEADER)
    file = office.settings.data / 'out.xlsx'
    export_app(office.reading, APP, file, Choice(purpose=PURPOSES[0]), by=LEADER)
    sheet = load_workbook(file).worksheets[0]
    rows = [[each.value for each in row] for row in sheet.iter_rows()]
    file.unlink()
    columns = [place for place, title in enumerate(rows[0]) if title in ('受付番号', '種別', '状態', '完了日', '場所')]
    return summary, [[row[place] for place in columns] for row in rows]


async def test_the_person_is_in_no_file_any_more_and_the_figures_are_the_same(
    office: AppContext, clock: StillClock
) -> None:
    record = await completed(office)
    await reported(office, 氏名='見本 太郎', 電話番号='', 内容='まだ終わっていない')
    before = figures(office)
    assert found_in(office.settings.data) == set(PERSONAL)
    made = await later(office, clock)
    done = await office.retention.run(made.id, by=LEADER)
    assert (done.state, [each.number for each in done.erased]) == (DONE, ['道-R8-00001'])
    assert found_in(office.settings.data) == set()
    assert figures(office) == before
    kept = office.store.get(APP, record)
    assert kept is not None
    assert {name: kept.get(name) for name in ('氏名', '電話番号', '内容', '種別', '状態', '完了日')} == {
        '氏名': None,
        '電話番号': None,
        '内容': None,
        '種別': '舗装',
        '状態': '完了',
        '完了日': '2026-11-20',
    }
    assert kept[ERASED]['list'] == made.id
    assert [each.what for each in office.reading.history(APP, record, by=LEADER)] == [
        '個人情報の消去',
        '完了にする',
        '登録',
    ]
    assert office.store.find(APP, text='れいじ').docs == []
    office.store.close()
    assert [each for each in examine(office.settings.data, rebuild=True) if each.severity == 'error'] == []


async def test_nobody_approves_their_own_list_and_staff_see_none(office: AppContext, clock: StillClock) -> None:
    await completed(office)
    clock.at = datetime(2032, 4, 1, 9, 0, tzinfo=TOKYO)
    with pytest.raises(Refused) as nobody:
        await office.retention.propose(APP, by=STAFF)
    made = await office.retention.propose(APP, by=LEADER)
    with pytest.raises(Refused) as own:
        await office.retention.approve(made.id, by=LEADER)
    with pytest.raises(Refused) as early:
        await office.retention.run(made.id, by=LEADER)
    with pytest.raises(Refused) as twice:
        await office.retention.propose(APP, by=SECOND)
    refused = [each.value.kind for each in (nobody, own, early, twice)]
    assert refused == ['forbidden', 'forbidden', 'conflict', 'conflict']
    assert found_in(office.settings.data) == set(PERSONAL)


async def test_a_day_before_its_time_nothing_is_on_the_list(office: AppContext, clock: StillClock) -> None:
    await completed(office)
    clock.at = datetime(2032, 3, 31, 23, 59, tzinfo=TOKYO)
    assert office.retention.due(APP, LEADER) == []
    with pytest.raises(Refused):
        await office.retention.propose(APP, by=LEADER)
    clock.at += timedelta(minutes=1)
    assert [each.last for each in office.retention.due(APP, LEADER)] == ['2032-03-31']


async def test_what_is_held_or_was_opened_again_keeps_its_data(office: AppContext, clock: StillClock) -> None:
    held, opened, gone = [await completed(office, 場所=f'見本町{n}丁目') for n in range(3)]
    clock.at = datetime(2032, 4, 1, 9, 0, tzinfo=TOKYO)
    made = await office.retention.propose(APP, by=LEADER)
    await office.retention.hold(made.id, held, '訴訟中', by=SUPERVISOR)
    await office.retention.approve(made.id, by=SUPERVISOR)
    await office.operations.act(APP, opened, '再開する', {}, by=SUPERVISOR)
    done = await office.retention.run(made.id, by=LEADER)
    assert ([each.id for each in done.erased], done.left) == ([gone], (opened,))
    names = [(office.store.get(APP, each) or {}).get('氏名') for each in (held, opened, gone)]
    assert names == [NAME, NAME, None]
    assert [each.id for each in office.retention.due(APP, LEADER)] == [held]


async def test_nobody_approves_more_than_they_have_read(office: AppContext, clock: StillClock) -> None:
    record = await completed(office)
    await completed(office)
    clock.at = datetime(2032, 4, 1, 9, 0, tzinfo=TOKYO)
    made = await office.retention.propose(APP, by=LEADER)
    await office.retention.hold(made.id, record, '訴訟中', by=SUPERVISOR)
    read = office.retention.disposal(made.id, SUPERVISOR)
    await office.retention.hold(made.id, record, '', by=LEADER)
    with pytest.raises(Refused) as more:
        await office.retention.approve(made.id, by=SUPERVISOR, held=read.held)
    assert more.value.kind == 'conflict'
    assert office.retention.disposal(made.id, LEADER).state == 'proposed'
    await office.retention.approve(made.id, by=SUPERVISOR, held={})


async def test_two_who_leave_records_out_at_once_lose_neither(office: AppContext, clock: StillClock) -> None:
    records = [await completed(office), await completed(office)]
    clock.at = datetime(2032, 4, 1, 9, 0, tzinfo=TOKYO)
    made = await office.retention.propose(APP, by=LEADER)
    held = (office.retention.hold(made.id, each, '訴訟中', by=SUPERVISOR) for each in records)
    answers = await asyncio.gather(*held, return_exceptions=True)
    kept = set(office.retention.disposal(made.id, LEADER).held or {})
    assert kept == {each for each, answer in zip(records, answers, strict=True) if answer is None}


async def test_a_crash_in_the_middle_is_taken_up(
    office: AppContext, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [await completed(office, 場所=f'見本町{n}丁目') for n in range(3)]
    made = await later(office, clock)
    monkeypatch.setattr(desk, 'PIECE', 1)
    scrub, pieces = desk.RetentionDesk._scrub, desk.RetentionDesk._piece

    def stops(self: desk.RetentionDesk, found: Disposal, *rest: Any) -> None:
        if found.next == 2:
            raise OSError('the power went off')
        pieces(self, found, *rest)

    monkeypatch.setattr(desk.RetentionDesk, '_piece', stops)
    with pytest.raises(OSError, match='power'):
        await office.retention.run(made.id, by=LEADER)
    monkeypatch.setattr(desk.RetentionDesk, '_piece', pieces)
    monkeypatch.setattr(desk.RetentionDesk, '_scrub', stops_scrubbing)
    with pytest.raises(OSError, match='power'):
        office.retention.go_on()
    monkeypatch.setattr(desk.RetentionDesk, '_scrub', scrub)
    assert [office.retention.go_on(), office.retention.go_on()] == [1, 0]
    assert found_in(office.settings.data) == set()
    assert {each.id for each in office.retention.disposal(made.id, LEADER).erased} == set(records)


def stops_scrubbing(_self: desk.RetentionDesk, _found: Disposal) -> None:
    raise OSError('the power went off')


async def test_photos_notifications_notices_and_answers_of_it_go_too(
    office: AppContext, definitions: Path, clock: StillClock
) -> None:
    rewrite(office, definitions, '  erases: [内容, 写真]\n')
    sent = picture()
    photo = await office.operations.receive(io.BytesIO(sent), f'{NAME}.jpg', len(sent), by=STAFF)
    record = await completed(office, 写真=[photo.told()], 危険度='緊急')
    again = await office.operations.change(APP, record, {'氏名': NAME}, by=STAFF, if_rev=2, request_id='unchanged')
    assert again.rev == 2
    notice = Notice(app=APP, record=record, event='お知らせ', to='hanako@example.jp', body=f'{NAME}様', state=SENT)
    office.transactions.run_blocking(lambda tx: tx.put(OUTBOX, notice.kept(), notice.id).rev, by=SYSTEM)
    told = {'account': 'taro', 'app': APP, 'record': record, 'event': 'x', 'title': NAME, 'text': NAME, 'at': '2026'}
    office.transactions.run_blocking(lambda tx: tx.put(NOTIFICATIONS, told, 'taro/1').rev, by=SYSTEM)
    made = await later(office, clock)
    done = await office.retention.run(made.id, by=LEADER)
    assert done.files == 1
    assert list(office.store.blobs.all()) == []
    assert found_in(office.settings.data, [*PERSONAL, 'hanako@example.jp']) == set()
    with office.store.reading() as db:
        assert [answer for (answer,) in db.execute('SELECT answer FROM tx') if answer and record in answer] == []
    left = office.store.get(OUTBOX, notice.id)
    assert left is not None
    assert (left['state'], left['event'], 'body' in left) == (SENT, 'お知らせ', False)
    assert office.store.get(NOTIFICATIONS, 'taro/1') is None


async def test_what_is_under_the_boxes_of_a_photo_goes_and_stays_gone_after_a_restore(
    office: AppContext, clock: StillClock, tmp_path: Path
) -> None:
    sent = picture()
    photo = await office.operations.receive(io.BytesIO(sent), '車.png', len(sent), by=STAFF)
    record = await reported(office, 写真=[photo.told()])
    await office.photos.redact(APP, record, photo.blob, [Box(0, 0, 0.5, 1)], by=STAFF, if_rev=1)
    given = {'対応内容': '補修した', '完了日': '2026-11-20'}
    await office.operations.act(APP, record, '完了にする', given, by=STAFF)
    shown = (office.store.get(APP, record) or {})['写真'][0]['blob']
    assert set(office.store.blobs.all()) == {shown, photo.blob}
    backup(office.store, tmp_path / 'backup')
    then = office.store.seq
    made = await later(office, clock)
    await office.retention.run(made.id, by=LEADER)
    assert set(office.store.blobs.all()) == {shown}
    assert (office.store.get(APP, record) or {})['写真'][0]['blob'] == shown
    ship(office.store, tmp_path / 'backup')
    for name, at in (('old', then), ('new', None)):
        restore(tmp_path / 'backup', tmp_path / name, at)
        assert [each.name for each in (tmp_path / name / 'blobs').rglob('?' * 64)] == [shown]


async def test_of_a_removed_record_the_past_goes_too(office: AppContext, clock: StillClock) -> None:
    record = await reported(office)
    await office.operations.remove(APP, record, f'{NAME} さんの申出', by=LEADER)
    made = await later(office, clock)
    assert [each.id for each in made.items] == [record]
    await office.retention.run(made.id, by=LEADER)
    assert found_in(office.settings.data) == set()
    assert office.retention.due(APP, LEADER) == []


async def test_a_restored_backup_has_the_data_erased_again(
    office: AppContext, clock: StillClock, tmp_path: Path
) -> None:
    await completed(office)
    made = await later(office, clock)
    backup(office.store, tmp_path / 'backup')
    await office.retention.run(made.id, by=LEADER)
    earlier = office.store.seq
    backup(office.store, tmp_path / 'backup')
    restore(tmp_path / 'backup', tmp_path / 'old', earlier - 3)
    restore(tmp_path / 'backup', tmp_path / 'new')
    assert [found_in(tmp_path / each) for each in ('old', 'new')] == [set(), set()]
    assert found_in(tmp_path / 'backup') == set(PERSONAL)  # until the earlier backup is thrown away


async def test_where_the_definition_says_so_nobody_needs_to_approve(
    office: AppContext, definitions: Path, clock: StillClock
) -> None:
    rewrite(office, definitions, '  erases: [内容]\n  automatic: true\n')
    await completed(office)
    tidy_up(office)
    assert found_in(office.settings.data) == set(PERSONAL)
    clock.at = datetime(2032, 4, 1, 9, 0, tzinfo=TOKYO)
    tidy_up(office)
    assert found_in(office.settings.data) == set()
    (made,) = office.retention.lists(APP, LEADER)
    assert (made.state, made.made_by, made.done_by) == (DONE, SYSTEM.account, SYSTEM.account)


async def test_every_step_is_audited_without_personal_data(office: AppContext, clock: StillClock) -> None:
    await completed(office)
    made = await later(office, clock)
    await office.retention.run(made.id, by=LEADER)
    noted = [each for each in office.store.find(AUDIT, limit=None).docs if each['kind'] == 'retention']
    assert [(each['by'], each['detail']['way'], each['detail']['count']) for each in noted] == [
        (LEADER.account, '一覧', 1),
        (SUPERVISOR.account, '承認', 1),
        (LEADER.account, '消去', 1),
    ]


def test_the_texts_of_old_notices_go_and_none_is_sent_twice(office: AppContext, clock: StillClock) -> None:
    def put(tx: Any) -> None:
        notices = (('古い', SENT, '2020-01-01'), ('待ち', QUEUED, '2020-01-01'), ('近い', SENT, '2026-11-19'))
        for event, state, at in notices:
            notice = Notice(app=APP, record='A', event=event, body=NAME, to='a@example.jp', state=state, at=at)
            tx.put(OUTBOX, notice.kept(), notice.id)

    office.transactions.run_blocking(put, by=SYSTEM)
    ran = [outbox_retention.expire(office.store, clock.now(), 1095) for _ in range(2)]
    kept = {each['event']: each.get('body') for each in office.store.find(OUTBOX, limit=None).docs}
    assert (ran, kept) == ([1, 0], {'古い': None, '待ち': NAME, '近い': NAME})
