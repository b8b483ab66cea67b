"""Subtables and checklists."""

from datetime import date, datetime
from typing import Any

import pytest
from field_samples import HALL, columns, make, refusal, stored, wrong_settings

from forms.choices import from_rows, listed
from forms.fields.checklist import Previous

MOVES: dict[str, Any] = {
    'name': '移動履歴',
    'columns': (
        make('date', name='移動日'),
        make('text', name='移動元'),
        make('select_one', name='移動先', choices=listed('額谷', 'キゴ', 'その他'), other=True),
    ),
    'export_text': '{移動日:M/D} {移動元}→{移動先}',
}
TYPED = [
    {'移動日': 'R6.1.11', '移動元': '万寿苑', '移動先': '額谷'},
    {'移動日': '2024/1/23', '移動元': '額谷', '移動先': 'キゴ'},
]
KEPT = [
    {'_row': '1', '移動日': '2024-01-11', '移動元': '万寿苑', '移動先': '額谷'},
    {'_row': '2', '移動日': '2024-01-23', '移動元': '額谷', '移動先': 'キゴ'},
]


def test_rows_are_read_by_their_columns_and_get_an_id() -> None:
    assert stored(make('subtable', **MOVES), TYPED) == KEPT


def test_ids_stay_and_new_rows_never_take_one_that_is_there() -> None:
    field = make('subtable', **MOVES)
    rows = stored(field, [{**TYPED[0], '_row': '7'}, TYPED[1], {**TYPED[1], '_row': 'e2f1-aa'}])
    assert [row['_row'] for row in rows] == ['7', '8', 'e2f1-aa']


def test_a_refusal_names_row_and_column() -> None:
    parsed = make('subtable', **MOVES).parse([TYPED[0], {'移動日': 'きのう', '移動先': '不明'}], HALL)
    assert [(each.path, each.code) for each in parsed.messages] == [
        ('移動履歴[1].移動日', 'not_a_date'),
        ('移動履歴[1].移動先', 'not_a_choice'),
    ]


def test_what_was_converted_names_its_row() -> None:
    parsed = make('subtable', **MOVES).parse([TYPED[0], {'移動日': '平成36年1月23日'}], HALL)
    assert parsed.note.startswith('2行目: 平成36年1月23日は令和6年')


def test_the_empty_line_at_the_end_is_no_row_but_one_in_between_is() -> None:
    field = make('subtable', **MOVES)
    assert stored(field, [*TYPED, {'_row': 'new'}]) == KEPT
    assert [row['_row'] for row in stored(field, [{'_row': 'a'}, {**TYPED[0], '_row': 'b'}])] == ['a', 'b']
    assert stored(field, [{'_row': 'a', '移動元': ' '}]) is None


def test_the_detail_of_other_is_a_column_too() -> None:
    field = make('subtable', **MOVES)
    assert stored(field, [{'移動先': 'その他', '移動先_その他': '親類の家'}])[0]['移動先_その他'] == '親類の家'


@pytest.mark.parametrize(
    ('raw', 'code'),
    [
        ('1/11 万寿苑→額谷', 'not_rows'),
        ({'0': {}}, 'not_rows'),
        (['額谷'], 'not_rows'),
        ([{'_row': []}], 'not_rows'),
        ([{'_row': 'a b'}], 'not_rows'),
        ([{'_row': 10**200}], 'not_rows'),
        ([{'移動日': '', '世帯': 1}], 'unknown_column'),
        ([{'_row': '1', '移動元': 'a'}, {'_row': '1', '移動元': 'b'}], 'row_twice'),
    ],
)
def test_what_are_no_rows(raw: object, code: str) -> None:
    assert refusal(make('subtable', **MOVES), raw) == code


def test_how_many_rows() -> None:
    field = make('subtable', **MOVES, min_rows=2, max_rows=2)
    assert [refusal(field, TYPED[:1]), refusal(field, TYPED), refusal(field, [*TYPED, *TYPED])] == [
        'too_few_rows', '', 'too_many_rows',
    ]  # fmt: skip


