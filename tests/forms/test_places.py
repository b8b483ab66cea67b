"""Places are found as people say and type them, the best first."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.places import Gazetteer, Place
from forms.places_file import read_places

CITY = Path(__file__).parents[2] / 'apps' / 'definitions' / 'places' / 'sample_city.csv'


def place(name: str, kana: str = '', kind: str = '町名') -> Place:
    return Place(name, kana, kind, 36.5, 136.6)


TOWNS = [place(f'見本町{number}丁目', f'みほんちょう{number}ちょうめ') for number in range(1, 13)]
CITY_PLACES = Gazetteer(
    (
        place('見本支12-3', 'みほんし12-3', '電柱番号'),
        place('新見本橋', 'しんみほんばし', '橋'),
        place('見本橋', 'みほんばし', '橋'),
        place('見本', 'みほん', '交差点'),
        place('見本町', 'みほんちょう'),
        *TOWNS,
        place('書式ヶ丘', 'しょしきがおか'),
        place('黒沢澤田', 'くろさわさわだ'),
        place('三番町', 'さんばんちょう'),
        place('センター前', 'センターまえ', '交差点'),
        place('架空公園', 'かくうこうえん', '施設'),
    )
)


def names(text: str, limit: int = 3) -> list[str]:
    return [each.name for each in CITY_PLACES.search(text, limit)]


@pytest.mark.parametrize(
    'text',
    [
        '見本町1丁目',
        '見本町一丁目',
        '見本町１丁目',
        '見本町 1丁目',
        '1丁目 見本町',
        'みほんちょう1ちょうめ',
        'ﾐﾎﾝﾁｮｳ1ﾁｮｳﾒ',
        'みほんちょういっちょうめ',
    ],
)
def test_a_block_is_found_however_its_number_is_written_and_no_other_block(text: str) -> None:
    assert names(text) == ['見本町1丁目']


@pytest.mark.parametrize(('text', 'found'), [('見本町十二丁目', '見本町12丁目'), ('見本町十一', '見本町11丁目')])
def test_numbers_in_kanji_are_read_as_numbers_also_while_they_are_half_typed(text: str, found: str) -> None:
    assert names(text)[0] == found


@pytest.mark.parametrize('text', ['見本支12-3', '見本支123', '見本支１２－３', '見本支12ー3', 'みほんし 12-3'])
def test_a_pole_is_found_with_and_without_its_hyphens(text: str) -> None:
    assert names(text) == ['見本支12-3']


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        ('書式が丘', '書式ヶ丘'),
        ('書式ケ丘', '書式ヶ丘'),
        ('黒澤沢田', '黒沢澤田'),
        ('さんばん', '三番町'),
        ('三', '三番町'),
        ('ｾﾝﾀｰ', 'センター前'),
    ],
)
def test_old_kanji_small_ke_and_half_width_kana_do_not_matter(text: str, found: str) -> None:
    assert names(text)[0] == found


def test_the_whole_name_stands_before_its_beginning_and_that_before_the_inside() -> None:
    assert names('見本橋') == ['見本橋', '新見本橋']
    assert names('見本', 30)[:2] == ['見本', '見本町']
    assert names('見本', 30)[-1] == '新見本橋'


def test_of_equally_good_answers_towns_come_first_and_poles_last() -> None:
    found = CITY_PLACES.search('見本', 30)
    assert [each.kind for each in found[1:]] == [*['町名'] * 13, '橋', '電柱番号', '橋']


def test_every_word_must_be_found_in_any_order_and_a_kind_is_a_word_too() -> None:
    assert names('公園 架空') == names('架空 公園') == ['架空公園']
    assert names('交差点 見本') == ['見本']
    assert names('架空 橋') == []


def test_an_address_that_goes_further_finds_the_block_it_lies_in_and_then_the_town() -> None:
    assert names('見本町3-2-1') == names('見本町3丁目2番1号') == ['見本町3丁目', '見本町']
    assert names('見本町40-1') == ['見本町']
    block, town = CITY_PLACES.search('見本町3-2')
    assert CITY_PLACES.goes_further('見本町3-2', block) and CITY_PLACES.goes_further('見本町3-2', town)
    assert not CITY_PLACES.goes_further('見本町3丁目', block)


@pytest.mark.parametrize('text', ['', ' 　', '-', '丁目丁目', '(', '\\', '見' * 500, '\n'])
def test_anything_may_be_typed(text: str) -> None:
    assert names(text) == []


def test_a_file_of_the_windows_excel_is_read_and_what_is_passed_over_is_told_with_its_row() -> None:
    good, wrong_rows = '髙橋,たかはし,橋,３６．５,136.6', ('"例,示",,,36,x', ',かな,橋,36,136')
    content = '\r\n'.join(('名前,かな,種類,緯度,経度', good, ',,,,', *wrong_rows, ''))
    places, wrong = read_places(content.encode('cp932'))
    assert places == [Place('髙橋', 'たかはし', '橋', 36.5, 136.6)]
    assert [each.row for each in wrong] == [4, 5]
    assert read_places(content.encode('utf-8-sig')) == (places, wrong)


def test_the_city_that_is_shipped_has_no_mistake_and_every_place_is_found_by_its_name_and_its_reading() -> None:
    places, wrong = read_places(CITY.read_bytes())
    assert not wrong and len(places) > 300
    city = Gazetteer(places)
    for each in places:
        assert city.search(each.name)[0].name == each.name
        assert each in city.search(each.kana, 20)
