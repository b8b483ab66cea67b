"""Shows a moment in a format such as "yyyy/mm/dd hh:mm" or "ggge年m月d日(aaa)"."""

import datetime as dt
from typing import Final

from forms.formula.culture import Culture
from forms.formula.format_parts import Format, Part
from forms.formula.messages import failure
from forms.formula.values import comparable
from forms.japanese import era

_LONGEST_FRACTION: Final = 7


def show_moment(moment: dt.datetime, shown: Format, culture: Culture) -> str:
    """The moment in the section of its serial number's sign: before 1899-12-30 the second, on it the third."""
    section = _section(comparable(moment), shown.sections)
    twelve = any(part.kind == 'half' for part in section)
    letters = [part for part in section if part.kind in 'ymdhs' or part.kind == 'half']
    written = []
    for part in section:
        if part.kind in ('literal', 'plain', 'point', 'comma', 'percent', 'exponent'):
            written.append(part.text)
        elif part.kind == 'era':
            written.append(_era_part(moment, part.text, section, shown))
        elif part.kind == 'half':
            written.append(_half(moment, part.text, culture))
        else:
            written.append(_part(moment, part, _is_minute(part, letters), twelve, culture))
    return ''.join(written)


def _section(serial: float, sections: tuple[tuple[Part, ...], ...]) -> tuple[Part, ...]:
    if serial < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if serial == 0 and len(sections) > 2 else sections[0]


def _is_minute(part: Part, letters: list[Part]) -> bool:
    """m and mm are minutes right after hours or right before seconds."""
    if part.kind != 'm' or len(part.text) > 2:
        return False
    here = next(index for index, each in enumerate(letters) if each is part)
    before = letters[here - 1].kind if here else ''
    after = letters[here + 1].kind if here + 1 < len(letters) else ''
    return before == 'h' or after == 's'


def _part(moment: dt.datetime, part: Part, minute: bool, twelve: bool, culture: Culture) -> str:
    count = len(part.text)
    match part.kind:
        case 'y':
            return f'{moment.year % 100:02}' if count <= 2 else f'{moment.year:04}'
        case 'm':
            return _padded(moment.minute, count) if minute else _month(moment, count, culture)
        case 'd':
            return _day(moment, count, culture)
        case 'h':
            return _padded((moment.hour - 1) % 12 + 1 if twelve else moment.hour, count)
    return _padded(moment.second, count) + _fraction(moment, part.fraction, culture)


def _padded(number: int, count: int) -> str:
    return f'{number:02}' if count > 1 else str(number)


def _month(moment: dt.datetime, count: int, culture: Culture) -> str:
    names = culture.months if count == 4 else culture.short_months
    return names[moment.month - 1] if count > 2 and names else _padded(moment.month, count)


def _day(moment: dt.datetime, count: int, culture: Culture) -> str:
    names = culture.days if count > 3 else culture.short_days
    return names[moment.isoweekday() % 7] if count > 2 and names else _padded(moment.day, count)


def _fraction(moment: dt.datetime, places: int, culture: Culture) -> str:
    if not places:
        return ''
    if places > _LONGEST_FRACTION:
        raise failure('InvalidArgument', 'bad-format', format='0' * places)
    return culture.decimal + f'{moment.microsecond:06}'.ljust(places, '0')[:places]


def _half(moment: dt.datetime, text: str, culture: Culture) -> str:
    name = culture.am_pm[moment.hour >= 12]
    return name[:1] if len(text) == 3 and name.isascii() else name


def _era_part(moment: dt.datetime, text: str, section: tuple[Part, ...], shown: Format) -> str:
    following = section[next(index for index, part in enumerate(section) if part.text == text) + 1 :][:1]
    before_year_sign = bool(following) and following[0].text.startswith('年')
    return era.format_date(moment.date(), text, gannen=before_year_sign or shown.always_gannen)
