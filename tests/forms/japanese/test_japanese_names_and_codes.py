import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms.japanese import lg_code, person_name
from forms.japanese.encoding import gaiji_warning, private_use, unwritable
from forms.japanese.grapheme import graphemes, length
from forms.japanese.my_number import check_digit, find_my_numbers
from forms.japanese.name_variants import VARIANTS
from forms.japanese.search_key import search_key

OLD_KAMI = '\ufa19'
KATSU_WITH_SELECTOR = '葛\U000e0100'


@pytest.mark.parametrize(
    ('kept', 'typed'),
    [
        ('髙橋', '高橋'),
        ('山﨑', '山崎'),
        ('渡邉', '渡辺'),
        ('渡邊', '渡辺'),
        ('齋藤', '斉藤'),
        ('斎藤', '齊藤'),
        ('濵田', '浜田'),
        ('濱田', '浜田'),
        ('長澤', '長沢'),
        ('廣瀨', '広瀬'),
        ('中嶋', '中島'),
        ('櫻井', '桜井'),
        ('𠮷田', '吉田'),
        (f'{OLD_KAMI}田', '神田'),
        (f'{KATSU_WITH_SELECTOR}西', '葛西'),
        ('見本　太郎', '見本太郎'),
        ('ﾐﾎﾝ ﾀﾛｳ', 'みほん たろう'),
        ('か\u3099', 'ガ'),
        ('ABC－１', 'abc-1'),
        ('本町３ー２', '本町3-2'),
        ('サ－ビス', 'サービス'),
        ('槻ヶ丘', '槻ケ丘'),
        ('㈱見本', '(株)見本'),
    ],
)
def test_both_spellings_are_found(kept: str, typed: str) -> None:
    assert search_key(kept) == search_key(typed)


@pytest.mark.parametrize(
    ('part', 'whole'), [('センター', 'センター１号館'), ('3-2', '本町１丁目３－２'), ('みほん', 'ミホン タロウ')]
)
def test_a_part_is_found_in_the_whole(part: str, whole: str) -> None:
    assert search_key(part) in search_key(whole)


def test_different_names_stay_different() -> None:
    assert len({search_key(name) for name in ('高橋', '高端', '渡部', '渡辺', '太田', '大田', 'コーヒ', 'コヒ')}) == 8


def test_variants_form_no_chains() -> None:
    assert not set(VARIANTS) & set(VARIANTS.values())
    assert all(len(letter) == 1 for pair in VARIANTS.items() for letter in pair)


@example('A´')
@example('サ--')
@example('わ\u3099')
@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize(
    'name',
    [
        f'{OLD_KAMI}田 太郎',
        '髙﨑　花子',
        f'{KATSU_WITH_SELECTOR}西',
        'か\u3099',
        '㈱見本',
        'ﾐﾎﾝ',
        '\ue000田',
        '見本  太郎',
    ],
)
def test_a_name_is_kept_as_typed(name: str) -> None:
    assert person_name.clean(f'　{name} \n') == name


@given(st.text())
def test_only_the_ends_of_a_name_are_touched(text: str) -> None:
    cleaned = person_name.clean(text)
    assert cleaned in text
    assert person_name.clean(cleaned) == cleaned


def test_my_number_check_digit() -> None:
    assert check_digit('12345678901') == 8


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        ('番号は123456789018です', ['123456789018']),
        ('1234-5678-9018', ['1234-5678-9018']),
        ('１２３４　５６７８　９０１８', ['１２３４　５６７８　９０１８']),
        ('1234ー5678ー9018', ['1234ー5678ー9018']),
        ('123456789018、123456789018', ['123456789018', '123456789018']),
        ('123456789017', []),
        ('0123456789018', []),
        ('1234567890180', []),
        ('090-0000-0001', []),
        ('1234-5678 9018', []),
        ('', []),
    ],
)
def test_my_numbers_in_text(text: str, found: list[str]) -> None:
    assert find_my_numbers(text) == found


@given(st.from_regex('[0-9]{11}', fullmatch=True), st.integers(1, 9))
def test_one_wrong_digit_at_the_end_is_seen(eleven: str, shift: int) -> None:
    right = check_digit(eleven)
    assert find_my_numbers(f'{eleven}{right}') == [f'{eleven}{right}']
    assert find_my_numbers(f'{eleven}{(right + shift) % 10}') == []


@pytest.mark.parametrize(('five', 'six'), [('17201', '172014'), ('17204', '172049'), ('01100', '011002')])
def test_lg_code(five: str, six: str) -> None:
    assert lg_code.clean(five) == lg_code.clean(six) == six


def test_lg_code_full_width() -> None:
    assert lg_code.clean('　１７２０１４') == '172014'


@pytest.mark.parametrize(
    ('typed', 'code'),
    [('', 'not_digits'), ('1720', 'not_digits'), ('金沢市', 'not_digits'), ('172013', 'wrong_check_digit')],
)
def test_lg_code_refused(typed: str, code: str) -> None:
    with pytest.raises(lg_code.LgCodeProblem) as caught:
        lg_code.clean(typed)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ('text', 'characters'),
    [
        ('髙﨑①㈱', []),
        ('𠮷田𠮷', ['𠮷']),
        (f'{KATSU_WITH_SELECTOR}西', [KATSU_WITH_SELECTOR]),
        ('見本😀〜−—', ['😀', '—']),
        ('', []),
    ],
)
def test_characters_outside_cp932(text: str, characters: list[str]) -> None:
    assert unwritable(text) == characters


def test_strict_shift_jis_lacks_more() -> None:
    assert unwritable('髙﨑①', 'shift_jis') == ['髙', '﨑', '①']


def test_gaiji_are_accepted_with_a_warning() -> None:
    assert private_use('\ue000田\ue000\uf8ff') == ['\ue000', '\uf8ff']
    assert gaiji_warning('\ue000田') == '外字が1文字あります。他の端末で表示できないことがあります。'
    assert gaiji_warning('髙田') == ''


@pytest.mark.parametrize(
    ('text', 'count'),
    [
        ('見本', 2),
        (f'{KATSU_WITH_SELECTOR}西', 2),
        ('か\u3099', 1),
        ('𠮷田', 2),
        ('👨‍👩‍👧', 1),
        ('👍🏽', 1),
        ('🇯🇵🇯🇵', 2),
        ('', 0),
    ],
)
def test_length_is_what_people_count(text: str, count: int) -> None:
    assert length(text) == count


@given(st.text())
def test_graphemes_lose_nothing(text: str) -> None:
    assert ''.join(graphemes(text)) == text
