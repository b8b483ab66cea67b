"""A submission that arrives twice under one request id: the same answer again, and never the answer to another one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from apps.outcome import Refused, Saved
from apps.transactions import told
from forms.change_rules import SameOffer
from forms.submission import Note
from storage import Doc, Store

if TYPE_CHECKING:
    from apps.operations.hall import Hall
    from apps.people import Person

ASKED = 'asked'
"""Key under which the answer of a transaction keeps what had been asked."""


def digest(*asked: Any) -> str:
    """What is asked, in a few letters that tell nothing of it."""
    text = json.dumps(asked, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def refuse_another(answer: Mapping[str, Any], asked: str) -> None:
    """Raise Refused when the answer that was kept under the request id belongs to something else."""
    if answer.get(ASKED, asked) != asked:
        detail = 'この送信の番号(request_id)は、別の内容ですでに使われています。新しい番号で送ってください。'
        raise Refused('reused', detail=detail)


def then(store: Store, answer: Mapping[str, Any]) -> Doc | None:
    """The record as it was when the answer was first given, None when that was a removal or it was erased since."""
    app, record_id, rev = answer['app'], answer['id'], answer.get('rev')
    found = store.get(app, record_id)
    if rev is None or (found is not None and found.rev == rev):
        return found
    made = next((each for each in store.history(app, record_id) if each.rev == rev), None)
    return store.as_of(made.seq).get(app, record_id) if made is not None else None


def saved(store: Store, hall: Hall, answer: Mapping[str, Any], by: Person) -> Saved:
    """The record after the commit as `by` may read it; rev 0 and no values when it is gone."""
    found = then(store, answer)
    values: Mapping[str, Any] = {}
    if found is not None:
        values = told(hall.sight(hall.catalogue.get(answer['app']), by).told(found))
    return Saved(
        answer['app'],
        answer['id'],
        found.rev if found is not None else 0,
        values,
        answer['title'],
        tuple(Note(*note) for note in answer.get('notes', ())),
        tuple(SameOffer(*offer) for offer in answer.get('offers', ())),
    )
