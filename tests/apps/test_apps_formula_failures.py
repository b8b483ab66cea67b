"""A formula that fails stops nobody, and leaders see which one failed on which record until it is put right."""

from __future__ import annotations

from pathlib import Path

import pytest
from city_hall import LEADER, STAFF, SUPERVISOR
from nicegui import ElementFilter, ui
from nicegui.testing import user_simulation
from python_calamine import CalamineWorkbook

from apps.addresses import record_address
from apps.context import AppContext
from apps.excel.export import export_app
from apps.formula_failures import MOST_RECORDS
from apps.outcome import Refused
from apps.people import Person
from apps.reading import FailedFormula, Wanted
from apps.screens import problems
from apps.screens.detail.facts import draw_sections

TEXT = """
title: 見積
record_title: [品名]
permissions:
  - {who: {role: staff}, can: [see, create, change, act]}
  - {who: {role: leader}, can: [see, remove]}
sections:
  - fields:
      - {name: 品名, type: text}
      - {name: 金額, type: integer}
      - {name: 人数, type: integer}
      - {name: 一人分, type: calculation, result: integer, calculation: 金額 / 人数}
      - {name: 備考, type: text, relevant: 金額 / 人数 > 5}
      - name: 明細
        type: subtable
        label: 買う物
        columns:
          - {name: 数, type: integer}
          - {name: 単価, type: calculation, result: integer, calculation: 100 / 数}
views:
  - {name: すべて, type: list, columns: [品名]}
  - {name: 高い, type: list, columns: [品名], filter: 金額 / 人数 > 10}
workflow:
  field: 状態
  statuses: [{name: 作成中}, {name: 決裁済, done: true}]
  actions:
    - {name: 決裁, from: [作成中], to: 決裁済, guard: 金額 / 人数 > 1, main: true}
    - {name: 差し戻す, from: [決裁済], to: 作成中}
"""

OF_AGE = """
      - {name: 生まれた日, label: 生年月日, type: date}
      - {name: 品名, type: text, required: 'DateDiff(生まれた日, Today(), TimeUnit.Years) > 99'}
"""


@pytest.fixture
async def estimates(staffed: AppContext, definitions: Path) -> AppContext:
    define(staffed, definitions, TEXT)
    return staffed


def define(office: AppContext, definitions: Path, text: str) -> None:
    (definitions / 'estimates.yaml').write_text(text, encoding='utf-8')
    office.catalogue.reload()
    assert [str(each) for each in office.catalogue.problems] == []


async def entered(office: AppContext, **values: object) -> str:
    return (await office.operations.submit('estimates', {'品名': '水', '金額': 100, **values}, by=STAFF)).id


def written(office: AppContext) -> None:
    """What is kept is written behind the answer, in the order of the calls."""
    office.store.scratch.put('last', None)


def failed(office: AppContext) -> list[FailedFormula]:
    written(office)
    return office.reading.failed_formulas(by=LEADER)


def forget(office: AppContext, record: str) -> None:
    written(office)
    office.store.scratch.delete(f'failed/estimates/{record}')


async def test_the_record_is_saved_and_opened_and_leaders_are_told_where_and_why(estimates: AppContext) -> None:
    record = await entered(estimates, 人数=0, 明細=[{'数': 0}])
    shown = estimates.reading.record('estimates', record, by=STAFF)
    assert (shown.title, shown.values.get('一人分')) == ('水', None)
    told = {each.place: each for each in failed(estimates)}
    assert set(told) == {'「一人分」の計算', '「備考」の表示条件', '「買う物」の「単価」の計算'}
    calculation = told['「一人分」の計算']
    assert (calculation.app_title, calculation.record_id, calculation.record) == ('見積', record, '水')
    assert calculation.error == '0で割りました。'
    condition = told['「備考」の表示条件']
    assert (condition.before, condition.piece, condition.after) == ('', '金額 / 人数', ' > 5')
    assert condition.at == '令和8年11月20日(金) 10:00'


async def test_a_result_that_could_not_be_calculated_does_not_look_unanswered(
    estimates: AppContext, definitions: Path, tmp_path: Path
) -> None:
    text = TEXT.replace('change, act]', 'change, act, export]').replace('columns: [品名]', 'columns: [品名, 一人分]')
    text = text.replace('calculation: 金額 / 人数', "calculation: 'If(IsBlank(金額), Blank(), 金額 / 人数)'")
    define(estimates, definitions, text)
    failing, unanswered = await entered(estimates, 人数=0), await entered(estimates, 金額=None, 人数=5)
    written(estimates)
    reading = estimates.reading

    rows = {each.id: each.cells['一人分'] for each in reading.page('estimates', 'すべて', Wanted(), by=STAFF).rows}
    assert rows == {failing: '計算できません', unanswered: ''}

    export_app(reading, 'estimates', tmp_path / 'e.xlsx', by=STAFF)
    head, *lines = CalamineWorkbook.from_path(tmp_path / 'e.xlsx').get_sheet_by_name('データ').to_python()
    cells = {line[head.index('レコードID')]: line[head.index('一人分')] for line in lines}
    assert cells == {failing: '計算できません', unanswered: ''}

    definition, world = reading.definition('estimates', STAFF), reading.world(STAFF)
    for record, seen in ((failing, True), (unanswered, False)):
        shown = reading.record('estimates', record, by=STAFF)
        async with user_simulation(lambda shown=shown: draw_sections(definition, shown, world)) as user:
            await user.open('/')
            await (user.should_see if seen else user.should_not_see)('計算できません')

    define(estimates, definitions, text.replace('金額 / 人数)', '金額 / (人数 + 1))'))
    assert '一人分' not in reading.record('estimates', failing, by=STAFF).texts, 'another formula has not failed'


