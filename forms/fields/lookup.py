"""A record of another app: its id is stored, its title shown; values of it may be shown beside or copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Cell, Field, FormulaText, Parsed, SettingProblem, Surroundings, Value, field_type, setting
from forms.formula.value_type import ANY, ValueType, record
from forms.raw import one_line, typed_text


@field_type('lookup', title='ルックアップ')
@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup(Field):
    WIDGET: ClassVar[str] = 'lookup'
    TAKES: ClassVar[str] = (
        'ほかのアプリの1件。選ぶと、その記録の値を下に見せたり、このアプリの項目に写したりできます。'
    )
    EXAMPLE: ClassVar[str] = (
        '{name: 施設, type: lookup, app: facilities, show: [種類, 所在地], copy: {所管課: 所管課}}'
    )

    app: str = setting(label='参照するアプリ', help='定義ファイルの名前(.yaml を除く)。')
    show_: tuple[str, ...] = setting((), label='見せる項目', help='選んだレコードから、下に見せる項目。')
    copy: Mapping[str, str] = setting({}, label='写し', help='{この項目へ: 参照先の項目から}。選んだ時の値が残ります。')
    filter: FormulaText | None = setting(None, label='候補の条件', help='この式が成り立つレコードだけが候補に出ます。')

    @property
    def value_type(self) -> ValueType:
        """A record, so that a formula may say 施設.種類; its columns are what this field shows or copies."""
        return record(dict.fromkeys(self.sources, ANY))

    @property
    def sources(self) -> tuple[str, ...]:
        """Fields of the other app that are shown or copied, each once."""
        return tuple(dict.fromkeys((*self.show_, *self.copy.values())))

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        typed = typed_text(raw)
        if typed is None:
            return self.refused('not_a_list')
        text = one_line(typed)
        if not text or around.record(self.app, text) is not None:
            return Parsed(text or None)
        found = around.records_titled(self.app, text)
        if len(found) > 1:
            return self.refused('several_found', value=text[:30], count=len(found))
        return Parsed(found[0]) if found else self.refused('unknown_record', value=text[:30])

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        title = around.record_title(self.app, value) if around and value else None
        return title or str(value or '')

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        """The title for people, the id for machines: a title may change or be shared."""
        return (
            (self.name, lambda value: self.show(value, around) or None),
            (f'{self.name}_ID', lambda value: value),
        )

    def browser(self) -> Mapping[str, Value]:
        return {'app': self.app, 'show': list(self.show_), 'copy': dict(self.copy)}

    def setting_problems(self) -> Iterable[SettingProblem]:
        if not self.app:
            yield SettingProblem('app', '参照するアプリがありません。', 'app: に定義ファイルの名前を書いてください。')
