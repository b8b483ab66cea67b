"""A link by which somebody outside answers one task: how it is kept, and who it is that comes by it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from apps.people import THROUGH_LINK, Person

LINKS = '_reply_links'
OPEN, ANSWERED, WITHDRAWN = 'open', 'answered', 'withdrawn'
TOLD = timedelta(days=30)
"""So long after its end a link still says what became of it; afterwards it is like one that never was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLink:
    """id: a digest of the token, which itself is kept nowhere. name: of whom it was made for. moments: stored form."""

    id: str
    app: str
    record: str
    name: str
    made_at: str
    made_by: str
    ends_at: str
    state: str = OPEN
    settled_at: str = ''

    @property
    def person(self) -> Person:
        """Whoever comes by it."""
        return Person(f'{THROUGH_LINK}{self.id}', called(self.name))

    def is_open(self, now: datetime) -> bool:
        return self.state == OPEN and now <= datetime.fromisoformat(self.ends_at)

    def is_told(self, now: datetime) -> bool:
        """Whether it still says what became of it."""
        return now <= datetime.fromisoformat(self.settled_at or self.ends_at) + TOLD

    def kept(self) -> dict[str, Any]:
        """As the store takes it."""
        return {name: value for name, value in asdict(self).items() if name != 'id' and value}


def link_of(doc: Any) -> KeptLink:
    """A kept link."""
    known = {each.name for each in fields(KeptLink)} - {'id'}
    return KeptLink(id=doc.doc_id, **{name: value for name, value in doc.items() if name in known})


def new_token() -> str:
    """192 bits: nobody guesses it."""
    return secrets.token_urlsafe(24)


def id_of(token: str) -> str:
    """Under which the link of a token is kept; from it nobody comes to the token."""
    return hashlib.sha256(token.encode()).hexdigest()[:40]


def called(name: str) -> str:
    """How the history calls somebody who came by a link."""
    return f'{name or "委託先"}(リンク)'


def name_in(kept: Mapping[str, Any]) -> str:
    """The same for a link as it is kept."""
    return called(str(kept.get('name', '')))
