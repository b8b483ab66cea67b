"""Staff, sections, records of other apps and places."""

import pytest
from field_samples import HALL, columns, make, refusal, stored, wrong_settings


@pytest.mark.parametrize('raw', ['mihon', '見本 太郎'])
def test_staff_by_account_or_name(raw: str) -> None:
    assert stored(make('staff'), raw) == 'mihon'


def test_staff_that_cannot_be_told() -> None:
    assert refusal(make('staff'), '例示 花子') == 'several_found'
    assert refusal(make('staff'), '見知らぬ 人') == 'unknown_staff'
    assert refusal(make('staff'), ['mihon']) == 'not_text'


def test_staff_is_shown_and_exported_by_name_with_the_account_apart() -> None:
    field = make('staff')
    assert (field.show('mihon', HALL), field.show('mihon'), field.show(None, HALL)) == ('見本 太郎', 'mihon', '')
    assert columns(field, 'mihon') == {'項目': '見本 太郎', '項目_ID': 'mihon'}
    assert columns(field, None) == {'項目': None, '項目_ID': None}


def test_sections_are_those_of_the_directory() -> None:
    field = make('section', label='担当課')
    assert stored(field, '　道路管理課') == '道路管理課'
    (message,) = field.parse('道路かんり課', HALL).messages
    assert message.text == '担当課「道路かんり課」という所属は見つかりません。一覧から選んでください。'


def test_a_record_of_another_app_by_id_or_title() -> None:
    field = make('lookup', app='facilities', show_=('種類',), copy={'種別': '種類', '課': '所管課'})
    assert [stored(field, raw) for raw in ('f1', '見本小学校', '')] == ['f1', 'f1', None]
    assert refusal(field, '見本中学校') == 'unknown_record'
    assert refusal(field, {'id': 'f1'}) == 'not_a_list'
    assert field.show('f2', HALL) == '例示公園'
    assert columns(field, 'f2') == {'項目': '例示公園', '項目_ID': 'f2'}


def test_formulas_see_what_a_lookup_shows_or_copies() -> None:
    field = make('lookup', app='facilities', show_=('種類',), copy={'種別': '種類', '課': '所管課'})
    assert field.value_type.kind == 'record'
    assert [name for name, _ in field.value_type.columns] == ['種類', '所管課']
    assert field.browser() == {'app': 'facilities', 'show': ['種類'], 'copy': {'種別': '種類', '課': '所管課'}}
    assert wrong_settings(make('lookup')) == ['app']


KANAZAWA = {'lat': 36.5613, 'lon': 136.6562, 'place': ''}


@pytest.mark.parametrize(
    ('raw', 'kept'),
    [
        ({'lat': 36.5613, 'lon': 136.6562}, KANAZAWA),
        ({'lat': '36.5613', 'lon': '１３６．６５６２', 'place': ''}, KANAZAWA),
        ('36.5613, 136.6562', KANAZAWA),
        ('３６．５６１３、１３６．６５６２', KANAZAWA),
        ('北緯36.5613度 東経136.6562度', KANAZAWA),
        ({'lat': 36.56130000004, 'lon': 136.6562, 'place': ' 見本橋 '}, {**KANAZAWA, 'place': '見本橋'}),
        ('36.5613, 136.6562 見本橋', {**KANAZAWA, 'place': '見本橋'}),
        ('見本町1-2', {'lat': None, 'lon': None, 'place': '見本町1-2'}),
        ({'lat': 0, 'lon': 0}, {'lat': 0.0, 'lon': 0.0, 'place': ''}),
        ({'lat': None, 'lon': None, 'place': ''}, None),
        ({}, None),
    ],
)
def test_places(raw: object, kept: object) -> None:
    assert stored(make('location'), raw) == kept


@pytest.mark.parametrize(
    ('raw', 'code'),
    [
        ({'lat': 136.6562, 'lon': 36.5613}, 'swapped_coordinates'),
        ({'lat': 36.5}, 'half_coordinates'),
        ({'lat': 95, 'lon': 136}, 'no_such_coordinates'),
        ({'lat': 36, 'lon': -181}, 'no_such_coordinates'),
        ({'lat': 'x', 'lon': 1}, 'not_a_place'),
        ({'lat': float('inf'), 'lon': 1}, 'not_a_place'),
        ({'lat': True, 'lon': 1}, 'not_a_place'),
        ({'lat': 36.5, 'lon': 136.6, 'alt': 3}, 'not_a_place'),
        ({'place': ['見本']}, 'not_a_place'),
        ({'place': 'あ' * 201}, 'too_long'),
        ([36.5, 136.6], 'not_a_place'),
    ],
)
def test_what_is_no_place(raw: object, code: str) -> None:
    assert refusal(make('location'), raw) == code


def test_a_place_is_shown_by_its_words_else_by_its_coordinates() -> None:
    field = make('location')
    assert field.show({**KANAZAWA, 'place': '見本橋'}) == '見本橋'
    assert field.show(KANAZAWA) == '36.561300, 136.656200'
    assert columns(field, KANAZAWA) == {'項目': None, '項目_緯度': 36.5613, '項目_経度': 136.6562}
