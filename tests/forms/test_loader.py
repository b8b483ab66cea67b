"""Loading definitions: text stays as typed, every mistake is told at once, apps are judged together."""

from datetime import date
from pathlib import Path

import pytest

from forms.definition import AppDefinition
from forms.loader import load_definition, load_folder, load_text

SHIPPED = Path(__file__).parents[2] / 'apps' / 'definitions'


def loaded(text, **more):
    found = load_text(text, 'sample', **more)
    assert isinstance(found, AppDefinition), [str(each) for each in found]
    return found


def problems(text, **more):
    found = load_text(text, 'sample', **more)
    assert not isinstance(found, AppDefinition)
    return found


def app_with(*lines, then=''):
    return '\n'.join(
        ('title: 見本', 'sections:', '  - title: 内容', '    fields:', *(f'      {each}' for each in lines), then)
    )


@pytest.mark.parametrize(
    'typed', ['0120', '1:30', 'yes', 'no', 'null', '~', '2026-05-01', '1e3', '0x1F', '.5', 'true', '１２']
)
def test_a_text_stays_what_was_typed(typed):
    definition = loaded(app_with(f'- {{name: 種別, label: {typed}, type: select_one, choices: [{typed}]}}'))
    field = definition.fields['種別']
    assert field.label == typed
    assert [choice.value for choice in field.choices] == [typed]


def test_scalars_become_what_the_setting_declares():
    definition = loaded(
        app_with(
            '- {name: 氏名, type: text, max_length: ２０, required: true}',
            '- {name: 体温, type: decimal, min: 35.5, max: 42, required: 氏名 = "見本"}',
            then='fiscal_start: 10\nclosing_days: [2026-08-14]',
        )
    )
    name, heat = definition.fields['氏名'], definition.fields['体温']
    assert (name.max_length, name.required) == (20, True)
    assert (heat.min, heat.max) == (35.5, 42)
    assert heat.required == '氏名 = "見本"'
    assert definition.fiscal_start == 10
    assert definition.closing_days == (date(2026, 8, 14),)
    assert definition.calendar.name(date(2026, 8, 14)) == '閉庁日'


def test_a_key_given_twice_shows_both_places():
    (twice,) = problems(
        'title: 見本\ndescription: 一\n' + app_with('- {name: 氏名, type: text}')[10:] + 'description: 二\n'
    )
    assert twice.place.line == 7
    assert twice.also is not None
    assert twice.also.line == 2
    assert '(もう1か所: 2行目)' in str(twice)


def test_a_choice_or_field_given_twice_shows_both_places():
    found = problems(
        app_with(
            '- name: 種別', '  type: select_one', '  choices:', '    - 甲', '    - 甲', '- {name: 種別, type: text}'
        )
    )
    assert [(each.code, each.place.line, each.also.line) for each in found if each.also] == [
        ('D302', 9, 8),
        ('D202', 10, 5),
    ]


def test_all_mistakes_are_told_at_once_in_file_order():
    found = problems(
        app_with(
            '- {name: 氏名, type: txet}',
            '- {name: 種別, type: select_one, choices: [甲, 甲], colour: red}',
            '- {name: 人数, type: integer, min: 一人, relevant: 種類 = "甲"}',
            then='views: [{name: 全部, columns: [氏名, 人]}]\nrecord_title: [番号]',
        )
    )
    assert [(each.code, each.place.line) for each in found] == [
        ('D201', 5), ('D302', 6), ('D102', 6), ('D106', 7), ('D404', 7), ('D501', 8), ('D505', 9),
    ]  # fmt: skip


def test_a_field_that_could_not_be_read_is_told_once_and_not_again_wherever_it_is_named():
    found = problems(
        app_with(
            '- {name: 氏名, type: txet}',
            '- {name: 表, type: subtabel, columns: [{name: 数, type: integer}]}',
            '- {name: 計, type: calculation, calculation: "Sum(表, 数)", relevant: IsBlank(氏名)}',
            then='record_title: [氏名]',
        )
    )
    assert [(each.code, each.place.line) for each in found] == [('D201', 5), ('D201', 6)]


def test_a_capability_that_could_not_be_read_does_not_make_its_fields_unknown():
    found = problems(
        app_with(
            '- {name: 氏名, type: text}',
            then='record_title: [受付番号]\nnumbering: [{format: "{seq}", felid: 受付番号}]',
        )
    )
    assert 'D102' in {each.code for each in found}
    assert 'D505' not in {each.code for each in found}


