"""Shows a number in a format such as "#,##0.00", "0.0%" or "0.00E+00"."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Final

from forms.formula.culture import Culture
from forms.formula.format_parts import Format, Part
from forms.formula.messages import failure

_DIGITS: Final = 15
"""Significant digits a format shows; beyond them a double holds noise."""
_WIDE: Final = Context(prec=800)


@dataclass
class _Plan:
    """What the parts of a section ask for: places before and after the point, scale, grouping."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    pieces: list[tuple[str, str]] = field(default_factory=list)
    thousands: int = 0
    percents: int = 0
    grouped: bool = False
    exponent: str = ''


def show_number(number: float, shown: Format, culture: Culture) -> str:
    """The number in the section its sign asks for; a number that rounds to zero takes the section for zero."""
    sections = shown.sections
    try:
        return _shown(_significant(number), sections, culture)
    except InvalidOperation:
        raise failure('Numeric', 'not-finite') from None


def _shown(exact: Decimal, sections: tuple[tuple[Part, ...], ...], culture: Culture) -> str:
    section, sign = _section(exact, sections)
    plan = _plan(section)
    digits = _round(abs(exact), plan)
    if digits == 0 and exact != 0 and len(sections) > 2:
        plan, sign = _plan(sections[2]), ''
        digits = Decimal(0)
    return sign + _written(abs(exact) if plan.exponent else digits, plan, culture)


def _significant(number: float) -> Decimal:
    exact = Decimal(repr(number))
    if exact == 0:
        return exact
    return exact.quantize(Decimal(1).scaleb(exact.adjusted() - _DIGITS + 1), ROUND_HALF_UP, _WIDE).normalize(_WIDE)


def _section(exact: Decimal, sections: tuple[tuple[Part, ...], ...]) -> tuple[tuple[Part, ...], str]:
    if exact == 0 and len(sections) > 2:
        return sections[2], ''
    if exact < 0:
        return (sections[1], '') if len(sections) > 1 and sections[1] else (sections[0], '-')
    return sections[0], ''


def _plan(section: tuple[Part, ...]) -> _Plan:
    plan = _Plan()
    places = [index for index, part in enumerate(section) if part.kind == 'digit']
    last = places[-1] if places else -1
    point = next((index for index, part in enumerate(section) if part.kind == 'point'), len(section))
    index = 0
    while index < len(section):
        part = section[index]
        index += 1
        match part.kind:
            case 'digit':
                (plan.before if index - 1 < point else plan.after).append(part.text)
                plan.pieces.append(('digit' if index - 1 < point else 'decimal', part.text))
            case 'point':
                if index - 1 == point:
                    plan.pieces.append(('point', ''))
            case 'comma':
                start, index = index - 1, _run_end(section, index)
                _commas(plan, section, (start, index), point, last)
            case 'percent':
                plan.percents += 1
                plan.pieces.append(('literal', '%'))
            case 'exponent':
                plan.exponent = part.text
                plan.pieces.append(('exponent', ''))
            case _:
                plan.pieces.append(('literal', part.text))
    return plan


def _run_end(section: tuple[Part, ...], index: int) -> int:
    while index < len(section) and section[index].kind == 'comma':
        index += 1
    return index


def _commas(plan: _Plan, section: tuple[Part, ...], run: tuple[int, int], point: int, last: int) -> None:
    """A run of commas groups between digits, divides by 1000 each after the last digit or before the point.

    Anywhere else it is one comma.
    """
    start, end = run
    previous = section[start - 1].kind if start else 'none'
    following = section[end].kind if end < len(section) else 'none'
    if previous == 'digit':
        if following == 'digit':
            plan.grouped = plan.grouped or start < point
        elif following == 'point' or start > last:
            plan.thousands += end - start
    elif previous != 'point':
        plan.pieces.append(('literal', ','))


def _round(exact: Decimal, plan: _Plan) -> Decimal:
    scaled = exact.scaleb(2 * plan.percents - 3 * plan.thousands, _WIDE)
    return scaled.quantize(Decimal(1).scaleb(-len(plan.after)), ROUND_HALF_UP, _WIDE)


def _written(number: Decimal, plan: _Plan, culture: Culture) -> str:
    exponent = ''
    if plan.exponent:
        number, exponent = _with_exponent(number, plan)
    whole, _, decimals = f'{number:f}'.partition('.')
    whole = whole.lstrip('0')
    decimals = _trimmed(decimals.ljust(len(plan.after), '0')[: len(plan.after)], plan.after)
    return ''.join(_filled(plan, whole, decimals, exponent, culture))


def _with_exponent(number: Decimal, plan: _Plan) -> tuple[Decimal, str]:
    """The mantissa with as many digits before the point as there are places, and the exponent as it is written."""
    places = len(plan.before)
    power = number.adjusted() - places + 1 if number else 0
    mantissa = _round(number.scaleb(-power, _WIDE), plan)
    if mantissa and mantissa.adjusted() >= places > 0:
        power += 1
        mantissa = _round(number.scaleb(-power, _WIDE), plan)
    letter, sign, digits = plan.exponent[0], plan.exponent[1], plan.exponent[2:]
    shown_sign = '-' if power < 0 else '+' if sign == '+' else ''
    least = digits.count('0') + digits.endswith('#')
    return mantissa, f'{letter}{shown_sign}{abs(power):0{least}}'


def _trimmed(decimals: str, places: list[str]) -> str:
    """Drops zeros at the end that stand on # places."""
    length = len(decimals)
    while length and decimals[length - 1] == '0' and places[length - 1] == '#':
        length -= 1
    return decimals[:length]


def _filled(plan: _Plan, whole: str, decimals: str, exponent: str, culture: Culture) -> list[str]:
    """The pieces with the digits in their places; digits without a place go before the first."""
    places = len(plan.before)
    first_zero = next((index for index, place in enumerate(plan.before) if place == '0'), places)
    width = max(len(whole), places - first_zero)
    digits = whole.rjust(width, '0') if width else ''
    written, seen, decimal = [], 0, 0
    for kind, text in plan.pieces:
        match kind:
            case 'digit':
                written.append(_place(plan, digits, seen, places, culture))
                seen += 1
            case 'decimal':
                written.append(decimals[decimal : decimal + 1])
                decimal += 1
            case 'point':
                extra = _grouped(digits, len(digits), plan, culture) if not places else ''
                written.append(extra + (culture.decimal if decimals or not plan.after else ''))
            case 'exponent':
                written.append(exponent)
            case _:
                written.append(text)
    return written


def _place(plan: _Plan, digits: str, seen: int, places: int, culture: Culture) -> str:
    """The digits that stand on the n-th place before the point: the first place takes all that are too many."""
    left = places - seen
    first = 0 if seen == 0 else len(digits) - left
    taken = digits[max(first, 0) : max(len(digits) - left + 1, 0)]
    return _grouped(taken, left - 1 + len(taken), plan, culture)


def _grouped(taken: str, position: int, plan: _Plan, culture: Culture) -> str:
    """The digits, each followed by a separator where a group of three ends.

    Position counts the digits from here to the point.
    """
    if not plan.grouped:
        return taken
    written = []
    for digit in taken:
        position -= 1
        written.append(digit + (culture.group if position and position % 3 == 0 else ''))
    return ''.join(written)
