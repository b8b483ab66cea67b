"""Through whose eyes an app is looked at, as it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.people import ROLES, Person

if TYPE_CHECKING:
    from apps.accounts import Accounts

NOBODY = 'preview'
"""The account of somebody who is only a role: no record was made by it or waits with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An account, or a role with a section; nothing chosen yet when all are ''."""

    account: str = ''
    role: str = ''
    section: str = ''

    def person(self, accounts: Accounts) -> Person | None:
        """Whoever is meant; None when nobody is, or nobody such is there."""
        if self.account:
            found = accounts.get(self.account)
            return found.person if found is not None else None
        if self.role not in ROLES:
            return None
        sections = (self.section,) if self.section else ()
        return Person(NOBODY, f'{self.section}の{ROLES[self.role]}' if self.section else ROLES[self.role],
                      (self.role,), sections)  # fmt: skip
