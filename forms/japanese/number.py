"""A typed number: １，２３４円, △500, (1,234), 千二百, 12件."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from .kanji_number import KANJI_NUMBER, kanji_to_int
from .unreadable import UnreadableText
from .width import DASHES, fold

_PROBLEMS = {
    'unreadable': '「{text}」を数として読み取れません。1234 のように数字で入力してください。',
    'unit': '「{text}」の「{unit}」は、この項目の単位ではありません。数字だけを入力してください。',
    'commas': '「{text}」のコンマの位置が3けたごとではありません。数を確かめてください。',
    'several': '「{text}」に数が2つ以上あります。1つだけ入力してください。',
}

# 120万円 and 2億円 are kanji numbers already; these two are the units that stand after any figure in accounts.
_MULTIPLES_OF_YEN = {'千円': 1_000, '百万円': 1_000_000}

_BLANKS = DASHES + ' '
_MINUS = re.escape(DASHES) + '△▲'
_BRACKETED = re.compile(r'\(([^()]+)\)')
_SIGNED = re.compile(rf'([+{_MINUS}]?)\s*([¥￥\\]?)\s*([{_MINUS}]?)\s*(.*)', re.DOTALL)
_FIGURES = re.compile(r'([0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)\s*(.*)', re.DOTALL)
_KANJI = re.compile(rf'((?:[0-9][0-9,.]*|{KANJI_NUMBER.pattern})+)\s*(.*)', re.DOTALL)
_GROUPED_BY_THREE = re.compile(r'[0-9]{1,3}(,[0-9]{3})*(\.[0-9]*)?')


class NumberProblem(UnreadableText):
    """Text that is no number, with a Japanese sentence that says why."""


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """The number (None for blank and for '-' alone), the unit that was typed, and a remark on what was converted."""

    value: Decimal | None
    unit: str = ''
    note: str = ''


def parse_number(text: str, units: Collection[str] | None = ('円',)) -> ParsedNumber:
    """'△１，２３４円' -> Decimal(-1234); raises NumberProblem.

    `units` are the words that may follow the number (¥ counts as 円); None takes any, for import. Where 円 may follow,
    千円 and 百万円 are multiplied out. Minus may be -, △, ▲ or brackets; a dash alone means blank.
    """
    plain = fold(text).strip()
    if not plain.strip(_BLANKS):
        return ParsedNumber(None)
    negative, body, yen = _without_sign(plain, text)
    number, unit, converted = _number_and_unit(body, text, units)
    unit = unit or yen
    if unit and units is not None and unit not in units:
        _refuse('unit', text, unit)
    value = -number if negative and number else number
    note = f'{text.strip()}を{money_text(value, unit)}として読み取りました。' if converted else ''
    return ParsedNumber(value, unit, note)


def money_text(amount: Decimal | int, unit: str = '円') -> str:
    """-1234 -> '△1,234円', as tables of accounts show it."""
    return f'{"△" if amount < 0 else ""}{abs(Decimal(amount)):,f}{unit}'


def _without_sign(plain: str, typed: str) -> tuple[bool, str, str]:
    """'△¥500' -> (True, '500', '円')."""
    bracketed = _BRACKETED.fullmatch(plain)
    found = _SIGNED.fullmatch(bracketed[1] if bracketed else plain)
    if found is None:
        _refuse('unreadable', typed)
    sign, yen, late_sign, body = found.groups()
    signs = [mark for mark in (sign, late_sign, '-' if bracketed else '') if mark]
    if len(signs) > 1:
        _refuse('unreadable', typed)
    return signs not in ([], ['+']), body, '円' if yen else ''


def _number_and_unit(body: str, typed: str, units: Collection[str] | None) -> tuple[Decimal, str, bool]:
    """The number, its unit, and whether it was converted from kanji or from a multiple of yen."""
    if found := _FIGURES.fullmatch(body):
        figures, unit = found.groups()
        if re.search(r'\d', unit) and not KANJI_NUMBER.match(unit):
            _refuse('several', typed)
        if unit in _MULTIPLES_OF_YEN and (units is None or (unit not in units and '円' in units)):
            return _read_figures(figures, typed) * _MULTIPLES_OF_YEN[unit], '円', True
        if not KANJI_NUMBER.match(unit) or (units is not None and unit in units):
            return _read_figures(figures, typed), unit, False
    if found := _KANJI.fullmatch(body):
        try:
            return Decimal(kanji_to_int(found[1])), found[2], True
        except ValueError:
            _refuse('unreadable', typed)
    _refuse('unreadable', typed)


def _read_figures(figures: str, typed: str) -> Decimal:
    if ',' in figures and not _GROUPED_BY_THREE.fullmatch(figures):
        _refuse('commas', typed)
    return Decimal(figures.replace(',', ''))


def _refuse(code: str, typed: str, unit: str = '') -> NoReturn:
    shown = typed.strip()
    raise NumberProblem(
        code, _PROBLEMS[code].format(text=shown if len(shown) <= 30 else shown[:30] + '…', unit=unit[:10])
    )
