"""What photos and attachments have in common: uploaded files, named by the digest of their content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from forms.field import WIDTHS, Field, Parsed, SettingProblem, Surroundings, Value, setting
from forms.formula.value_type import NUMBER, TEXT, ValueType, table
from forms.message import Message
from forms.raw import one_line, typed_text

LONGEST_NAME = 120
# Signs that Windows does not allow in names, and marks that turn the direction of writing and so hide an ending.
_NOT_IN_NAMES = re.compile('[<>:"/\\\\|?*\u202a-\u202e\u2066-\u2069]')
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Files(Field):
    """Stores [{'blob', 'name', 'type', 'size'}]. Type and size are those of the received file."""

    MARKS: ClassVar[frozenset[str]] = frozenset(('blob', 'name', 'type', 'size'))
    """Keys that the browser may send for one file."""

    max_files: int = setting(10, label='ファイル数の上限', help='1つの項目に入れられる数。')
    max_mb: int = setting(20, label='1つの大きさの上限(MB)', help='これより大きいファイルは受け付けません。')
    width: str = setting('full', label='幅', choices=WIDTHS)

    @property
    def value_type(self) -> ValueType:
        return table({'name': TEXT, 'type': TEXT, 'size': NUMBER})

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        if raw in (None, '', []):
            return Parsed()
        if not isinstance(raw, list) or not all(self._is_file(each) for each in raw):
            return self.refused('not_files')
        received = [(each, around.file(each['blob'])) for each in raw]
        names = [_name(each) for each in raw]
        missing = [name for name, (_, file) in zip(names, received, strict=True) if file is None]
        if missing:
            return Parsed(messages=tuple(self.message('unknown_file', file=name or '?') for name in missing))
        digests = [each['blob'] for each in raw]
        twice = [name for position, name in enumerate(names) if digests[position] in digests[:position]]
        if twice:
            return Parsed(messages=tuple(self.message('file_twice', file=name) for name in twice))
        return Parsed([self._stored(each, file or {}) for each, file in received])

    def _is_file(self, raw: Value) -> bool:
        return isinstance(raw, dict) and raw.keys() <= self.MARKS and isinstance(raw.get('blob'), str)

    def _stored(self, raw: Mapping[str, Value], file: Mapping[str, Value]) -> dict[str, Value]:
        return {
            'blob': raw['blob'],
            'name': _name(raw) or _name(file),
            'type': file.get('type', ''),
            'size': file.get('size', 0),
            **self.remarks(raw),
        }

    def remarks(self, raw: Mapping[str, Value]) -> dict[str, Value]:
        """What else is kept of a file, as far as it makes sense."""
        return {}

    def check(self, value: Value, old: Value = None) -> Iterable[Message]:
        if len(value) > self.max_files:
            yield self.message('too_many_files', limit=self.max_files, count=len(value))
        kept = {each['blob'] for each in old or ()}
        for each in value:
            if each['blob'] in kept:
                continue
            if each['size'] > self.max_mb * MEGABYTE:
                yield self.message('too_large_file', file=each['name'], limit=self.max_mb)
            if not self.takes(each):
                yield self.message('wrong_file_type', file=each['name'], accepted=self.accepted())

    def takes(self, file: Mapping[str, Value]) -> bool:
        """Whether files of this type or ending belong here."""
        return True

    def accepted(self) -> str:
        """The types that belong here, in words."""
        return ''

    def show(self, value: Value, around: Surroundings | None = None) -> str:
        return '、'.join(each['name'] for each in value or ())

    def browser(self) -> Mapping[str, Value]:
        return {'maxFiles': self.max_files, 'maxBytes': self.max_mb * MEGABYTE}

    def setting_problems(self) -> Iterable[SettingProblem]:
        for name, limit in (('max_files', self.max_files), ('max_mb', self.max_mb)):
            if limit < 1:
                yield SettingProblem(name, '上限が1より小さくなっています。', '1以上の数にしてください。')


def _name(file: Mapping[str, Value]) -> str:
    return _NOT_IN_NAMES.sub('_', one_line(typed_text(file.get('name')) or ''))[-LONGEST_NAME:]
