"""What rules show to whom: records by their own words and by formulas, fields hidden, masked and locked."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from apps.context import AppContext
from apps.excel.export import Choice, export_app
from apps.outcome import Refused
from apps.people import Person
from apps.reading import ON_RECORD, Wanted
from forms.field import Masked

CASES = """
title: 相談
record_title: [件名, 氏名]
sections:
  - title: 相談
    fields:
      - {name: 件名, type: text, required: true}
      - {name: 氏名, type: person_name, privacy: personal}
      - {name: 年齢, type: integer}
      - {name: 課, type: section}
      - {name: 担当, type: staff}
      - {name: 所見, type: textarea, privacy: sensitive}
      - {name: 区分, type: select_one, choices: [甲, 乙], default: '"甲"'}
      - {name: 世帯主, type: lookup, app: people, show: [名前, 電話], copy: {写した電話: 電話}}
      - {name: 写した電話, type: phone}
      - {name: 世帯主の区, type: text, calculation: '世帯主.区'}
      - {name: 成人, type: yes_no, calculation: 年齢 >= 18}
views:
  - {name: 一覧, columns: [件名, 氏名, 年齢, 区分], filters: [区分, 年齢], sort: [年齢]}
  - {name: 年齢別, type: summary, rows: 年齢}
permissions:
  - {who: {role: leader}, can: [see, create, change, act, export, define]}
  - {who: {role: staff}, can: [see], records: own_section, mask: [氏名], hide: [年齢]}
  - {who: {role: staff}, can: [see, create, change], records: own}
  - {who: {role: supervisor}, can: [see, change], records: assigned, readonly: [件名]}
  - {who: {account: kou}, can: [see], records: 区分 = "甲" && Len(件名) > 2}
  - {who: {account: broken}, can: [see], records: 1 / Len(氏名) > 0}
"""
PEOPLE = """
title: 住民
record_title: [名前]
sections:
  - title: 人
    fields:
      - {name: 名前, type: person_name, required: true}
      - {name: 電話, type: phone}
      - {name: 区, type: text}
views: [{name: 一覧, columns: [名前, 電話]}]
permissions:
  - {who: {role: leader}, can: [see, create, change]}
  - {who: {role: staff}, can: [see], records: 区 = "東", hide: [電話]}
