"""A public form as it stands at a moment: whether it is open, and what it says of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.public.form.words import words
from forms.capabilities.period import Period, told
from forms.capabilities.public_form import PublicForm
from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A public form as it stands at a moment."""

    definition: AppDefinition
    form: PublicForm
    now: datetime

    @property
    def address(self) -> str:
        return self.form.address or self.definition.name

    @property
    def title(self) -> str:
        return self.definition.title

    @property
    def period(self) -> Period | None:
        found = self.definition.capabilities.get('period')
        return found if isinstance(found, Period) else None

    @property
    def is_open(self) -> bool:
        return self.period is None or self.period.is_open(self.now)

    @property
    def is_over(self) -> bool:
        return self.period is not None and self.period.is_closed(self.now)

    def asks(self, *types: str) -> bool:
        """Whether the form asks anything of these field types."""
        fields = self.definition.fields
        return any(fields[name].TYPE in types for name in self.form.asked(self.definition))

    def intro(self, easy: bool) -> str:
        return (easy and self.form.easy_intro) or self.form.intro

    def period_text(self, *, easy: bool) -> str:
        """Until when, from when, or since when no longer; '' for a form without a period."""
        said, period = words(easy), self.period
        if period is not None and period.opens and self.now < period.opens:
            return said.not_open_yet.format(opens=told(period.opens))
        if period is not None and period.closes:
            text = said.closed if self.is_over else said.until
            return text.format(closes=told(period.closes))
        return ''