def test_columns_of_formula_mistakes_point_into_the_formula():
    flow, quoted, folded = (
        '- {name: 甲, type: integer, relevant: 1 > 0 && 人数 > 1}',
        "- {name: 乙, type: text, relevant: 'Len(\"it''s\") > 人数'}",
        '- name: 丙\n        type: text\n        relevant: |\n          1 > 0 &&\n          件数 > 1',
    )
    found = problems(app_with(flow, quoted, folded))
    lines = app_with(flow, quoted, folded).splitlines()
    places = [(each.place.line, each.place.column) for each in found if each.code == 'D404']
    assert [lines[line - 1][column - 1 : column + 1] for line, column in places] == ['人数', '人数', '件数']
    assert [line for line, _ in places] == [5, 6, 11]


def test_a_file_with_byte_order_mark_and_windows_line_ends_is_read(tmp_path):
    text = app_with('- {name: 氏名, type: text}').replace('\n', '\r\n')
    (tmp_path / 'sample.yaml').write_bytes(b'\xef\xbb\xbf' + text.encode())
    found = load_definition(tmp_path / 'sample.yaml')
    assert isinstance(found, AppDefinition)
    assert found.title == '見本'


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'cp932'])
def test_choices_come_from_a_csv_as_excel_saves_it(tmp_path, encoding):
    rows = 'value,label,group,retired,課\r\n外壁,外壁のひび,建物,,"建築,課"\r\n遊具,公園の遊具,公園,true,公園課\r\n'
    (tmp_path / 'places.csv').write_bytes(rows.encode(encoding))
    definition = loaded(
        app_with(
            '- {name: 課名, type: text}',
            '- {name: 部位, type: select_one, choices: places.csv, choice_filter: 課 = 課名}',
        ),
        choices_dir=tmp_path,
    )
    first, second = definition.fields['部位'].choices
    assert (first.value, first.label, first.group, first.retired, first.columns['課']) == (
        '外壁',
        '外壁のひび',
        '建物',
        False,
        '建築,課',
    )
    assert second.retired
    assert definition.formula('部位', 'choice_filter').reads == {'課', '課名'}


def test_choices_may_be_grouped_and_carry_labels_and_colours():
    definition = loaded(
        app_with(
            '- name: 用件',
            '  type: select_multiple',
            '  choices: {住宅課: [修理], 生活課: [{value: 支援, label: 支援金, color: red}]}',
        )
    )
    found = [(each.value, each.title, each.group, each.color) for each in definition.fields['用件'].choices]
    assert found == [('修理', '修理', '住宅課', ''), ('支援', '支援金', '生活課', 'red')]


def test_one_broken_app_never_stops_the_others(tmp_path):
    (tmp_path / 'good.yaml').write_text(app_with('- {name: 氏名, type: text}'), encoding='utf-8')
    (tmp_path / 'bad.yaml').write_text('title: [', encoding='utf-8')
    (tmp_path / 'sjis.yaml').write_bytes('title: 見本'.encode('cp932'))
    found = load_folder(tmp_path)
    assert list(found.apps) == ['good']
    assert [(Path(each.place.file).name, each.code) for each in found.problems] == [
        ('bad.yaml', 'D006'),
        ('sjis.yaml', 'D001'),
    ]


def test_a_lookup_to_a_broken_app_is_no_second_mistake(tmp_path):
    (tmp_path / 'good.yaml').write_text(
        app_with('- {name: 施設, type: lookup, app: bad, show: [名称]}'), encoding='utf-8'
    )
    (tmp_path / 'bad.yaml').write_text('title: [', encoding='utf-8')
    assert list(load_folder(tmp_path).apps) == ['good']


def test_formulas_see_the_types_of_looked_up_records(tmp_path):
    (tmp_path / 'facilities.yaml').write_text(
        app_with('- {name: 階数, type: integer}', '- {name: 名称, type: text}'), encoding='utf-8'
    )
    right = '- {name: 内容, type: text, relevant: 施設.階数 > 2}'
    wrong = '- {name: 注, type: text, relevant: 施設.階}'
    path = tmp_path / 'repairs.yaml'
    path.write_text(app_with('- {name: 施設, type: lookup, app: facilities}', right), encoding='utf-8')
    assert isinstance(load_definition(path), AppDefinition)
    path.write_text(app_with('- {name: 施設, type: lookup, app: facilities}', right, wrong), encoding='utf-8')
    (told,) = load_definition(path)
    assert (told.code, told.place.line) == ('D404', 7)
    assert '「階数」' in told.advice


def test_the_shipped_apps_have_no_mistakes():
    found = load_folder(SHIPPED)
    assert not found.problems, '\n'.join(map(str, found.problems))
    assert set(found.apps) == {path.stem for path in SHIPPED.glob('*.yaml')}

