"""Who may do what with the records of an app: which deeds, on which records, and which fields are withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from forms.capabilities.permissions.contradictions import contradictions, readable_elsewhere
from forms.capabilities.permissions.rule import ROLES, VERBS, Permission, Who
from forms.capability import Capability, FormulaSetting, Moment, capability
from forms.field import FormulaText, setting
from forms.problems import Problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

__all__ = ['ROLES', 'VERBS', 'Permission', 'Permissions', 'Who']


@capability('permissions', title='権限')
@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions(Capability):
    """Whatever no rule permits is refused, to administrators too: they look after accounts, not after records."""

    LIST: ClassVar[str] = 'rules'

    rules: tuple[Permission, ...] = setting(
        (), label='権限', help='だれに何をさせるか。書かれていないことは、システム管理者にもできません。'
    )

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for index, rule in enumerate(self.rules):
            if rule.condition:
                yield FormulaSetting((index, 'records'), FormulaText(rule.condition), 'boolean')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        return contradictions(self.rules, definition)

    def warnings(self, definition: AppDefinition) -> Iterable[Problem]:
        return readable_elsewhere(self.rules, definition)

    def allows(self, moment: Moment, verb: str) -> bool:
        """Whether this person may do that with records of the app at all. verb: one of `VERBS`."""
        return any(verb in rule.can for _, rule in self.about(moment))

    def about(self, moment: Moment) -> Iterator[tuple[int, Permission]]:
        """The rules about this person, with their place in the list (for their formulas)."""
        return ((index, rule) for index, rule in enumerate(self.rules) if rule.who.is_(moment))
