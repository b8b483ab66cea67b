"""A telephone number: shown with the hyphens people typed, compared by its digits."""

import re
import unicodedata
from dataclasses import dataclass

from .unreadable import UnreadableText
from .width import every_dash_to_hyphen

_PROBLEMS = {
    'blank': '電話番号が入力されていません。',
    'several': '電話番号は1つだけ入力してください。2つ目は別の欄か備考に入力してください。',
    'not_digits': '電話番号に使えない文字「{rest}」があります。番号だけを入力し、続柄などは別の欄に入力してください。',
    'no_area_code': '市外局番から入力してください(例: 076-220-2111)。',
    'no_leading_zero': '電話番号は0から入力してください(例: 076-220-2111)。',
    'wrong_length': '電話番号は10けたか11けたです。いまは{digits}けたです。',
}

_EXTENSION = re.compile(
    r'[\s(\[、,/]*(?:内線番号|内線|内|ext\.?|extension)\s*[:.]?\s*-?(\d{1,6})[)\]]?$', re.IGNORECASE
)
_INTERNATIONAL = re.compile(r'^\+?81[-\s]?\(?0?\)?[-\s]?(?=[1-9])|^\+81')
_SEVERAL = re.compile(r'\d[^\d]*[、,/;\n・][^\d]*\d')
_LABEL = re.compile(r'^(?:電話番号|電話|携帯電話|携帯|TEL|☎|☏)\s*[:.]?\s*', re.IGNORECASE)

# How a number typed without hyphens is shown: prefix -> sizes of its first two groups, longer prefixes first.
# Mobile, IP and toll-free numbers have fixed groups; of the area codes those of Hokuriku, Tokyo and Osaka are here.
_GROUPS = (
    *((prefix, (4, 3)) for prefix in ('0800', '0120', '0570', '0990')),
    *((f'076{digit}', (4, 2)) for digit in '135678'),
    *((prefix, (4, 2)) for prefix in ('0770', '0776', '0778', '0779')),
    *((prefix, (3, 4)) for prefix in ('020', '050', '060', '070', '080', '090')),
    ('076', (3, 3)),
    ('03', (2, 4)),
    ('06', (2, 4)),
)
_ELEVEN_DIGITS = ('020', '050', '060', '070', '080', '090')


class PhoneProblem(UnreadableText):
    """Text that is no telephone number, with a Japanese sentence that says why."""


@dataclass(frozen=True, slots=True)
class Phone:
    """`display` 076-220-2111 内線123, `digits` 0762202111 (to compare and search), `extension` 123 or ''.

    An extension alone has no digits. `note` is a Japanese sentence when the number looks wrong but is taken.
    """

    display: str
    digits: str
    extension: str = ''
    note: str = ''


def clean(text: str) -> Phone:
    """'０７６ー２２０ー２１１１' -> 076-220-2111; raises PhoneProblem.

    Takes 10 or 11 digits from 0, any dash, brackets, +81 and 内線; adds hyphens only where none were typed.
    """
    plain = every_dash_to_hyphen(unicodedata.normalize('NFKC', text)).strip()
    if not plain:
        raise PhoneProblem('blank', _PROBLEMS['blank'])
    number, extension = _without_extension(_LABEL.sub('', plain))
    if not number and extension:
        return Phone(f'内線{extension}', '', extension)
    if _SEVERAL.search(number):
        raise PhoneProblem('several', _PROBLEMS['several'])
    grouped = _grouped(_INTERNATIONAL.sub('0', number))
    digits = grouped.replace('-', '')
    _check(digits)
    display = grouped if '-' in grouped else hyphenated(digits)
    return Phone(f'{display} 内線{extension}' if extension else display, digits, extension, _remark(digits))


def hyphenated(digits: str) -> str:
    """'0762202111' -> '076-220-2111'; an area code we do not know stays unparted."""
    for prefix, (first, second) in _GROUPS:
        if digits.startswith(prefix):
            return f'{digits[:first]}-{digits[first : first + second]}-{digits[first + second :]}'
    return digits


def _without_extension(text: str) -> tuple[str, str]:
    found = _EXTENSION.search(text)
    return (text[: found.start()].strip(), found[1]) if found else (text, '')


def _grouped(text: str) -> str:
    """'076(220)2111' and '076 220 2111' -> '076-220-2111'; PhoneProblem for any other sign."""
    hyphened = re.sub(r'[()\s.\-]+', '-', text).strip('-')
    rest = re.sub(r'[0-9\-]', '', hyphened)
    if rest:
        raise PhoneProblem('not_digits', _PROBLEMS['not_digits'].format(rest=rest[:10]))
    return hyphened


def _check(digits: str) -> None:
    if 5 <= len(digits) <= 8:
        raise PhoneProblem('no_area_code', _PROBLEMS['no_area_code'])
    if not digits.startswith('0'):
        raise PhoneProblem('no_leading_zero', _PROBLEMS['no_leading_zero'])
    if len(digits) not in (10, 11):
        raise PhoneProblem('wrong_length', _PROBLEMS['wrong_length'].format(digits=len(digits)))


def _remark(digits: str) -> str:
    should_have_eleven = digits.startswith((*_ELEVEN_DIGITS, '0800'))
    if should_have_eleven == (len(digits) == 11):
        return ''
    right = 11 if should_have_eleven else 10
    return f'{digits[:3]}で始まる番号はふつう{right}けたです。いまは{len(digits)}けたです。'
