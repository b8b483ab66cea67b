"""Numbers: their look, where counting begins anew, branches, and that nobody types them."""

from collections import Counter

import pytest
from sample_office import NOON, Office, app, at, codes, mistakes, submit


def saved(definition, raw, counters, moment=NOON, old=None):
    """The record after the operation has granted the wishes for numbers in order."""
    cleaned = submit(definition, raw, old, moment)
    assert cleaned.messages == ()
    values = dict(cleaned.values)
    for wish in definition.capabilities['numbering'].numbers(definition, old, values, moment):
        series = wish.series(values)
        counters[series] = max(counters[series] + 1, wish.start)
        values[wish.field] = wish.render(counters[series], values)
    return values


def numbered(numbering, fields='{name: 受付日, type: date}'):
    return app(f"""
        title: 番号
        sections: [{{fields: [{fields}]}}]
        numbering:
          - {numbering}
        """)


@pytest.mark.parametrize(
    ('pattern', 'day', 'number'),
    [
        ('道-{era_fiscal_year}-{seq:5}', '2026-05-01', '道-R8-00001'),
        ('道-{era_fiscal_year}-{seq:5}', '2026-03-31', '道-R7-00001'),
        ('{era_fiscal_year}', '2019-04-01', 'R1'),
        ('{era_fiscal_year}', '2019-03-31', 'H30'),
        ('{era_year:2}', '2019-04-30', 'H31'),
        ('{era_year:2}', '2019-05-01', 'R01'),
        ('{fiscal_year}/{year}', '2026-03-31', '2025/2026'),
        ('{month:2}{day:2}', '2026-05-01', '0501'),
        ('{{{種別}}}', '2026-05-01', '{舗装}'),
        ('{section}', '2026-05-01', '道路管理課'),
    ],
)
def test_the_parts_of_a_number(pattern, day, number):
    pattern = pattern if '{seq' in pattern else f'{pattern}/{{seq}}'
    definition = numbered(
        f"{{field: 番号, format: '{pattern}', by: 受付日}}", '{name: 受付日, type: date}, {name: 種別, type: text}'
    )
    moment = at('2026-05-01 12:00', sections=('道路管理課',))
    values = saved(definition, {'受付日': day, '種別': '舗装'}, Counter(), moment)
    assert values['番号'].removesuffix('/1') == number


@pytest.mark.parametrize(
    ('scope', 'days', 'numbers'),
    [
        ('none', ['2026-03-31', '2026-04-01', '2027-04-01'], [1, 2, 3]),
        ('fiscal_year', ['2026-03-31', '2026-04-01', '2027-03-31', '2027-04-01'], [1, 1, 2, 1]),
        ('year', ['2026-12-31', '2027-01-01', '2027-03-31'], [1, 1, 2]),
        ('month', ['2026-05-31', '2026-06-01', '2027-05-01', '2026-05-01'], [1, 1, 1, 2]),
        ('day', ['2026-05-01', '2026-05-01', '2026-05-02'], [1, 2, 1]),
    ],
)
def test_counting_begins_anew(scope, days, numbers):
    definition, counters = numbered(f'{{field: 番号, scope: {scope}, by: 受付日}}'), Counter()
    assert [saved(definition, {'受付日': day}, counters)['番号'] for day in days] == numbers


def test_the_fiscal_year_begins_where_the_app_says():
    definition = app("""
        title: 会計
        fiscal_start: 10
        sections: [{fields: [{name: 日, type: date}]}]
        numbering: [{field: 番号, format: '{fiscal_year}-{seq}', scope: fiscal_year, by: 日}]
        """)
    counters = Counter()
    numbers = [saved(definition, {'日': day}, counters)['番号'] for day in ('2026-09-30', '2026-10-01')]
    assert numbers == ['2025-1', '2026-1']


def test_counting_per_value_of_a_field_and_day():
    definition = numbered('{field: 番号, scope: [課, day]}', '{name: 課, type: text}')
    counters = Counter()
    sent = [('住宅', '05-01 09:00'), ('住宅', '05-01 16:00'), ('生活', '05-01 16:00'), ('住宅', '05-02 09:00')]
    numbers = [saved(definition, {'課': name}, counters, at(f'2026-{when}'))['番号'] for name, when in sent]
    assert numbers == [1, 2, 1, 1]


def test_a_start_and_branches_under_a_parent():
    """A household gets one number; its members are counted under it in the order of entry."""
    definition = app("""
        title: 台帳
        sections:
          - fields:
              - {name: 氏名, type: person_name, required: true}
              - {name: 世帯の方, type: lookup, app: sample, copy: {受付番号: 受付番号}}
        numbering:
          - {field: 受付番号, start: 168}
          - {field: 枝番, of: 受付番号}
        """)
    counters = Counter()
    head = saved(definition, {'氏名': '見本 太郎'}, counters)
    alone = saved(definition, {'氏名': '例示 花子'}, counters)
    assert [(each['受付番号'], each['枝番']) for each in (head, alone)] == [(168, 1), (169, 1)]
    office = Office(records={'sample': {'head': head}})
    for branch in (2, 3):
        cleaned = submit(definition, {'氏名': '見本 次郎', '世帯の方': 'head'}, office=office)
        values = dict(cleaned.values)
        assert values['受付番号'] == 168
        wishes = list(definition.capabilities['numbering'].numbers(definition, None, values, NOON))
        assert [wish.field for wish in wishes] == ['枝番']
        counters[wishes[0].series(values)] += 1
        assert wishes[0].render(counters[wishes[0].series(values)], values) == branch


def test_a_number_is_never_typed_and_never_changes():
    definition, counters = numbered('{field: 番号, by: 受付日, scope: fiscal_year}'), Counter()
    assert codes(submit(definition, {'番号': 99})) == {'番号': 'not_typed'}
    record = saved(definition, {'受付日': '2026-05-01'}, counters)
    assert codes(submit(definition, {'番号': 99}, record)) == {'番号': 'readonly'}
    assert saved(definition, {'受付日': '2025-05-01'}, counters, old=record)['番号'] == record['番号']


def test_a_plain_number_sorts_as_a_number():
    assert numbered('{field: 番号}').fields['番号'].TYPE == 'integer'
    assert numbered("{field: 番号, format: '{seq:3}'}").fields['番号'].TYPE == 'text'


@pytest.mark.parametrize(
    ('numbering', 'code'),
    [
        ("{field: 番号, format: '道-{seq:5'}", 'D721'),
        ("{field: 番号, format: '道-{seq:五}'}", 'D721'),
        ("{field: 番号, format: '道-{}-{seq}'}", 'D721'),
        ("{field: 番号, format: '道-{era_fiscal_year}'}", 'D722'),
        ("{field: 番号, format: '{nendo}-{seq}'}", 'D723'),
        ('{field: 番号, scope: 災禍}', 'D108'),
        ('{field: 枝番, of: 受付番合}', 'D108'),
        ('{field: 番号, by: 受付目}', 'D209'),
        ('{field: 番号, by: メモ}', 'D210'),
        ('{format: "{seq}"}', 'D103'),
    ],
)
def test_wrong_numberings_are_told_at_their_line(numbering, code):
    found = mistakes(f"""
        title: 番号
        sections: [{{fields: [{{name: 受付日, type: date}}, {{name: メモ, type: text}}]}}]
        numbering:
          - {numbering}
        """)
    assert (code, 5) in found


def test_one_field_is_numbered_once():
    found = mistakes("""
        title: 番号
        sections: [{fields: [{name: 日, type: date}]}]
        numbering:
          - {field: 番号}
          - {field: 番号}
        """)
    assert ('D720', 6) in found
