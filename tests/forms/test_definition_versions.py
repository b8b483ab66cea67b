"""Published names are permanent: what vanishes or changes its kind is refused with two ways out."""

import json

import pytest

from forms.definition import AppDefinition
from forms.loader import load_text
from forms.versions import compare, names_of, published

FIELDS = (
    '- {name: 種別, type: select_one, choices: [舗装, 側溝]}',
    '- {name: 場所, type: text}',
    '- {name: 人数, type: integer}',
    '- {name: 履歴, type: subtable, columns: [{name: 日, type: date}, {name: 内容, type: text}]}',
    '- {name: 注意, type: note, text: 注意}',
)


def app(*fields):
    lines = ('title: 見本', 'sections:', '  - title: 内容', '    fields:', *(f'      {each}' for each in fields))
    found = load_text('\n'.join(lines), 'sample')
    assert isinstance(found, AppDefinition), [str(each) for each in found]
    return found


def replaced(old, new):
    return app(*(each.replace(old, new) for each in FIELDS if not (each == old and not new)))


@pytest.fixture(name='before')
def before_fixture():
    return names_of(app(*FIELDS))


def test_names_are_plain_json_and_cover_columns_and_choices(before):
    assert json.loads(json.dumps(before)) == before
    assert before['種別'] == {'type': 'select_one', 'choices': ['舗装', '側溝']}
    assert list(before) == ['種別', '場所', '人数', '履歴', '履歴.日', '履歴.内容']


@pytest.mark.parametrize(
    ('old', 'new'),
    [
        ('name: 場所, type', 'name: 場所, label: 所在, type'),
        ('name: 場所, type: text', 'name: 場所, type: text, retired: true'),
        ('[舗装, 側溝]', '[{value: 舗装, retired: true}, 側溝, 照明]'),
        ('name: 場所, type: text', 'name: 場所, type: textarea'),
        ('type: integer', 'type: decimal'),
        ('- {name: 注意, type: note, text: 注意}', ''),
        ('- {name: 注意, type: note, text: 注意}', '- {name: 電話, type: phone}'),
    ],
)
def test_what_may_change_after_publishing(before, old, new):
    assert compare(before, replaced(old, new)) == ()


@pytest.mark.parametrize(
    ('old', 'new', 'told'),
    [
        ('- {name: 場所, type: text}', '', ('D901', '「場所」がなくなって', '前の版のとおりに元へ戻してください')),
        ('name: 場所', 'name: 場所名', ('D901', '「場所」がなくなって', '戻して label: 場所名 としてください')),
        ('name: 場所', 'name: 所在', ('D901', '「場所」がなくなって', '戻して label: 所在 としてください')),
        ('{name: 日, type: date}, ', '', ('D901', '「履歴.日」がなくなって', 'retired: true')),
        ('[舗装, 側溝]', '[側溝]', ('D902', '「舗装」がなくなって', 'retired: true にするか')),
        ('[舗装, 側溝]', '[舗装補修, 側溝]', ('D902', '「舗装」が', '「舗装補修」の名前を「舗装」に戻して')),
        ('type: integer', 'type: text', ('D903', 'integer から text', '種類を integer に戻す')),
        ('name: 人数, type: integer', 'name: 人数, type: date', ('D903', 'から date', '新しい名前の項目')),
    ],
)
def test_what_may_not_change_after_publishing(before, old, new, told):
    (problem,) = compare(before, replaced(old, new))
    code, text, advice = told
    assert problem.code == code
    assert text in problem.text
    assert advice in problem.advice


def test_a_decimal_does_not_become_an_integer(before):
    decimal = published(before, replaced('type: integer', 'type: decimal'))
    assert [each.code for each in compare(decimal, app(*FIELDS))] == ['D903']


def test_a_problem_stands_at_the_field_that_lost_a_choice(before):
    (told,) = compare(before, replaced('[舗装, 側溝]', '[側溝]'))
    assert told.place.line == 5


def test_a_name_is_never_used_for_a_second_thing(before):
    """A field that was published once, then dropped with its app's permission, cannot come back as something else."""
    kept = published(before, replaced('- {name: 人数, type: integer}', ''))
    assert kept['人数']['type'] == 'integer'
    assert [each.code for each in compare(kept, replaced('type: integer', 'type: date'))] == ['D903']


def test_a_choice_that_was_added_later_is_permanent_too(before):
    kept = published(before, replaced('側溝]', '側溝, 照明]'))
    assert kept['種別']['choices'] == ['舗装', '側溝', '照明']
    assert [each.code for each in compare(kept, app(*FIELDS))] == ['D902']


def test_publishing_leaves_the_former_names_as_they_were(before):
    copy = json.loads(json.dumps(before))
    published(before, replaced('側溝]', '側溝, 照明]'))
    assert before == copy
