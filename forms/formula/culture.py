"""How a language writes numbers and dates: separators, order of day and month, names, short and long forms."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from forms.formula.messages import failure

_TAG: Final = re.compile(r'[a-z]{2,3}(-[a-z0-9]{2,8})*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Culture:
    """order: 'mdy', 'dmy' or 'ymd'. Formats are written in the language of Text()."""

    tag: str
    decimal: str = '.'
    group: str = ','
    order: str = 'dmy'
    currency: str = '$'
    months: tuple[str, ...] = ()
    short_months: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    short_days: tuple[str, ...] = ()
    short_date: str = 'dd/mm/yyyy'
    long_date: str = 'dddd, d mmmm yyyy'
    short_time: str = 'hh:mm'
    long_time: str = 'hh:mm:ss'
    am_pm: tuple[str, str] = ('AM', 'PM')


_ENGLISH_MONTHS: Final = (
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
)
_ENGLISH_DAYS: Final = ('Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday')
_NUMBERED_MONTHS: Final = tuple(f'{month}月' for month in range(1, 13))

ENGLISH: Final = Culture(
    'en-US',
    order='mdy',
    months=_ENGLISH_MONTHS,
    short_months=tuple(name[:3] for name in _ENGLISH_MONTHS),
    days=_ENGLISH_DAYS,
    short_days=tuple(name[:3] for name in _ENGLISH_DAYS),
    short_date='m/d/yyyy',
    long_date='dddd, mmmm d, yyyy',
    short_time='h:mm AM/PM',
    long_time='h:mm:ss AM/PM',
)
JAPANESE: Final = Culture(
    'ja-JP',
    order='ymd',
    currency='¥',
    months=_NUMBERED_MONTHS,
    short_months=_NUMBERED_MONTHS,
    days=tuple(f'{day}曜日' for day in '日月火水木金土'),
    short_days=tuple('日月火水木金土'),
    short_date='yyyy/mm/dd',
    long_date='yyyy年m月d日',
    short_time='h:mm',
    long_time='h:mm:ss',
    am_pm=('午前', '午後'),
)


_PLAIN: Final = Culture(
    '', months=ENGLISH.months, short_months=ENGLISH.short_months, days=ENGLISH.days, short_days=ENGLISH.short_days
)
"""For languages whose names are not known here: English names, day before month."""


def _with_names(culture: Culture, months: str, days: str, short: int = 3) -> Culture:
    """The culture with its names of months and days, short ones being so many letters long."""
    names, weekdays = tuple(months.split('|')), tuple(days.split('|'))
    return replace(
        culture,
        months=names,
        short_months=tuple(name[:short] for name in names),
        days=weekdays,
        short_days=tuple(name[:short] for name in weekdays),
    )


_BY_LANGUAGE: Final[dict[str, Culture]] = {
    culture.tag: culture
    for culture in (
        _with_names(
            Culture('fr', ',', '\u202f', currency='€'),
            'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre',
            'dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi',
        ),
        _with_names(
            Culture('de', ',', '.', currency='€', short_date='dd.mm.yyyy'),
            'Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember',
            'Sonntag|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag',
        ),
        _with_names(
            Culture('es', ',', '.', currency='€', short_date='d/m/yyyy'),
            'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre',
            'domingo|lunes|martes|miércoles|jueves|viernes|sábado',
        ),
        _with_names(
            Culture('it', ',', '.', currency='€'),
            'gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre',
            'domenica|lunedì|martedì|mercoledì|giovedì|venerdì|sabato',
        ),
        _with_names(
            Culture('pt', ',', '.', currency='R$'),
            'janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro',
            'domingo|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado',
        ),
        _with_names(
            Culture('vi', ',', '.', currency='₫'),
            'Tháng Giêng|Tháng Hai|Tháng Ba|Tháng Tư|Tháng Năm|Tháng Sáu|Tháng Bảy|Tháng Tám|Tháng Chín|Tháng Mười'
            '|Tháng Mười Một|Tháng Mười Hai',
            'Chủ Nhật|Thứ Hai|Thứ Ba|Thứ Tư|Thứ Năm|Thứ Sáu|Thứ Bảy',
            short=99,
        ),
    )
}
_COMMA_DECIMAL: Final = frozenset(
    ('nl', 'da', 'nb', 'nn', 'no', 'sv', 'fi', 'pl', 'cs', 'sk', 'ru', 'uk', 'tr', 'id', 'sr', 'hr')
)
_YEAR_FIRST: Final = frozenset(('zh', 'ko', 'hu', 'lt', 'mn'))


@lru_cache(maxsize=64)
def culture_of(tag: str) -> Culture:
    """The culture of a language tag ('ja-JP', 'fr-FR'), in any case; raises BadLanguageCode for what is no tag."""
    if not _TAG.fullmatch(tag):
        raise failure('BadLanguageCode', 'bad-language', text=tag)
    language = tag.lower().split('-')[0]
    if language == 'ja':
        return JAPANESE
    if language == 'en':
        return ENGLISH if tag.lower() in ('en', 'en-us') else replace(_PLAIN, tag=tag, currency='£')
    if language in _BY_LANGUAGE:
        return _BY_LANGUAGE[language]
    decimal, group = (',', '.') if language in _COMMA_DECIMAL else ('.', ',')
    order, short_date = ('ymd', 'yyyy/m/d') if language in _YEAR_FIRST else ('dmy', 'dd/mm/yyyy')
    return replace(_PLAIN, tag=tag, decimal=decimal, group=group, order=order, short_date=short_date)
