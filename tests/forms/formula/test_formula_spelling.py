"""What staff may write differently, and which hints they get."""

import pytest

from forms.formula import Formula, Scope, compile_formula


@pytest.mark.parametrize(
    ('source', 'shown'),
    [
        ('=1+1', 2),
        ('＝１＋２＊（３－１）', 5),
        ('２ ≦ ３ ＆＆ ３ ≧ ２ && 1 ≠ 2', True),
        ('Ｉｆ（１＜２，“はい”，“いいえ”）', 'はい'),
        ('"全角の＋はそのまま" & “＝も”', '全角の＋はそのまま＝も'),
        ('10　÷　4', 2.5),
        ('＂窓口＂ & ＂a＂', '窓口a'),
        ('"“引用”" & "”"', '“引用””'),
        ('1 + 1 // 説明', 2),
        ('/* 説明 */ 2 × 3', 6),
        ('2^3^2', 512),
        ('2^-2', 0.25),
        ('-(2^2) + (-2)^2', 0),
        ('10% + 1', 1.1),
        ('"a" & 1 = "a1"', True),
        ('$"合計{1 + 2}円 {{税込}}"', '合計3円 {税込}'),
    ],
)
def test_forgiven_spellings(source: str, shown: object, evaluate) -> None:
    assert evaluate(source) == shown


def test_odd_names_stand_in_quotation_marks(evaluate) -> None:
    assert (
        evaluate("'名前 に空白' & Ａ１", {'名前 に空白': 'text', 'A1': 'text'}, {'名前 に空白': 'い', 'A1': 'ろ'})
        == 'いろ'
    )


def test_a_label_is_understood_but_the_name_wins(context) -> None:
    scope = Scope({'dept': 'text', '担当': 'text'}, labels={'担当課': 'dept', '担当': 'dept'})
    formula = compile_formula('担当課 & 担当', scope)
    assert isinstance(formula, Formula)
    assert formula.reads == {'dept', '担当'}
    assert formula.evaluate({'dept': '総務課', '担当': '見本'}, context) == '総務課見本'


@pytest.mark.parametrize(
    ('source', 'code', 'marked'),
    [
        ('1 == 1', 'double-equals', '=='),
        ('1 != 1', 'not-equals', '!='),
        ('true and false', 'small-operator', 'and'),
        ('true or false', 'small-operator', 'or'),
        ('not true', 'small-operator', 'not'),
        ('If(true, 1 else 2)', 'else-word', 'else'),
        ('-2^2', 'minus-power', '-2^2'),
        ('1 + ', 'operand-at-end', ''),
        ('"閉じない', 'open-text', '"閉じない'),
        ('(1 + 2', 'close-expected', ''),
        ('1 2', 'operator-expected', '2'),
        ('1 # 2', 'unexpected-character', '#'),
        ('1E+400', 'number-too-large', '1E+400'),
        ('', 'empty', ''),
        ('$"{}"', 'empty-island', '}'),
    ],
)
def test_hints_mark_the_piece_that_is_wrong(source: str, code: str, marked: str, mistakes) -> None:
    assert mistakes(source)[code] == marked


def test_hints_name_the_right_spelling() -> None:
    found = compile_formula('true and 1 == 1', Scope())
    assert isinstance(found, tuple)
    assert '&&' in ''.join(each.advice for each in found)
    assert '=' in ''.join(each.advice for each in found)
