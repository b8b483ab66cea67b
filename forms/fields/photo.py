"""Photos, with the moment and size that the camera wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.field import Cell, SettingProblem, Surroundings, Value, field_type, setting
from forms.fields.datetime import stored_moment
from forms.fields.files import Files

IMAGE_TYPES = ('image/jpeg', 'image/png', 'image/webp', 'image/gif')
"""Phones that keep HEIC send a JPEG where a page does not ask for HEIC."""

_PIXELS = range(1, 100_001)


@field_type('photo', title='写真')
@dataclass(frozen=True, slots=True, kw_only=True)
class Photo(Files):
    WIDGET: ClassVar[str] = 'photo'
    MARKS: ClassVar[frozenset[str]] = frozenset((*Files.MARKS, 'taken_at', 'width', 'height', 'redacted'))
    TAKES: ClassVar[str] = '写真(JPEG、PNG、WebP、GIF)。写真に書かれていれば、撮った日時も残ります。'
    EXAMPLE: ClassVar[str] = '{name: 現場の写真, type: photo, max_files: 5}'

    pair_of: str = setting(
        label='前の写真の項目', help='例 施工後に pair_of: 施工前。1枚目どうし、2枚目どうしが横に並びます。'
    )

    def remarks(self, raw: Mapping[str, Value]) -> dict[str, Value]:
        taken_at = stored_moment(raw.get('taken_at'))
        sizes = {name: raw[name] for name in ('width', 'height') if type(raw.get(name)) is int and raw[name] in _PIXELS}
        return {**sizes, **({'taken_at': taken_at.isoformat(timespec='seconds')} if taken_at else {})}

    def _stored(self, raw: Mapping[str, Value], file: Mapping[str, Value]) -> dict[str, Value]:
        """redacted: whether boxes are painted over it; the house knows, whatever a sender says."""
        stored = Files._stored(self, raw, file)
        return {**stored, 'redacted': True} if file.get('redacted') is True else stored

    def takes(self, file: Mapping[str, Value]) -> bool:
        return file['type'] in IMAGE_TYPES

    def accepted(self) -> str:
        return '写真(JPEG、PNG、WebP、GIF)'

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        return f'写真{len(value)}枚' if value else ''

    def search(self, value: Value, around: Surroundings | None = None) -> str:
        """Cameras name photos IMG_0001: nothing to find them by."""
        return ''

    def cells(self, around: Surroundings | None = None, fiscal_start: int = 4) -> Sequence[Cell]:
        return ((f'{self.name}_枚数', lambda value: len(value or ())),)

    def browser(self) -> Mapping[str, Value]:
        return {**Files.browser(self), 'accept': ','.join(IMAGE_TYPES), 'pairOf': self.pair_of}

    def setting_problems(self) -> Iterable[SettingProblem]:
        yield from Files.setting_problems(self)
        if self.pair_of and self.pair_of == self.name:
            text = '写真が自分自身と組になっています。'
            yield SettingProblem('pair_of', text, '前の写真の項目の名前を書いてください。')
