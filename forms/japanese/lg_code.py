"""全国地方公共団体コード: the six digits that name a municipality, with their check digit."""

from .unreadable import UnreadableText
from .width import fold

_PROBLEMS = {
    'not_digits': '団体コードは数字5けたか6けたです(例: 172014)。',
    'wrong_check_digit': '団体コード「{text}」の最後の数字が合いません。{right} ではありませんか。',
}


class LgCodeProblem(UnreadableText):
    """Text that is no code of a municipality, with a Japanese sentence that says why."""


def check_digit(five_digits: str) -> int:
    """'17201' -> 4 (総務省 全国地方公共団体コード仕様: weights 6 to 2, modulus 11)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(five_digits, range(6, 1, -1), strict=True))
    return (11 - weighted % 11) % 10


def clean(text: str) -> str:
    """'17201' and '１７２０１４' -> '172014'; raises LgCodeProblem. Whether the municipality exists is not asked."""
    digits = fold(text).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in (5, 6)):
        raise LgCodeProblem('not_digits', _PROBLEMS['not_digits'])
    right = f'{digits[:5]}{check_digit(digits[:5])}'
    if len(digits) == 6 and digits != right:
        raise LgCodeProblem('wrong_check_digit', _PROBLEMS['wrong_check_digit'].format(text=digits, right=right))
    return right
