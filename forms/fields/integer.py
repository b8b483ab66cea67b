"""A whole number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from forms.field import field_type
from forms.fields.number import Number


@field_type('integer', title='整数')
@dataclass(frozen=True, slots=True, kw_only=True)
class Integer(Number):
    TAKES: ClassVar[str] = (
        '小数のない数。全角の数字、コンマ、△(マイナス)も読みます。'
        '「3人」のように単位が付いていてもかまいません。'
    )
    EXAMPLE: ClassVar[str] = '{name: 人数, type: integer, min: 1, max: 4, unit: 人}'