def test_an_append_only_row_is_neither_changed_nor_removed() -> None:
    field = make('subtable', **MOVES, append_only=True)
    assert refusal(field, [*KEPT, TYPED[0]], old=KEPT) == ''
    assert refusal(field, KEPT[1:], old=KEPT) == 'row_removed'
    assert refusal(field, [KEPT[0], {**KEPT[1], '移動元': ''}], old=KEPT) == 'row_changed'
    assert refusal(make('subtable', **MOVES), KEPT[1:], old=KEPT) == ''


def test_append_only_rows_do_not_vanish_at_one_stroke() -> None:
    refused = make('subtable', **MOVES, append_only=True).erased(KEPT)
    assert [each.text for each in refused] == [
        '移動履歴の1行目は消せません。元に戻してください。',
        '移動履歴の2行目は消せません。元に戻してください。',
    ]
    assert list(make('subtable', **MOVES).erased(KEPT)) == []


def test_an_append_only_row_says_who_added_it_and_when_whatever_the_browser_says() -> None:
    field = make('subtable', **MOVES, append_only=True)
    first = field.signed(KEPT[:1], None, account='mihon', now='2024-01-11T09:00:00+09:00')
    forged = [{**first[0], '_by': 'reiji', '_at': '2000-01-01'}, {**KEPT[1], '_by': 'reiji', '_at': '2000-01-01'}]
    signed = field.signed(stored(field, forged), first, account='mihon', now='2024-01-23T09:00:00+09:00')
    assert [(row['_by'], row['_at']) for row in signed] == [
        ('mihon', '2024-01-11T09:00:00+09:00'),
        ('mihon', '2024-01-23T09:00:00+09:00'),
    ]
    assert field.signed(KEPT, None, account='mihon', now='x') != KEPT
    assert make('subtable', **MOVES).signed(KEPT, None, account='mihon', now='x') == KEPT


def test_marks_of_a_row_that_is_not_append_only_are_dropped() -> None:
    assert stored(make('subtable', **MOVES), [{**TYPED[0], '_by': 'reiji'}]) == KEPT[:1]


def test_shown_in_the_form_of_the_evacuee_register() -> None:
    field = make('subtable', **MOVES)
    assert field.show(KEPT) == '1/11 万寿苑→額谷、1/23 額谷→キゴ'
    assert columns(field, KEPT) == {'移動履歴': '1/11 万寿苑→額谷、1/23 額谷→キゴ', '移動履歴_行数': 2}
    assert '万寿苑' in field.search(KEPT)


def test_shown_without_a_way_to_write_it() -> None:
    field = make('subtable', **{**MOVES, 'export_text': ''})
    assert field.show([*KEPT, *KEPT]).endswith('令和6年1月11日(木) 万寿苑 額谷、ほか1行')
    assert columns(field, KEPT) == {'移動履歴_行数': 2}


def test_rows_have_a_sheet_of_their_own() -> None:
    field = make('subtable', **MOVES, append_only=True)
    row = {**KEPT[0], '_by': 'mihon', '_at': '2024-01-11T09:00:00+09:00'}
    assert {header: cell(row) for header, cell in field.row_cells(HALL)} == {
        '移動日': date(2024, 1, 11), '移動日_年度': 2023, '移動元': '万寿苑', '移動先': '額谷', '移動先_その他': None,
        '追加した人': '見本 太郎', '追加した日時': datetime(2024, 1, 11, 9, 0),
    }  # fmt: skip


def test_results_in_rows_are_not_taken_from_the_browser() -> None:
    total = make('calculation', name='計', result='integer')
    field = make('subtable', columns=(make('integer', name='数'), total))
    assert stored(field, [{'数': 2, '計': 99}]) == [{'_row': '1', '数': 2}]


