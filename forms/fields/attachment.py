"""Attached files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar

from forms.field import Cell, SettingProblem, Surroundings, Value, field_type, setting
from forms.fields.files import Files


@field_type('attachment', title='添付ファイル')
@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Files):
    WIDGET: ClassVar[str] = 'attachment'
    TAKES: ClassVar[str] = '写真やPDF、Excelなどのファイル。'
    EXAMPLE: ClassVar[str] = '{name: 添付資料, type: attachment, accept: [pdf, xlsx], max_files: 3}'

    accept: tuple[str, ...] = setting(
        (), label='入れられる種類', help='[pdf, xlsx] のように拡張子で書きます。書かなければ、受け取れる種類すべて。'
    )

    @property
    def endings(self) -> tuple[str, ...]:
        """('.pdf', '.xlsx')"""
        return tuple(f'.{each.strip().lstrip(".").lower()}' for each in self.accept)

    def takes(self, file: Mapping[str, Value]) -> bool:
        return not self.accept or PurePath(file['name'].lower()).suffix in self.endings

    def accepted(self) -> str:
        return '、'.join(ending.lstrip('.') for ending in self.endings)

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        return (
            (self.name, lambda value: self.show(value) or None),
            (f'{self.name}_件数', lambda value: len(value or ())),
        )

    def browser(self) -> Mapping[str, Value]:
        return {**Files.browser(self), 'accept': ','.join(self.endings)}

    def setting_problems(self) -> Iterable[SettingProblem]:
        yield from Files.setting_problems(self)
        if any(not ending.lstrip('.').isalnum() for ending in self.endings):
            yield SettingProblem('accept', '拡張子ではない言葉があります。', '[pdf, xlsx] のように書いてください。')
