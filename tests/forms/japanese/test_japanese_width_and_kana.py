import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms.japanese import kana, width

KATAKANA_WITH_HALF_FORM = st.text(
    'アイウエオァィゥェォカガキギサザタダッツヅハバパヒビピフブプヘベペホボポヤャユュヨョラワヲンヴヷヺー・「」。、'
)
HALF_KANA = st.text(''.join(map(chr, range(0xFF61, 0xFFA0))))
PRINTABLE_ASCII = st.text(''.join(map(chr, range(0x20, 0x7F))))


@pytest.mark.parametrize(
    ('wide', 'narrow'),
    [
        ('ＡＢＣ　１２　ガ', 'ABC 12 ｶﾞ'),
        ('ＥＸＣＥＬ', 'EXCEL'),
        ('パピプペポヴァ', 'ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟｳﾞｧ'),
        ('「ア」、ー・。', '｢ｱ｣､ｰ･｡'),
        ('￥１００　”例”', '\\100 "例"'),
        ('みほん漢字', 'みほん漢字'),
        ('ヰヱヶ', 'ヰヱヶ'),
    ],
)
def test_excel_jis_and_asc(wide: str, narrow: str) -> None:
    assert width.to_halfwidth(wide) == narrow
    assert width.to_fullwidth(narrow) == wide


def test_fold_keeps_kana_and_the_place_of_each_character() -> None:
    assert width.fold('Ａ１－（株）　ｶﾅカナ①㈱') == 'A1-(株) ｶﾅカナ①㈱'


@pytest.mark.parametrize('dash', list('-－−‐‑‒–—―ーｰ'))
def test_every_dash_between_digits(dash: str) -> None:
    assert width.fold_dashes(f'2{dash}15') == '2-15'
    assert width.every_dash_to_hyphen(f'076{dash}') == '076-'


@pytest.mark.parametrize(
    ('typed', 'folded'),
    [
        ('コーヒー', 'コーヒー'),
        ('センター1', 'センター1'),
        ('タワー１０２号', 'タワー１０２号'),
        ('コーポ3ー201', 'コーポ3-201'),
        ('−5', '-5'),
        ('ー5', '-5'),
        ('A―B', 'A―B'),
        ('１－２ー３', '１-２-３'),
        ('1〜5', '1〜5'),
    ],
)
def test_dashes_fold_only_beside_digits(typed: str, folded: str) -> None:
    assert width.fold_dashes(typed) == folded


@pytest.mark.parametrize(
    ('typed', 'kept'),
    [
        ('ﾐﾎﾝ ﾀﾛｳ', 'ミホン　タロウ'),
        ('みほん　たろう', 'ミホン　タロウ'),
        ('  ミホン   タロウ　', 'ミホン　タロウ'),
        ('ヴァイオリン', 'ヴァイオリン'),
        ('ゔぁ', 'ヴァ'),
        ('か\u3099', 'ガ'),
        ('か゛', 'ガ'),
        ('ｶﾞ', 'ガ'),
        ('サ-ビス', 'サービス'),
        ('サ－ビス', 'サービス'),
        ('ジョン・スミス', 'ジョン・スミス'),
        ('ジョン･スミス', 'ジョン・スミス'),
        ('すゞき', 'スヾキ'),
    ],
)
def test_kana_field(typed: str, kept: str) -> None:
    assert kana.clean_kana(typed) == kept
    assert kana.is_kana(kept)


@pytest.mark.parametrize('typed', ['', '　', '見本', 'ミホン1', 'Mihon', 'ミホン（タロウ）', 'みほん'])
def test_not_kana(typed: str) -> None:
    assert not kana.is_kana(typed)


def test_hiragana_and_katakana() -> None:
    assert kana.to_katakana('みほん太郎ゔゞ') == 'ミホン太郎ヴヾ'
    assert kana.to_hiragana('ミホン太郎ヴヾー') == 'みほん太郎ゔゞー'
    assert kana.to_fullwidth('ABC ｱﾞ') == 'ABC ア゛'
    assert kana.to_halfwidth('ＡＢＣ ガ') == 'ＡＢＣ ｶﾞ'


@given(KATAKANA_WITH_HALF_FORM)
def test_full_to_half_and_back(text: str) -> None:
    assert kana.to_fullwidth(kana.to_halfwidth(text)) == text


@given(HALF_KANA)
def test_half_to_full_and_back(text: str) -> None:
    assert kana.to_halfwidth(kana.to_fullwidth(text)) == text


@given(PRINTABLE_ASCII)
def test_ascii_to_full_and_back(text: str) -> None:
    assert width.to_halfwidth(width.to_fullwidth(text)) == text


@example('わ\u3099')
@example('サ--')
@example('0ーー0')
@example('A−ー0')
@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (
        kana.clean_kana,
        width.fold,
        width.fold_dashes,
        width.every_dash_to_hyphen,
        width.to_fullwidth,
        width.to_halfwidth,
    ):
        assert clean(clean(text)) == clean(text)


@given(st.text())
def test_fold_is_one_character_for_one(text: str) -> None:
    assert len(width.fold(text)) == len(text)