ITEMS = from_rows(
    [
        {'value': '外壁', 'label': '外壁にひびがないか', '部位': '外壁'},
        {'value': '屋根', 'label': '屋根に破れがないか', '部位': '屋根・屋上'},
        {'value': '煙突', 'label': '煙突', '部位': '煙突', 'retired': 'true'},
    ],
    'items.csv',
)
CHECKS: dict[str, Any] = {
    'name': '点検表',
    'rows': ITEMS,
    'row_label': '点検内容',
    'row_columns': ('部位',),
    'columns': (make('select_one', name='結果', choices=listed('無', '有')), make('text', name='不具合箇所')),
}


def test_a_blank_checklist_has_every_row_in_use() -> None:
    for blank in (None, '', []):
        assert stored(make('checklist', **CHECKS), blank) == [{'_row': '外壁'}, {'_row': '屋根'}]


def test_answers_are_kept_in_the_order_of_the_master() -> None:
    given = [{'_row': '屋根', '結果': '有', '不具合箇所': '破れ'}, {'_row': '外壁', '結果': '無'}]
    kept = stored(make('checklist', **CHECKS), given)
    assert kept == [{'_row': '外壁', '結果': '無'}, {'_row': '屋根', '結果': '有', '不具合箇所': '破れ'}]
    assert make('checklist', **CHECKS).show([*kept[:1], {'_row': '屋根'}]) == '2行のうち1行に記入'


def test_answers_of_a_retired_row_stay() -> None:
    kept = stored(make('checklist', **CHECKS), [{'_row': '煙突', '結果': '無'}])
    assert kept[-1] == {'_row': '煙突', '結果': '無'}


@pytest.mark.parametrize(
    ('raw', 'code'),
    [
        ([{'_row': '床', '結果': '無'}], 'unknown_row'),
        ([{'結果': '無'}], 'not_rows'),
        ([{'_row': '外壁'}, {'_row': '外壁'}], 'row_twice'),
        ([{'_row': '外壁', '部位': '屋根'}], 'unknown_column'),
        ([{'_row': '外壁', '結果': '多分'}], 'not_a_choice'),
        ('無', 'not_rows'),
    ],
)
def test_what_is_no_checklist(raw: object, code: str) -> None:
    assert refusal(make('checklist', **CHECKS), raw) == code


def test_a_row_knows_the_columns_of_its_master() -> None:
    field = make('checklist', **CHECKS)
    assert field.with_master({'_row': '屋根', '結果': '有'})['部位'] == '屋根・屋上'
    row = {'_row': '屋根', '結果': '有'}
    assert {header: cell(row) for header, cell in field.row_cells(HALL)} == {
        '点検内容': '屋根に破れがないか', '部位': '屋根・屋上', '結果': '有', '不具合箇所': None,
    }  # fmt: skip


def test_the_browser_gets_the_rows_and_where_the_previous_answers_are() -> None:
    told = make('checklist', **CHECKS, previous=Previous(same='施設', latest='点検日')).browser()
    assert told['rows'][0] == {
        '_row': '外壁', 'label': '外壁にひびがないか', 'retired': False, 'columns': {'部位': '外壁'},
    }  # fmt: skip
    assert told['previous'] == {'same': '施設', 'latest': '点検日'}


def test_formulas_see_a_table_of_the_columns() -> None:
    names = [name for name, _ in make('subtable', **MOVES).value_type.columns]
    assert names == ['移動日', '移動元', '移動先', '移動先_その他']


def test_wrong_settings_are_named() -> None:
    assert wrong_settings(make('subtable')) == ['columns']
    assert wrong_settings(make('subtable', **{**MOVES, 'export_text': '{移動先} {世帯}'})) == ['export_text']
    assert wrong_settings(make('subtable', **MOVES, min_rows=3, max_rows=2)) == ['max_rows']
    assert wrong_settings(make('checklist', columns=CHECKS['columns'])) == ['rows']
    assert wrong_settings(make('checklist', **{**CHECKS, 'row_columns': ('階',)})) == ['row_columns']
    assert wrong_settings(make('checklist', **CHECKS)) == []
