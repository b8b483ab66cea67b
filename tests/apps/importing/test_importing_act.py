"""An import as one act: judged like a save, taken in whole or not at all, found again, taken back."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from city_hall import LEADER, OTHER, ROAD, STAFF
from import_files import workbook

from apps.context import AppContext
from apps.importing.corrections import corrections
from apps.importing.draft import Draft
from apps.operations import take_in
from apps.operations.imports_kept import BROKEN_OFF, DONE, TAKEN_BACK, WRITING, Import
from apps.operations.take_in import Cancelled
from apps.operations.turn import turn
from apps.outcome import Refused
from apps.people import Person
from forms.fields.text import MY_NUMBER_NOTE

APP = 'road_requests'
HEAD = ['受付方法', '種別', '危険度', '場所', '内容', '電話番号', '受付日']
GOOD = ['電話', '舗装', '通常', '見本町1', '穴', '090-0000-0001', '令和8年4月1日']


def line(**changed: Any) -> list[Any]:
    return [changed.get(name, value) for name, value in zip(HEAD, GOOD, strict=True)]


async def opened(
    office: AppContext, rows: Sequence[Sequence[Any]], *, head: Sequence[str] = HEAD, by: Person = LEADER
) -> Draft:
    return await office.imports.open(APP, workbook([list(head), *rows]), '要望.xlsx', by=by)


async def taken(office: AppContext, rows: Sequence[Sequence[Any]], **how: Any) -> Import:
    draft = await opened(office, rows, **how)
    await office.imports.check(draft, by=LEADER)
    return await office.imports.take(draft, by=LEADER)


def places(office: AppContext) -> list[str]:
    return sorted(each['場所'] for each in office.store.find(APP, limit=None).docs)


async def test_checking_writes_nothing_and_tells_every_problem_with_its_cell(staffed: AppContext) -> None:
    wrong = line(種別='あれ', 場所=None, 受付日='令和8年13月1日')
    draft = await opened(staffed, [GOOD, wrong, line(電話番号='12')])
    before = staffed.store.seq
    report = await staffed.imports.check(draft, by=LEADER)
    assert staffed.store.seq == before
    assert report.counts == {'new': 1, 'changed': 0, 'unchanged': 0, 'refused': 2}
    assert {(each.address, each.shown) for each in report.problems} == {
        ('Sheet1!B3', 'あれ'),
        ('Sheet1!D3', ''),
        ('Sheet1!G3', '令和8年13月1日'),
        ('Sheet1!F4', '12'),
    }
    with pytest.raises(Refused):
        await staffed.imports.take(draft, by=LEADER)
    assert places(staffed) == []


async def test_the_refusal_is_the_same_as_that_of_a_save(staffed: AppContext) -> None:
    report = await staffed.imports.check(await opened(staffed, [line(場所=None)]), by=LEADER)
    with pytest.raises(Refused) as refused:
        await staffed.operations.submit(APP, {**ROAD, '場所': None}, by=LEADER)
    assert [each.text for each in report.problems] == [each.text for each in refused.value.messages]


async def test_numbers_that_may_be_my_numbers_are_counted_before_anything_is_taken_in(staffed: AppContext) -> None:
    """Warned of, row by row, and not refused; the note does not say the number."""
    draft = await opened(staffed, [line(), line(内容='番号は1234-5678-9018です'), line(内容='123456789012')])
    report = await staffed.imports.check(draft, by=LEADER)
    found = [(verdict.number, note) for verdict, note in report.notes if MY_NUMBER_NOTE in note.text]
    assert [(number, note.path) for number, note in found] == [(2, '内容')]
    assert '9018' not in found[0][1].text and report.counts['new'] == 3


async def test_rows_become_records_with_numbers_status_and_a_reason_in_the_history(staffed: AppContext) -> None:
    made = await taken(staffed, [GOOD, line(場所='見本町2', 種別='側溝')])
    assert (made.new, made.changed, made.state) == (2, 0, DONE)
    docs = staffed.store.find(APP, limit=None).docs
    assert {each['受付番号'] for each in docs} == {'道-R8-00001', '道-R8-00002'}
    assert {(each['状態'], each['受付日'], each['担当課']) for each in docs} == {('受付', '2026-04-01', '道路管理課')}
    change = staffed.store.history(APP, docs[0].doc_id)[0]
    assert change.actor == LEADER.account and change.reason == '取り込み: 要望.xlsx'
    assert staffed.reading.page(APP, 'すべて', wanted('見本町2'), by=STAFF).total == 1, 'it is found by its words'


def wanted(text: str) -> Any:
    from apps.reading import Wanted

    return Wanted(text=text)


async def test_good_rows_alone_are_taken_and_the_others_come_back_marked(staffed: AppContext) -> None:
    draft = await opened(staffed, [GOOD, line(場所='=HYPERLINK("http://x")', 種別='あれ')])
    await staffed.imports.check(draft, by=LEADER)
    made = await staffed.imports.take(draft, by=LEADER, partly=True)
    assert (made.new, made.refused) == (1, 1) and places(staffed) == ['見本町1']
    book = openpyxl.load_workbook(io.BytesIO(corrections(draft)))
    sheet, told = book['直す行'], book['取込結果']
    assert [cell.value for cell in sheet[2]][:4] == ['電話', 'あれ', '通常', '=HYPERLINK("http://x")']
    assert sheet['D2'].data_type == 's' and sheet['B2'].comment is not None
    assert sheet['B2'].fill.fgColor.rgb != sheet['C2'].fill.fgColor.rgb
    assert told['A2'].value == 'Sheet1!B3'


async def test_corrected_rows_are_taken_in_as_they_come_back(staffed: AppContext) -> None:
    draft = await opened(staffed, [line(種別='あれ')])
    await staffed.imports.check(draft, by=LEADER)
    book = openpyxl.load_workbook(io.BytesIO(corrections(draft)))
    book['直す行']['B2'] = '除雪'
    content = io.BytesIO()
    book.save(content)
    again = await staffed.imports.open(APP, content.getvalue(), '直した.xlsx', by=LEADER)
    report = await staffed.imports.check(again, by=LEADER)
    assert report.counts['new'] == 1 and not report.problems


async def test_records_are_found_again_by_a_key_however_it_is_spelled(staffed: AppContext) -> None:
    await taken(staffed, [GOOD, line(場所='見本町2')])
    head = ['受付番号', '場所', '内容']
    rows = [['道－Ｒ８－００００１', '見本町9', None], ['道-R8-00002', '見本町2', '穴']]
    draft = await opened(staffed, rows, head=head)
    assert draft.chosen[0] == '受付番号' and '受付番号' in draft.key_choices()
    draft.choose_keys(['受付番号'])
    report = await staffed.imports.check(draft, by=LEADER)
    assert report.counts == {'new': 0, 'changed': 1, 'unchanged': 1, 'refused': 0}
    seq = staffed.store.seq
    made = await staffed.imports.take(draft, by=LEADER)
    assert (made.changed, made.unchanged) == (1, 1) and places(staffed) == ['見本町2', '見本町9']
    written = {each.id for each in staffed.store.changes(seq, APP)}
    assert len(written) == 1, 'what does not change is not written'


async def test_blank_cells_leave_a_value_or_clear_it_as_was_chosen(staffed: AppContext) -> None:
    await taken(staffed, [GOOD])
    draft = await opened(staffed, [['道-R8-00001', None]], head=['受付番号', '電話番号'])
    draft.choose_keys(['受付番号'])
    assert (await staffed.imports.check(draft, by=LEADER)).counts['unchanged'] == 1
    draft.choose_blanks(clears=True)
    assert (await staffed.imports.check(draft, by=LEADER)).counts['changed'] == 1
    await staffed.imports.take(draft, by=LEADER)
    assert '電話番号' not in staffed.store.find(APP, limit=1).docs[0]


async def test_a_key_that_is_blank_or_comes_twice_is_refused_at_its_cell(staffed: AppContext) -> None:
    await taken(staffed, [GOOD])
    rows = [['道-R8-00001', 'a'], [None, 'b'], ['道-R8-00001', 'c']]
    draft = await opened(staffed, rows, head=['受付番号', '場所'])
    draft.choose_keys(['受付番号'])
    report = await staffed.imports.check(draft, by=LEADER)
    assert {each.address for each in report.problems} >= {'Sheet1!A3', 'Sheet1!A4'}
    assert report.counts['changed'] == 1


async def test_an_import_is_taken_back_as_one_act(staffed: AppContext) -> None:
    first = await taken(staffed, [GOOD, line(場所='見本町2')])
    draft = await opened(staffed, [['道-R8-00001', '別の町', None]], head=['受付番号', '場所', '電話番号'])
    draft.choose_keys(['受付番号'])
    draft.choose_blanks(clears=True)
    await staffed.imports.check(draft, by=LEADER)
    second = await staffed.imports.take(draft, by=LEADER)
    assert places(staffed) == ['別の町', '見本町2']
    back = await staffed.imports.take_back(second.id, by=LEADER)
    assert back.state == TAKEN_BACK and places(staffed) == ['見本町1', '見本町2']
    assert all(each['電話番号'] == '090-0000-0001' for each in staffed.store.find(APP, limit=None).docs)
    with pytest.raises(Refused):
        await staffed.imports.take_back(second.id, by=LEADER)
    assert staffed.imports.kept.get(first.id) == first, 'the other import stands'


async def test_records_that_others_changed_since_are_named_and_left_by_choice(staffed: AppContext) -> None:
    made = await taken(staffed, [GOOD, line(場所='見本町2')])
    doc = staffed.store.find(APP, limit=1).docs[0]
    await staffed.operations.change(APP, doc.doc_id, {'内容': '直した'}, by=STAFF, if_rev=doc.rev)
    with pytest.raises(Refused, match=doc['受付番号']):
        await staffed.imports.take_back(made.id, by=LEADER)
    assert len(places(staffed)) == 2
    back = await staffed.imports.take_back(made.id, by=LEADER, leave_changed=True)
    assert len(places(staffed)) == 1 and doc['受付番号'] in back.left[0]


async def test_who_may_not_import_is_refused_at_every_step(staffed: AppContext) -> None:
    with pytest.raises(Refused) as refused:
        await opened(staffed, [GOOD], by=OTHER)
    assert refused.value.kind == 'forbidden'
    made = await taken(staffed, [GOOD])
    with pytest.raises(Refused):
        await staffed.imports.take_back(made.id, by=OTHER)
    draft = await opened(staffed, [GOOD])
    with pytest.raises(Refused):
        staffed.imports.draft(draft.id, by=OTHER)


async def test_the_same_file_is_recognised(staffed: AppContext) -> None:
    made = await taken(staffed, [GOOD])
    content = workbook([HEAD, GOOD])
    first = await staffed.imports.open(APP, content, '一回目.xlsx', by=LEADER)
    await staffed.imports.check(first, by=LEADER)
    await staffed.imports.take(first, by=LEADER)
    again = await staffed.imports.open(APP, content, '二回目.xlsx', by=LEADER)
    assert again.same is not None and again.same.file == '一回目.xlsx' and again.same.id != made.id


async def test_a_column_goes_where_it_went_the_last_time(staffed: AppContext) -> None:
    head = ['どこ', '何が', '区分']
    draft = await opened(staffed, [['見本町', '穴', '舗装']], head=head)
    assert draft.chosen == {} and draft.mistakes
    for at, key in enumerate(('場所', '内容', '種別')):
        draft.choose(at, key)
    await staffed.imports.check(draft, by=LEADER)
    await staffed.imports.take(draft, by=LEADER)
    assert (await opened(staffed, [['例示町', '石', '側溝']], head=head)).chosen == {0: '場所', 1: '内容', 2: '種別'}


async def test_two_columns_for_one_field_are_told(staffed: AppContext) -> None:
    draft = await opened(staffed, [['a', 'b']], head=['場所', '内容'])
    draft.choose(1, '場所')
    assert draft.mistakes == ['「場所」と「内容」が、どちらも「場所」になっています。1つだけにしてください。']
    with pytest.raises(Refused):
        await staffed.imports.check(draft, by=LEADER)


async def test_a_status_in_a_file_is_refused_as_on_every_other_way_in(staffed: AppContext) -> None:
    head = ['状態', '場所', '内容', '種別']
    draft = await opened(staffed, [['完了', '見本町', '穴', '舗装']], head=head)
    report = await staffed.imports.check(draft, by=LEADER)
    assert [(each.path, each.code) for each in report.problems] == [('状態', 'not_typed')]
    made = await taken(staffed, [['受付', '見本町1', '穴', '舗装'], [None, '見本町2', '穴', '舗装']], head=head)
    assert made.new == 2, 'the status that a new record gets anyhow may be written'


async def test_a_record_that_was_changed_after_the_check_is_not_written_over(staffed: AppContext) -> None:
    saved = await staffed.operations.submit(APP, ROAD, by=STAFF)
    draft = await opened(staffed, [[saved.id, '例示町']], head=['レコードID', '場所'])
    await staffed.imports.check(draft, by=LEADER)
    await staffed.operations.change(APP, saved.id, {'場所': '見本町9'}, by=STAFF, if_rev=1)
    with pytest.raises(Refused, match='ほかの人が先に変更しました') as refused:
        await staffed.imports.take(draft, by=LEADER)
    assert [each.code for each in refused.value.messages] == ['conflict'] and places(staffed) == ['見本町9']


async def test_cancelling_leaves_nothing(staffed: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_in, 'BATCH', 2)
    draft = await opened(staffed, [line(場所=f'見本町{number}') for number in range(6)])
    await staffed.imports.check(draft, by=LEADER)

    async def cancel() -> None:
        while draft.progress.done < 2:
            await asyncio.sleep(0)
        draft.progress.stop = True

    watching = asyncio.create_task(cancel())
    with pytest.raises(Cancelled):
        await staffed.imports.take(draft, by=LEADER)
    await watching
    assert places(staffed) == []
    assert [each.state for each in staffed.imports.kept.of(APP)] == [BROKEN_OFF]


def test_on_a_busy_machine_others_get_their_turn_sooner() -> None:
    usual, busy = take_in.next_size(800, 0.13), take_in.next_size(800, 0.8)
    assert usual == take_in.BATCH and busy == 300
    assert take_in.next_size(100, 60) == take_in.BATCH // 8 and take_in.next_size(busy, 0.05) == take_in.BATCH


async def test_a_row_that_became_wrong_meanwhile_undoes_the_whole(staffed: AppContext) -> None:
    rows = [['施設番号', '施設名', '所管課'], ['001', '甲', '施設管理課'], ['002', '乙', '施設管理課']]
    draft = await staffed.imports.open('facilities', workbook(rows), 'a.xlsx', by=LEADER)
    await staffed.imports.check(draft, by=LEADER)
    other = {'施設番号': '002', '施設名': '丙', '所管課': '施設管理課'}
    await staffed.operations.submit('facilities', other, by=LEADER)
    with pytest.raises(Refused, match='Sheet1!A3'):
        await staffed.imports.take(draft, by=LEADER)
    assert [each['施設名'] for each in staffed.store.find('facilities', limit=None).docs] == ['丙']


async def test_one_value_twice_in_a_file_is_refused_from_the_second_row_on(staffed: AppContext) -> None:
    rows = [['施設番号', '施設名', '所管課'], ['００１', '甲', '施設管理課'], ['001', '乙', '施設管理課']]
    draft = await staffed.imports.open('facilities', workbook(rows), 'a.xlsx', by=LEADER)
    report = await staffed.imports.check(draft, by=LEADER)
    assert [(each.address, '2行目' in each.text) for each in report.problems] == [('Sheet1!A3', True)]


async def test_what_was_judged_by_another_definition_is_not_taken(staffed: AppContext) -> None:
    draft = await opened(staffed, [GOOD])
    report = await staffed.imports.check(draft, by=LEADER)
    draft.report = replace(report, version='0' * 16)
    with pytest.raises(Refused, match='定義'):
        await staffed.imports.take(draft, by=LEADER)


async def test_a_day_later_every_row_is_judged_again(staffed: AppContext) -> None:
    draft = await opened(staffed, [line(受付日=None)])
    await staffed.imports.check(draft, by=LEADER)
    assert draft.report is not None
    draft.report = replace(draft.report, day='2026-11-19')
    made = await staffed.imports.take(draft, by=LEADER)
    assert made.new == 1 and places(staffed) == ['見本町1']


async def test_only_one_import_writes_at_a_time(staffed: AppContext) -> None:
    draft = await opened(staffed, [GOOD])
    await staffed.imports.check(draft, by=LEADER)
    with turn(staffed.settings.data), pytest.raises(Refused, match='ほかの取り込み'):
        await staffed.imports.take(draft, by=LEADER)
    assert (await staffed.imports.take(draft, by=LEADER)).new == 1


async def test_an_import_left_in_the_middle_is_taken_back_by_the_next_start(
    staffed: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies writes no ending: the journal says so, and which records are there."""
    monkeypatch.setattr(take_in, 'BATCH', 2)
    draft = await opened(staffed, [line(場所=f'見本町{number}') for number in range(5)])
    await staffed.imports.check(draft, by=LEADER)

    class Killed(BaseException):
        pass

    async def dead(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr(type(staffed.imports.back), 'undo', dead)
    monkeypatch.setattr(take_in.TakeIn, '_finish', dead)
    with pytest.raises(Killed):
        await staffed.imports.take(draft, by=LEADER)
    assert len(places(staffed)) == 5 and staffed.imports.kept.of(APP)[0].state == WRITING
    monkeypatch.undo()
    with monkeypatch.context() as unreadable:
        unreadable.setattr(staffed.catalogue, 'find', lambda _: None)
        assert await staffed.imports.back.recover_at_start() == [], 'it waits until its app can be read again'
    (ended,) = await staffed.imports.back.recover_at_start()
    assert ended.state == BROKEN_OFF and places(staffed) == []
    assert await staffed.imports.back.recover_at_start() == []


GUARDED = """
title: 守られた記録
record_title: [場所]
sections:
  - title: 一
    fields:
      - {name: 場所, type: text, required: true}
      - {name: 氏名, type: person_name}
      - {name: 査定, type: text}
permissions:
  - {who: {role: leader}, can: [see, create, change, import]}
  - {who: {role: staff}, can: [see, create, import], hide: [氏名], readonly: [査定]}
"""


async def test_fields_that_a_person_may_not_write_are_refused_as_in_a_save(
    staffed: AppContext, definitions: Path
) -> None:
    (definitions / 'guarded.yaml').write_text(GUARDED, 'utf-8')
    staffed.catalogue.reload()
    content = workbook([['場所', '氏名', '査定'], ['見本町', '見本 太郎', '甲']])
    draft = await staffed.imports.open('guarded', content, 'g.xlsx', by=STAFF)
    assert draft.chosen == {0: '場所', 2: '査定'} and '氏名' not in draft.targets, 'what is hidden is not even named'
    report = await staffed.imports.check(draft, by=STAFF)
    with pytest.raises(Refused) as refused:
        await staffed.operations.submit('guarded', {'場所': '見本町', '査定': '甲'}, by=STAFF)
    assert [(each.address, each.text) for each in report.problems] == [('Sheet1!C2', refused.value.messages[0].text)]
    by_leader = await staffed.imports.open('guarded', content, 'g.xlsx', by=LEADER)
    assert (await staffed.imports.check(by_leader, by=LEADER)).counts['new'] == 1


async def test_records_that_a_person_may_not_change_are_refused(staffed: AppContext, definitions: Path) -> None:
    (definitions / 'guarded.yaml').write_text(GUARDED, 'utf-8')
    staffed.catalogue.reload()
    made = await staffed.operations.submit('guarded', {'場所': '見本町'}, by=LEADER)
    content = workbook([['レコードID', '場所'], [made.id, '例示町']])
    draft = await staffed.imports.open('guarded', content, 'g.xlsx', by=STAFF)
    report = await staffed.imports.check(draft, by=STAFF)
    assert report.counts['refused'] == 1 and '変更する権限がありません' in report.problems[0].text