"""

LEADER = Person('leader', '試験 一郎', ('leader',), ())
STAFF = Person('taro', '見本 太郎', ('staff',), ('福祉課',))
CHIEF = Person('chief', '架空 葵', ('supervisor',), ())
KOU = Person('kou', '甲 見', ('other',), ())
BROKEN = Person('broken', '式 誤', ('other',), ())


@pytest.fixture(autouse=True)
def definitions(tmp_path: Path) -> Path:
    folder = tmp_path / 'definitions'
    folder.mkdir()
    (folder / 'cases.yaml').write_text(CASES, 'utf-8')
    (folder / 'people.yaml').write_text(PEOPLE, 'utf-8')
    return folder


@pytest.fixture
async def cases(office: AppContext) -> dict[str, str]:
    """Title -> id of four cases: of the section, of nobody, made by the clerk, waiting with the chief."""
    assert office.catalogue.problems == ()
    for person in (LEADER, STAFF, CHIEF):
        parts: Any = {'roles': person.roles, 'sections': person.sections, 'by': LEADER}
        await office.accounts.add(person.account, person.name, '', **parts)
    await office.accounts.add('fuku', '福祉 子', '', roles=['staff'], sections=['福祉課', '税務課'], by=LEADER)
    made = {}
    for by, values in (
        (LEADER, {'件名': '課の件', '課': '福祉課', '氏名': '例示 花子', '年齢': 30, '所見': '秘密'}),
        (LEADER, {'件名': '外の件', '課': '税務課', '氏名': '例示 次郎', '年齢': 40, '区分': '乙'}),
        (STAFF, {'件名': '私の件', '氏名': '見本 三郎', '年齢': 50}),
        (LEADER, {'件名': '長', '担当': 'chief', '氏名': '見本 四郎', '年齢': 10}),
    ):
        made[str(values['件名'])] = (await office.operations.submit('cases', values, by=by)).id
    return made



@pytest.mark.parametrize(
    ('who', 'titles'),
    [
        (LEADER, {'課の件', '外の件', '私の件', '長'}),
        (STAFF, {'課の件', '私の件'}),
        (CHIEF, {'長'}),
        (KOU, {'課の件', '私の件'}),
    ],
    ids=lambda each: each.account if isinstance(each, Person) else '',
)
async def test_the_store_finds_what_the_rules_show(
    office: AppContext, cases: dict[str, str], who: Person, titles: set[str]
) -> None:
    sight = office.reading.sight(office.catalogue.get('cases'), who)
    found = {each['件名'] for each in office.store.find('cases', sight.condition(), limit=None).docs}
    held = {each['件名'] for each in office.store.find('cases', limit=None).docs if sight.sees(each)}
    assert found == held == titles
    assert office.reading.page('cases', '一覧', Wanted(), by=who).total == len(titles)


async def test_a_rule_whose_formula_fails_shows_nothing(office: AppContext, cases: dict[str, str]) -> None:
    await office.operations.submit('cases', {'件名': '名なし'}, by=LEADER)
    found = office.reading.page('cases', '一覧', Wanted(), by=BROKEN)
    assert found.total == 4, 'four have a name; to divide by the length of none fails'


async def test_who_sees_everything_asks_the_store_for_nothing_more(office: AppContext, cases: dict[str, str]) -> None:
    sight = office.reading.sight(office.catalogue.get('cases'), LEADER)
    assert sight.condition() is None and not sight.withholds and sight.veiled == frozenset()
    assert office.reading.definition('cases', LEADER) is office.catalogue.get('cases')


async def test_a_field_is_withheld_only_where_every_rule_withholds_it(
    office: AppContext, cases: dict[str, str]
) -> None:
    shown = office.reading.record('cases', cases['課の件'], by=STAFF)
    assert shown.values['氏名'] == '例＊ 花＊' and isinstance(shown.values['氏名'], Masked)
    assert '年齢' not in shown.values and '例示' not in shown.title
    own = office.reading.record('cases', cases['私の件'], by=STAFF)
    assert own.values['氏名'] == '見本 三郎' and own.values['年齢'] == 50
    history = office.reading.history('cases', cases['課の件'], by=STAFF)
    told = {one.field: one.after for each in history for one in each.changes}
    assert told['氏名'] == '例＊ 花＊' and '年齢' not in told


@pytest.mark.parametrize(
    'wanted',
    [
        Wanted(sort='年齢'), Wanted(sort='-氏名'), Wanted(filters={'年齢': '30'}), Wanted(filters={'年齢': ('30',)}),
        Wanted(filters={'氏名': '例示 花子'}),
    ],
)  # fmt: skip
async def test_nobody_sorts_or_narrows_by_what_is_withheld_anywhere(
    office: AppContext, cases: dict[str, str], wanted: Wanted
) -> None:
    with pytest.raises(ValueError):
        office.reading.page('cases', '一覧', wanted, by=STAFF)
    office.reading.page('cases', '一覧', wanted, by=LEADER)


async def test_views_and_filters_that_need_it_are_not_there(office: AppContext, cases: dict[str, str]) -> None:
    seen = office.reading.definition('cases', STAFF)
    assert [each.name for each in seen.views] == ['一覧'] and seen.views[0].sort == ()
    assert [each.name for each in office.reading.narrowings('cases', '一覧', by=STAFF)] == ['区分']
    with pytest.raises(Refused, match='not_found'):
        office.reading.summary('cases', '年齢別', {}, by=STAFF)


async def test_deeds_hold_for_the_records_of_their_rule(office: AppContext, cases: dict[str, str]) -> None:
    await office.operations.change('cases', cases['私の件'], {'件名': '私の件2'}, by=STAFF, if_rev=1)
    with pytest.raises(Refused, match='forbidden'):
        await office.operations.change('cases', cases['課の件'], {'件名': '別'}, by=STAFF, if_rev=1)
    with pytest.raises(Refused, match='not_found'):
        await office.operations.change('cases', cases['外の件'], {'件名': '別'}, by=STAFF, if_rev=1)


async def test_what_may_only_be_read_may_be_sent_as_it_was(office: AppContext, cases: dict[str, str]) -> None:
    sent = {'件名': '長', '年齢': 11}
    saved = await office.operations.change('cases', cases['長'], sent, by=CHIEF, if_rev=1)
    assert saved.values['年齢'] == 11
    with pytest.raises(Refused) as refused:
        await office.operations.change('cases', cases['長'], {'件名': '別の長'}, by=CHIEF, if_rev=2)
    assert [(each.path, each.code) for each in refused.value.messages] == [('件名', 'not_yours')]


async def test_a_lookup_offers_copies_and_names_only_what_is_seen(office: AppContext, cases: dict[str, str]) -> None:
    """Formulas read the whole record of the other app; what is copied is what this person may read."""
    east, west = [
        (await office.operations.submit('people', {'名前': name, '電話': '090-0000-0001', '区': area}, by=LEADER)).id
        for name, area in (('見本 東', '東'), ('見本 西', '西'))
    ]
    field = office.catalogue.get('cases').fields['世帯主']
    offered = office.reading.candidates(
        office.catalogue.get('cases'), '世帯主', field, '', limit=9, given={}, by=STAFF
    )
    assert [each['id'] for each in offered] == [east] and '0001' not in str(offered)
    for unseen in (west, 'nothing'):
        with pytest.raises(Refused) as refused:
            await office.operations.change('cases', cases['私の件'], {'世帯主': unseen}, by=STAFF, if_rev=1)
        assert [each.code for each in refused.value.messages] == ['unknown_record']
    saved = await office.operations.change('cases', cases['私の件'], {'世帯主': east}, by=STAFF, if_rev=1)
    assert '写した電話' not in saved.values and saved.values['世帯主の区'] == '東'
    await office.operations.change('cases', cases['私の件'], {'世帯主': west}, by=LEADER, if_rev=2)
    kept = await office.operations.change(
        'cases', cases['私の件'], {'世帯主': west, '件名': '私の件3'}, by=STAFF, if_rev=3
    )
    assert kept.values['世帯主の区'] == '西', 'what a record names already may stay'
    shown = office.reading.record('cases', cases['私の件'], by=STAFF)
    assert '見本 西' not in str(shown.texts)


async def test_sensitive_values_are_masked_on_the_page_until_asked(office: AppContext, cases: dict[str, str]) -> None:
    page = office.reading.record('cases', cases['課の件'], by=LEADER, masks=ON_RECORD)
    assert page.texts['所見'] == '○○○' and page.covered == {'所見'} and page.texts['氏名'] == '例示 花子'
    listed = office.reading.page('cases', '一覧', Wanted(), by=LEADER)
    assert {each.cells['氏名'] for each in listed.rows} >= {'例＊ 花＊', '見＊ 三＊'}


async def test_what_is_exported_has_masks_and_no_hidden_column(
    office: AppContext, cases: dict[str, str], definitions: Path, tmp_path: Path
) -> None:
    file = definitions / 'cases.yaml'
    rule = '- {who: {account: kou}, can: [see, export], mask: [年齢, 氏名], hide: [所見]}'
    file.write_text(CASES.replace('  - {who: {account: kou}, can: [see], records: 区分', f'  {rule}\n#'), 'utf-8')
    office.catalogue.reload()
    assert office.catalogue.problems == ()
    exported = export_app(office.reading, 'cases', tmp_path / 'out.xlsx', Choice(purpose='集計・統計の作成'), by=KOU)
    assert exported.count == 4
    book = CalamineWorkbook.from_path(tmp_path / 'out.xlsx')
    header, *rows = book.get_sheet_by_name('データ').to_python()
    assert '所見' not in header and '所見' not in str(book.get_sheet_by_name('項目定義').to_python())
    told = {row[header.index('件名')]: (row[header.index('氏名')], row[header.index('年齢')]) for row in rows}
    assert told['課の件'] == ('例＊ 花＊', '○○○')


async def test_a_file_is_named_only_by_who_sees_a_record_with_it(
    office: AppContext, cases: dict[str, str], definitions: Path
) -> None:
    """Knowing the name under which a file is kept opens no way to it."""
    file = definitions / 'cases.yaml'
    before = '      - {name: 担当,'
    file.write_text(CASES.replace(before, f'      - {{name: 書類, type: attachment}}\n{before}'), 'utf-8')
    office.catalogue.reload()
    paper = await office.operations.receive(BytesIO(b'hello'), 'a.txt', 5, by=LEADER)
    await office.operations.change('cases', cases['外の件'], {'書類': [paper.told()]}, by=LEADER, if_rev=1)
    assert office.reading.file(paper.blob, by=STAFF) is None
    with pytest.raises(Refused) as refused:
        await office.operations.change('cases', cases['私の件'], {'書類': [paper.told()]}, by=STAFF, if_rev=1)
    assert [each.code for each in refused.value.messages] == ['unknown_file']
    await office.operations.change('cases', cases['課の件'], {'書類': [paper.told()]}, by=LEADER, if_rev=1)
    assert office.reading.file(paper.blob, by=STAFF) is not None
