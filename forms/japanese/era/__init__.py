"""Dates as Japanese people write, read and half remember them."""

from .partial import PartialDate, parse_partial, show_partial
from .reading import EARLIEST, LATEST, DateProblem, ParsedDate, parse_date
from .showing import format_date, wareki, wareki_year
from .table import ERAS, Era, era_named, era_of

__all__ = [
    'EARLIEST',
    'ERAS',
    'LATEST',
    'DateProblem',
    'Era',
    'ParsedDate',
    'PartialDate',
    'era_named',
    'era_of',
    'format_date',
    'parse_date',
    'parse_partial',
    'show_partial',
    'wareki',
    'wareki_year',
]
