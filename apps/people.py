"""Who acts, and what they may do: persons, roles, and the one question every path asks before it reads or writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apps.clock import TOKYO
from apps.scopes import Reach
from forms.capabilities.permissions.words import ROLE_NAMES, VERB_NAMES
from forms.capability import Moment

if TYPE_CHECKING:
    from forms.definition import AppDefinition

ROLES = ROLE_NAMES
"""Role -> what people call it."""

DEEDS = VERB_NAMES
"""What a definition can permit, in its own words -> what people call it."""

_NAMED_ONLY = frozenset({'administrator', 'contractor'})

_ANY_TIME = datetime(2000, 1, 1, tzinfo=TOKYO)
"""Permissions do not depend on the time of day."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who acts. account: permanent id; sections: names as in the directory.

    reach: the limits of the API token by which they came, None for somebody at a screen.
    """

    account: str
    name: str
    roles: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    reach: Reach | None = None

    def moment(self, now: datetime, opened_at: datetime | None = None) -> Moment:
        """This person acting at `now`."""
        outside = is_outside(self)
        return Moment(now, self.account, self.name, self.sections, self.roles, opened_at, outside=outside)


SYSTEM = Person('system', '自動処理')
"""Who does what the program or the command line does. Follow-ups are made by the person whose save caused them."""


PUBLIC = Person('public', '申込者')
"""Whoever fills in a public form. Such a person may do nothing but what `Operations.apply` and `take_back` allow."""


THROUGH_LINK = 'link/'
"""Before the id of the link by which somebody outside answers a task (apps/reply_links.py); no account begins so."""


def is_outside(person: Person) -> bool:
    """Whether it is somebody without an account, who may do nothing but what one operation lets them."""
    return person is PUBLIC or person.account.startswith(THROUGH_LINK)


def may(person: Person, definition: AppDefinition, deed: str) -> bool:
    """Whether `person` may do `deed` (a key of DEEDS) in this app at all.

    An app without `permissions` is open to the office, except for changing its definition; not to contractors, and not
    to who looks after accounts only.
    """
    if person is SYSTEM:
        return True
    if is_outside(person):
        return False
    if person.reach is not None and not person.reach.allows(definition.name, deed):
        return False
    permissions: Any = definition.capabilities.get('permissions')
    if permissions is None:
        return 'leader' in person.roles if deed == 'define' else not _named_only(person)
    return bool(permissions.allows(person.moment(_ANY_TIME), deed))


def _named_only(person: Person) -> bool:
    """Whether this person has no role, or only such that open no app by themselves: a rule must name them."""
    return {*person.roles} <= _NAMED_ONLY
