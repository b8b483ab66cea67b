"""How far an event has come: for one record, for all of them, and what would be sent now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.outbox.drafts import Draft
from apps.outbox.notice import Notice
from forms.capabilities.notices import NoticeText


@dataclass(frozen=True, slots=True)
class Standing:
    """One record that an event concerns. notice: None while nothing was sent. state: a key of `STATES`."""

    record: str
    title: str
    state: str
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class EventStanding:
    """One text of an app and how many records stand where. counts: key of `STATES` -> number, only those there are."""

    text: NoticeText
    counts: Mapping[str, int]
    not_before: str = ''


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent at this moment. version: of the definition whose texts these are."""

    app: str
    event: str
    version: str
    drafts: Sequence[Draft]

    @property
    def by_mail(self) -> list[Draft]:
        return [each for each in self.drafts if not each.no_mail]

    @property
    def without_mail(self) -> list[Draft]:
        return [each for each in self.drafts if each.no_mail]


@dataclass(frozen=True, slots=True)
class Queued:
    """What became of a preview that was sent. left_out: records that changed or got their notice meanwhile."""

    count: int
    left_out: int
