"""A postal code: 920-0962."""

import re
import unicodedata

from .unreadable import UnreadableText
from .width import every_dash_to_hyphen

_PROBLEMS = {
    'blank': '郵便番号が入力されていません。',
    'not_digits': '郵便番号は数字7けたです。使えない文字「{rest}」があります。',
    'wrong_length': '郵便番号は7けたです(例: 920-0962)。いまは{digits}けたです。',
    'lost_zero': '郵便番号は7けたです。Excelで先頭の0が消えていないか確かめてください(例: 060-0001)。',
}


class PostalProblem(UnreadableText):
    """Text that is no postal code, with a Japanese sentence that says why."""


def clean(text: str) -> str:
    """'〒９２０－０９６２' -> '920-0962'; raises PostalProblem. Whether the code exists is not asked."""
    digits = re.sub(r'[\s〒〠-]', '', every_dash_to_hyphen(unicodedata.normalize('NFKC', text)))
    if not digits:
        raise PostalProblem('blank', _PROBLEMS['blank'])
    if rest := re.sub('[0-9]', '', digits):
        raise PostalProblem('not_digits', _PROBLEMS['not_digits'].format(rest=rest[:10]))
    if len(digits) != 7:
        code = 'lost_zero' if len(digits) in (5, 6) else 'wrong_length'
        raise PostalProblem(code, _PROBLEMS[code].format(digits=len(digits)))
    return f'{digits[:3]}-{digits[3:]}'
