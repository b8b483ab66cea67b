"""What is printed on A4: sheets of a record (request sheet, work order) and lists of many records, by definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from forms.capability import Capability, capability
from forms.field import Field, setting
from forms.problems import At, Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'sheets'
ONE_RECORD, MANY_RECORDS = 'record', 'list'
UPRIGHT, ACROSS = 'portrait', 'landscape'
MOST_SEALS = 8
"""Boxes of 18 mm that stand beside a title on upright A4."""

_OF_RECORDS = ('fields', 'number', 'code', 'map', 'photos', 'seals', 'to', 'blanks', 'history', 'excel')
_OF_LISTS = ('columns', 'totals')
_NO_TEXT = frozenset(('note', 'hidden'))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of paper. Fields that a person may not see are left out of it, whatever is written here."""

    name: str = setting(label='名前', help='ボタンと紙の題に出る名前。例 要望票')
    type: str = setting(
        ONE_RECORD,
        label='種類',
        help='record は1件に1部の紙、list は一覧の紙です。',
        choices=(ONE_RECORD, MANY_RECORDS),
    )
    title: str = setting(label='題', help='紙の題。書かなければ名前が出ます。')
    paper: str = setting(
        label='向き', help='portrait は縦、landscape は横。書かなければ、record は縦、list は横です。',
        choices=('', UPRIGHT, ACROSS),
    )
    intro: str = setting(label='前書き', help='題の下に出る文。')
    fields: tuple[str, ...] = setting((), label='項目', help='印刷する項目。書かなければ全部です。')
    number: str = setting(label='番号の項目', help='大きく出す番号。書かなければ、採番の最初の番号です。')
    code: bool = setting(True, label='QRコード', help='読み取ると、その記録の画面が開きます。')
    map: str = setting(label='略図の位置', help='位置(location)の項目。地図の略図を出します。')
    photos: tuple[str, ...] = setting((), label='写真', help='大きく並べる写真の項目。')
    seals: tuple[str, ...] = setting((), label='押印欄', help='右上の押印欄。例 [課長, 課長補佐, 係長, 担当]')
    to: str = setting(label='あて先の項目', help='外に渡す紙のあて先が入る項目。例 担当者')
    honorific: str = setting('様', label='敬称', help='あて先のあとに付く言葉。')
    blanks: tuple[str, ...] = setting((), label='手書きの欄', help='紙に書きこむ空欄の見出し。例 現地のメモ')
    history: int = setting(0, label='変更履歴の行数', help='新しいものから何行出すか。0なら出しません。')
    columns: tuple[str, ...] = setting((), label='列', help='一覧の列。書かなければ、開いている一覧の列です。')
    totals: tuple[str, ...] = setting((), label='合計する列', help='最後の行で合計する、数や金額の列。')
    excel: str = setting(
        label='Excelのひな形', help='sheets フォルダーの .xlsx。{{項目}} のところに値が入ります。例 指示書.xlsx'
    )
    marking: str = setting(label='機密性', help='全部のページの右上に出る言葉。例 機密性2')

    @property
    def heading(self) -> str:
        """What stands on top of it."""
        return self.title or self.name

    @property
    def is_list(self) -> bool:
        return self.type == MANY_RECORDS

    @property
    def direction(self) -> str:
        """portrait or landscape."""
        return self.paper or (ACROSS if self.is_list else UPRIGHT)


@capability(KEY, title='紙の様式')
@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets(Capability):
    """Settings only; what stands on a sheet is read and drawn by apps/sheets."""

    LIST: ClassVar[str] = 'sheets'

    sheets: tuple[Sheet, ...] = setting((), label='紙の様式', help='A4に印刷する紙の種類。')

    def of(self, type: str) -> tuple[Sheet, ...]:
        """The sheets of that type, in the order of the definition."""
        return tuple(each for each in self.sheets if each.type == type)

    def named(self, name: str) -> Sheet | None:
        return next((each for each in self.sheets if each.name == name), None)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for index, sheet in enumerate(self.sheets):
            if not sheet.name:
                yield problem('D103', at=(index,), key='name', where=KEY)
            yield from _of_type(sheet, index)
            yield from _of_fields(definition, sheet, index)
            if len(sheet.seals) > MOST_SEALS:
                yield problem('D726', at=(index, 'seals'), count=len(sheet.seals), most=MOST_SEALS)
            if sheet.history < 0:
                yield problem('D753', at=(index, 'history'), key='history', value=sheet.history)

    def warnings(self, definition: AppDefinition) -> Iterable[Problem]:
        """A sheet that is handed to somebody outside, with what the office knows of a person on it."""
        for index, sheet in enumerate(self.sheets):
            if not sheet.to:
                continue
            names = sheet.fields or tuple(definition.fields)
            for name in names:
                field = definition.fields.get(name)
                if field is not None and field.privacy and name != sheet.to:
                    at: At = (index, 'fields') if sheet.fields else (index, 'to')
                    yield problem('D727', at=at, sheet=sheet.name, name=name)


def _of_type(sheet: Sheet, index: int) -> Iterator[Problem]:
    """Settings that have no place on the other kind of sheet."""
    blank = Sheet()
    for key in _OF_RECORDS if sheet.is_list else _OF_LISTS:
        if getattr(sheet, key) != getattr(blank, key):
            yield problem('D725', at=(index, key), sheet=sheet.name, type=sheet.type, key=key)


def _of_fields(definition: AppDefinition, sheet: Sheet, index: int) -> Iterator[Problem]:
    known = definition.fields
    for key in ('fields', 'columns', 'totals', 'photos'):
        for name in getattr(sheet, key):
            if name not in known:
                yield problem('D209', at=(index, key), setting=key, name=name, instead=instead(name, known))
    for key in ('number', 'map', 'to'):
        name = getattr(sheet, key)
        if name and name not in known:
            yield problem('D209', at=(index, key), setting=key, name=name, instead=instead(name, known))
    for key, names, wanted, fits in (
        ('map', (sheet.map,), '位置', _is_place),
        ('photos', sheet.photos, '写真', _is_photo),
        ('totals', sheet.totals, '数や金額', _is_number),
    ):
        for name in names:
            field = known.get(name)
            if field is not None and not fits(field):
                yield problem('D210', at=(index, key), setting=key, name=name, type=field.TITLE, wanted=wanted)


def _is_place(field: Field) -> bool:
    return field.TYPE == 'location'


def _is_photo(field: Field) -> bool:
    return field.TYPE == 'photo'


def _is_number(field: Field) -> bool:
    return field.value_type.kind == 'number'
