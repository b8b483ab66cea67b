"""Receipt and branch numbers: given once, in the transaction that saves; never typed, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from forms.capabilities.numbering.number_format import PARTS, NumberDay, format_parts, written_number
from forms.capability import Capability, Moment, NumberWish, Values, capability
from forms.field import Field, Value, field_types, setting
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

TIME_SCOPES = ('day', 'month', 'year', 'fiscal_year')


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One numbered field. scope: when counting begins anew, time words and field names mixed; `none` never."""

    field: str = setting(label='番号の項目', help='必ず書きます。番号が入る項目の名前。自動でできます。')
    format: str = setting('{seq}', label='番号の形', help='例 道-{era_fiscal_year}-{seq:5}')
    scope: str | tuple[str, ...] = setting('none', label='数え直す単位', help='fiscal_year、day、none、項目名など。')
    by: str = setting(label='基準の日付', help='年度や月を決める日付の項目。なければ保存した日です。')
    of: str = setting(label='親の番号', help='枝番のとき、親になる番号の項目名。')
    start: int = setting(1, label='始まりの番号', help='最初の番号。')

    @property
    def counts_only(self) -> bool:
        """Whether the number stands alone, and is therefore stored, sorted and summed as a number."""
        return self.format == '{seq}'

    def counted_by(self) -> tuple[str, ...]:
        """The words and fields whose change begins the count anew."""
        under = (self.of,) if self.of else ()
        words = (self.scope,) if isinstance(self.scope, str) else self.scope
        return under + tuple(word for word in words if word != 'none')


@capability('numbering', title='採番')
@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering(Capability):
    """Counting is by series inside the transaction that saves: no number is given twice, none comes back.

    A number that a new record already has (copied from the household's first member by a lookup) is kept; its branch
    number then counts on under it.
    """

    LIST: ClassVar[str] = 'series'

    series: tuple[Series, ...] = setting((), label='番号', help='保存と同時に付く番号。同じ番号は二度と出ません。')

    def added_fields(self) -> Sequence[Field]:
        types = field_types()
        return tuple(
            types['integer' if each.counts_only else 'text'](name=each.field, readonly=True, width='short')
            for each in self.series
        )

    def numbers(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterable[NumberWish]:
        for each in self.series:
            if new.get(each.field) is None:
                yield NumberWish(
                    each.field,
                    partial(_series_name, each, definition.fiscal_start, moment),
                    partial(_rendered, each, definition.fiscal_start, moment),
                    each.start,
                )

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for index, each in enumerate(self.series):
            yield from _series_problems(each, index, definition)
        names = [each.field for each in self.series]
        for index, name in enumerate(names):
            if name in names[:index]:
                yield problem('D720', at=(index, 'field'), name=name)


def _series_name(series: Series, fiscal_start: int, moment: Moment, values: Values) -> str:
    day = NumberDay.of(values.get(series.by) if series.by else None, moment, fiscal_start)
    counted = (str(day.part(word) if word in TIME_SCOPES else values.get(word, '')) for word in series.counted_by())
    return '|'.join((series.field, *counted))


def _rendered(series: Series, fiscal_start: int, moment: Moment, number: int, values: Values) -> Value:
    if series.counts_only:
        return number
    day = NumberDay.of(values.get(series.by) if series.by else None, moment, fiscal_start)
    return written_number(series.format, number, day, moment, values)


def _series_problems(series: Series, index: int, definition: AppDefinition) -> Iterable[Problem]:
    fields = definition.fields
    if not series.field:
        yield problem('D103', at=(index,), key='field', where='numbering')
    for word in series.counted_by():
        if word not in TIME_SCOPES and word not in fields:
            at = (index, 'of' if word == series.of else 'scope')
            yield problem('D108', at=at, key=at[1], value=word, instead=instead(word, (*TIME_SCOPES, 'none', *fields)))
    if series.by and series.by not in fields:
        yield problem('D209', at=(index, 'by'), setting='by', name=series.by, instead=instead(series.by, fields))
    elif series.by and fields[series.by].value_type.kind not in ('date', 'datetime'):
        yield problem(
            'D210', at=(index, 'by'), setting='by', name=series.by, type=fields[series.by].TITLE, wanted='日付か日時'
        )
    yield from _format_problems(series, index, definition)


def _format_problems(series: Series, index: int, definition: AppDefinition) -> Iterable[Problem]:
    try:
        parts = format_parts(series.format)
    except ValueError:
        yield problem('D721', at=(index, 'format'), format=series.format)
        return
    if not any(part.word == 'seq' for part in parts):
        yield problem('D722', at=(index, 'format'), format=series.format)
    for part in parts:
        if part.word and part.word not in PARTS and part.word not in definition.fields:
            known = instead(part.word, (*PARTS, *definition.fields))
            yield problem('D723', at=(index, 'format'), part=part.word, instead=known)
