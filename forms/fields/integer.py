"""A whole number."""

from __future__ import annotations

from dataclasses import dataclass

from forms.field import field_type
from forms.fields.number import Number


@field_type('integer', title='整数')
@dataclass(frozen=True, slots=True, kw_only=True)
class Integer(Number):
    pass
