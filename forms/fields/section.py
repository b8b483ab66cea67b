"""A section (所属) of the city hall, by its name in the directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.field import Field, Parsed, Surroundings, Value, field_type
from forms.raw import one_line, typed_text


@field_type('section', title='所属')
@dataclass(frozen=True, slots=True, kw_only=True)
class SectionField(Field):
    WIDGET: ClassVar[str] = 'lookup'
    TAKES: ClassVar[str] = '課などの所属。登録ずみの所属の名前から選びます。'
    EXAMPLE: ClassVar[str] = '{name: 担当課, type: section, default: \'"道路管理課"\'}'

    def parse(self, raw: Value, around: Surroundings) -> Parsed:
        typed = typed_text(raw)
        if typed is None:
            return self.refused('not_text')
        text = one_line(typed)
        if not text:
            return Parsed()
        name = around.section_name(text)
        return self.refused('unknown_section', value=text[:30]) if name is None else Parsed(name)
