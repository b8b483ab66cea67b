"""What an operation answers: what was saved, or why nothing was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forms.change_rules import SameOffer
from forms.field import Value
from forms.message import Message
from forms.submission import Note


@dataclass(frozen=True, slots=True)
class Saved:
    """The record after the commit. values: as stored, without the reserved keys.

    notes: conversions worth telling. offers: the same change for other records (the same household).
    """

    app: str
    id: str
    rev: int
    values: Mapping[str, Value]
    title: str = ''
    notes: tuple[Note, ...] = ()
    offers: tuple[SameOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that both sides changed, or that one side did.

    merged: the rows of both, when they changed different rows or cells of one table; else None.
    """

    yours: Value
    theirs: Value
    before: Value
    merged: Value = None


@dataclass(frozen=True, slots=True)
class Clash:
    """The record as it is now, and the fields in which it and the refused change differ from what the person had seen.

    mergeable: both sides changed different fields, or different rows of a table, so sending the same change again with
    `rev`, and `merged` in place of `yours` where there is one, loses nothing.
    """

    rev: int
    values: Mapping[str, Value]
    fields: Mapping[str, Difference] = field(default_factory=dict)
    mergeable: bool = False


KINDS = (
    'unauthorized',
    'invalid',
    'reused',
    'conflict',
    'forbidden',
    'not_found',
    'closed',
    'too_large',
    'unsupported',
    'not_json',
    'wrong_method',
    'no_revision',
    'too_many',
    'unknown_outcome',
    'not_stored',
)


MEANWHILE = 'ほかの人が先に変更しました。新しい内容を見て、もう一度行ってください。'
"""What people read of a conflict, whichever way their change came."""


class Refused(Exception):
    """Nothing was changed (for 'unknown_outcome': nobody can say, and sending again with the same id is safe).

    kind: one of KINDS. messages: per field, in form order. current: set for 'conflict'.
    """

    def __init__(
        self, kind: str, messages: Iterable[Message] = (), *, detail: str = '', current: Clash | None = None
    ) -> None:
        self.kind = kind
        self.messages = tuple(messages)
        told = ' '.join(each.text for each in self.messages)
        self.detail = detail or told or (MEANWHILE if kind == 'conflict' else '')
        self.current = current
        super().__init__(f'{kind}: {self.detail}')
