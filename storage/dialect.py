"""The SQL that differs between engines: reading a field of a JSON body, its kind, parts of a date."""

from collections.abc import Sequence

FISCAL_YEAR_STARTS = 4  # April, Local Autonomy Act art. 208

GRANULARITIES = ('day', 'month', 'year', 'fiscal_year')


class Sqlite:
    """SQLite 3.51 with JSON text in `d.body`."""

    @staticmethod
    def can_name(path: Sequence[object]) -> bool:
        """Whether SQL can address this path; TinyDB also allows functions in it."""
        return bool(path) and all(
            isinstance(part, str) and part and not any(char in '"\\' or char < ' ' for char in part) for part in path
        )

    @staticmethod
    def pointer(path: Sequence[str]) -> str:
        return text_literal('$' + ''.join(f'."{part}"' for part in path))

    @classmethod
    def field(cls, path: Sequence[str], table: str = 'd.') -> str:
        """The value as SQL sees it: text, number, 1/0 for true/false; NULL for null and for a missing field."""
        return f'{table}body->>{cls.pointer(path)}'

    @classmethod
    def kind(cls, path: Sequence[str]) -> str:
        """JSON's name of the value's type, NULL when the field is missing."""
        return f'json_type(d.body,{cls.pointer(path)})'

    @classmethod
    def period(cls, path: Sequence[str], granularity: str) -> str:
        """Day, month, year or fiscal year of a date written 2026-04-01 (a time may follow)."""
        value = cls.field(path)
        if granularity == 'fiscal_year':
            return (
                f"CASE WHEN {value} LIKE '____-__%' THEN CAST(substr({value},1,4) AS INTEGER)"
                f' - (CAST(substr({value},6,2) AS INTEGER) < {FISCAL_YEAR_STARTS}) END'
            )
        return f'substr({value},1,{ {"day": 10, "month": 7, "year": 4}[granularity] })'


def text_literal(text: str) -> str:
    """A quoted SQL text. Needed where a parameter would keep the planner from using a partial index."""
    if '\0' in text:
        raise ValueError('a name cannot hold a NUL character')
    return "'" + text.replace("'", "''") + "'"


def period_of(value: object, granularity: str) -> object:
    """The same as `period`, for documents that had to be judged in Python."""
    if not isinstance(value, str):
        return None
    if granularity == 'fiscal_year':
        year, month = value[:4], value[5:7]
        return int(year) - (int(month) < FISCAL_YEAR_STARTS) if year.isdigit() and month.isdigit() else None
    return value[: {'day': 10, 'month': 7, 'year': 4}[granularity]]