async def test_a_record_saved_without_failure_is_no_longer_told(estimates: AppContext) -> None:
    record, other = await entered(estimates, 人数=0), await entered(estimates, 人数=0)
    await estimates.operations.change('estimates', record, {'人数': 4}, by=STAFF, if_rev=1)
    assert {each.record_id for each in failed(estimates)} == {other}
    assert estimates.reading.record('estimates', record, by=STAFF).values['一人分'] == 25


async def test_a_removed_record_takes_its_failures_along(estimates: AppContext) -> None:
    record = await entered(estimates, 人数=0)
    await estimates.operations.remove('estimates', record, '誤登録', by=LEADER)
    assert failed(estimates) == []
    estimates.failures.tidy()
    assert estimates.store.scratch.keys('failed/') == []


async def test_a_formula_put_right_is_no_longer_told(estimates: AppContext, definitions: Path) -> None:
    await entered(estimates, 人数=0)
    define(estimates, definitions, TEXT.replace('calculation: 金額 / 人数', 'calculation: 金額 / (人数 + 1)'))
    assert [each.place for each in failed(estimates)] == ['「備考」の表示条件']


async def test_a_condition_of_a_list_that_fails_shows_the_record_and_is_told(estimates: AppContext) -> None:
    record = await entered(estimates, 人数=0)
    cheap = await entered(estimates, 人数=50)
    forget(estimates, record)
    page = estimates.reading.page('estimates', '高い', Wanted(), by=STAFF)
    assert [each.id for each in page.rows] == [record]
    assert [(each.record_id, each.place) for each in failed(estimates)] == [(record, '一覧「高い」の条件')]
    assert cheap not in {each.record_id for each in failed(estimates)}


async def test_a_guard_that_fails_keeps_the_action_closed_and_is_told(estimates: AppContext) -> None:
    record = await entered(estimates, 人数=0)
    forget(estimates, record)
    (offer,) = estimates.reading.offers('estimates', record, by=STAFF)
    assert offer.closed
    assert [each.place for each in failed(estimates)] == ['「進行管理」の「guard」']
    with pytest.raises(Refused):
        await estimates.operations.act('estimates', record, '決裁', {}, by=STAFF)
    assert '「一人分」の計算' in {each.place for each in failed(estimates)}


async def test_what_is_refused_is_told_without_a_record(estimates: AppContext, definitions: Path) -> None:
    strict = TEXT.replace('{name: 人数, type: integer}', '{name: 人数, type: integer, constraint: 金額 / 人数 > 0}')
    define(estimates, definitions, strict)
    with pytest.raises(Refused):
        await entered(estimates, 人数=0)
    assert ('', '「人数」の入力条件') in {(each.record_id, each.place) for each in failed(estimates)}


async def test_only_who_may_see_the_app_is_told(estimates: AppContext) -> None:
    await entered(estimates, 人数=0)
    assert estimates.reading.failed_formulas(by=SUPERVISOR) == []


async def test_there_is_an_end_to_what_is_kept(estimates: AppContext) -> None:
    for number in range(MOST_RECORDS):
        estimates.store.scratch.put(f'failed/estimates/{number}', {'at': '', 'failures': []}, wait=False)
    await entered(estimates, 人数=0)
    written(estimates)
    assert len(estimates.store.scratch.keys('failed/')) == MOST_RECORDS


async def test_what_is_settled_makes_room(estimates: AppContext, definitions: Path) -> None:
    record, other = await entered(estimates, 人数=0), await entered(estimates, 人数=0, 金額=0)
    written(estimates)
    estimates.failures.tidy()
    assert estimates.store.scratch.keys('failed/') == sorted(f'failed/estimates/{each}' for each in (record, other))
    define(estimates, definitions, TEXT.replace('金額 / 人数', '金額 / (人数 + 1)'))
    estimates.failures.tidy()
    assert estimates.store.scratch.keys('failed/') == []


class OpenTab:
    """As much of a frame as the screen asks: who is signed in, and nothing that happens."""

    def __init__(self, context: AppContext, signed_in: Person) -> None:
        self.context = context
        self.person = lambda: signed_in
        self.title = ui.page_title
        self.listen = lambda listener: None


async def test_the_screen_shows_the_record_the_message_and_the_marked_piece(
    estimates: AppContext, definitions: Path
) -> None:
    define(estimates, definitions, TEXT.replace('      - {name: 品名, type: text}', OF_AGE))
    record = await entered(estimates, 人数=0)
    written(estimates)
    async with user_simulation(lambda: problems.draw(OpenTab(estimates, LEADER))) as user:
        await user.open('/')
        await user.should_see('「見積」で計算できなかった式')
        await user.should_see('「一人分」の計算: 0で割りました。')
        await user.should_see('注意 1件')
        await user.should_see('AGE(生まれた日, Today()) を使ってください。')
        with user:
            marked = {each.text for each in ElementFilter() if each.tag == 'mark'}
            (address,) = {each.props['href'] for each in ElementFilter(kind=ui.link)}
        assert marked == {'金額 / 人数'}
        assert address == record_address('estimates', record)
