"""Photos and attachments: what the browser says of a file is never believed."""

import pytest
from field_samples import HALL, columns, make, refusal, stored, wrong_settings


def test_type_and_size_are_those_of_the_received_file() -> None:
    raw = [{'blob': 'aa', 'name': '穴.jpg', 'type': 'text/html', 'size': 1}]
    assert stored(make('photo'), raw) == [{'blob': 'aa', 'name': '穴.jpg', 'type': 'image/jpeg', 'size': 1000}]


def test_a_file_without_a_name_has_that_of_its_arrival() -> None:
    assert stored(make('attachment'), [{'blob': 'bb'}])[0]['name'] == 'b.pdf'


def test_names_cannot_lead_elsewhere_or_hide_their_ending() -> None:
    named = stored(make('attachment'), [{'blob': 'bb', 'name': '../..\\見積\u202efdp.exe\n'}])[0]['name']
    assert named == '.._.._見積_fdp.exe'


def test_what_the_camera_wrote_is_kept_as_far_as_it_makes_sense() -> None:
    marks = {'taken_at': '2024-01-23T04:30:00Z', 'width': 4000, 'height': 3000}
    assert stored(make('photo'), [{'blob': 'aa', 'name': 'a.jpg', **marks}])[0].items() >= {
        'taken_at': '2024-01-23T13:30:00+09:00', 'width': 4000, 'height': 3000,
    }.items()  # fmt: skip
    nonsense = {'taken_at': '昨日', 'width': -1, 'height': '3000'}
    kept = stored(make('photo'), [{'blob': 'aa', 'name': 'a.jpg', **nonsense}])[0]
    assert set(kept) == {'blob', 'name', 'type', 'size'}


@pytest.mark.parametrize(
    ('type_name', 'raw', 'code'),
    [
        ('photo', [{'blob': 'zz', 'name': 'x.jpg'}], 'unknown_file'),
        ('photo', [{'blob': 'aa'}, {'blob': 'aa'}], 'file_twice'),
        ('photo', [{'blob': 'bb'}], 'wrong_file_type'),
        ('photo', [{'blob': 'cc'}], 'too_large_file'),
        ('photo', [{'name': 'a.jpg'}], 'not_files'),
        ('photo', [{'blob': 1}], 'not_files'),
        ('photo', [{'blob': 'aa', 'path': '/etc/passwd'}], 'not_files'),
        ('photo', ['aa'], 'not_files'),
        ('photo', {'blob': 'aa'}, 'not_files'),
        ('photo', 'aa', 'not_files'),
        ('attachment', [{'blob': 'aa', 'taken_at': '2024-01-23T04:30:00Z'}], 'not_files'),
    ],
)
def test_what_is_refused(type_name: str, raw: object, code: str) -> None:
    assert refusal(make(type_name), raw) == code


def test_how_many_files() -> None:
    field = make('attachment', label='資料', max_files=1)
    (message,) = field.check(stored(field, [{'blob': 'aa'}, {'blob': 'bb'}]))
    assert message.text == '資料は1個までです(いま2個)。減らしてください。'


def test_only_the_endings_that_the_definition_permits() -> None:
    field = make('attachment', label='資料', accept=('PDF', '.xlsx'))
    assert refusal(field, [{'blob': 'bb'}]) == ''
    (message,) = field.check(stored(field, [{'blob': 'aa'}]))
    assert message.text == '資料に「a.jpg」は入れられません。入れられるのは pdf、xlsx です。'
    assert field.browser()['accept'] == '.pdf,.xlsx'


def test_a_file_that_was_there_before_a_stricter_rule_stays() -> None:
    photo = make('photo')
    old = stored(photo, [{'blob': 'cc'}])
    assert list(photo.check(old, old)) == []


def test_shown_exported_and_blank() -> None:
    photos = stored(make('photo'), [{'blob': 'aa'}])
    assert make('photo').show(photos) == '写真1枚'
    assert columns(make('photo'), photos) == {'項目_枚数': 1}
    assert columns(make('photo'), None) == {'項目_枚数': 0}
    papers = stored(make('attachment'), [{'blob': 'aa'}, {'blob': 'bb'}])
    assert columns(make('attachment'), papers) == {'項目': 'a.jpg、b.pdf', '項目_件数': 2}
    assert [make('photo').parse(blank, HALL).value for blank in (None, '', [])] == [None] * 3


def test_wrong_settings_are_named() -> None:
    assert wrong_settings(make('photo', max_files=0, max_mb=0)) == ['max_files', 'max_mb']
    assert wrong_settings(make('attachment', accept=('application/pdf',))) == ['accept']
    assert wrong_settings(make('attachment', accept=('pdf',))) == []
