"""What became of a bulk act: how many records changed, how many were so already, and why the others were refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from apps.operations.world import title_of
from apps.outcome import Refused
from forms.message import Message

if TYPE_CHECKING:
    from apps.operations.save import Task
    from storage import Tx

_TOLD = 100
"""Refused records that are kept under a request id; the count is always whole."""


class Making(NamedTuple):
    """The transaction of a bulk act, and how the task over one of its records is made. Raises Refused 'not_found'."""

    tx: Tx
    task_on: Callable[[str], Task]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record that does not pass. title: what people call it, its id when it has no name or may not be seen."""

    id: str
    title: str
    kind: str
    detail: str
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """changed: records that are (or would be) different; same: those that need no change; refused: the rest.

    refused_count: of an act sent a second time only the first hundred refusals are still known.
    """

    changed: int = 0
    same: int = 0
    refused: tuple[Refusal, ...] = ()
    more_refused: int = 0

    @property
    def refused_count(self) -> int:
        return len(self.refused) + self.more_refused

    def plus(self, other: BulkOutcome) -> BulkOutcome:
        return BulkOutcome(self.changed + other.changed, self.same + other.same, (*self.refused, *other.refused))

    def answer(self) -> dict[str, Any]:
        """What the store keeps under the request id."""
        kept = [{**asdict(each), 'title': each.id} for each in self.refused[:_TOLD]]
        return {'changed': self.changed, 'same': self.same, 'refused': kept, 'more': len(self.refused) - len(kept)}

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> BulkOutcome:
        refused = [
            Refusal(**{**each, 'messages': tuple(Message(**one) for one in each['messages'])})
            for each in answer['refused']
        ]
        return cls(answer['changed'], answer['same'], tuple(refused), answer['more'])

    def as_refused(self) -> Refused:
        """All or nothing, and it is nothing: every message with its record before the path."""
        kinds = {each.kind for each in self.refused}
        messages = [
            Message(f'{each.id}.{one.path}' if one.path else each.id, one.code, one.text)
            for each in self.refused
            for one in each.messages
        ]
        reasons = list(dict.fromkeys(each.detail for each in self.refused))[:3]
        detail = f'{self.refused_count:,}件を変更できないため、何も変更していません。{" ".join(reasons)}'
        return Refused(kinds.pop() if len(kinds) == 1 else 'invalid', messages, detail=detail)


def refusal_of(record_id: str, task: Task | None, refused: Refused) -> Refusal:
    """The record is called by its title as far as this person may read that."""
    return Refusal(record_id, _title(task) or record_id, refused.kind, refused.detail, refused.messages)


def _title(task: Task | None) -> str:
    if task is None or task.old is None:
        return ''
    sight = task.world.sight(task.definition)
    return title_of(task.definition, sight.told(task.old), task.world) if sight.sees(task.old) else ''
