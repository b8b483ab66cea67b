"""What the API answers: a saved record, a refusal, and who is asking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from apps.api.problem import problem_response
from apps.outcome import Clash, Refused, Saved
from apps.people import Person
from apps.rate_limits import TooMany


def person_of(request: Request) -> Person:
    """Who is signed in, or whose token it is. The wall lets nobody else through to an address that asks.

    A token opens only addresses that say which scope they need (apps/api/described.py).
    """
    person: Person | None = request.state.person
    if person is None:
        raise Refused('unauthorized', detail='サインインしてください。')
    if person.reach is not None and not hasattr(request.state, 'scope'):
        raise Refused('forbidden', detail='このアドレスはAPIトークンでは使えません。')
    return person


def saved_json(saved: Saved, offers: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """A record after a save, as the entry form and programs read it. offers: see apps/reading/same_changes.py."""
    return {
        'id': saved.id,
        'rev': saved.rev,
        'values': saved.values,
        'title': saved.title,
        'notes': [{'path': each.path, 'text': each.text} for each in saved.notes],
        'offers': list(offers),
        'url': f'/apps/{saved.app}/records/{saved.id}',
    }


def refusal_response(refused: Refused) -> JSONResponse:
    """A refusal as problem details."""
    more = clash_json(refused.current) if refused.kind == 'conflict' else {}
    if isinstance(refused, TooMany):
        more = {'retry_after': refused.seconds}
    return problem_response(refused.kind, refused.detail, refused.messages, **more)


def clash_json(clash: Clash | None) -> dict[str, Any]:
    """Both sides of a conflict; current is None when the record is gone."""
    if clash is None:
        return {'current': None, 'fields': {}, 'mergeable': False}
    return {
        'current': {'rev': clash.rev, 'values': clash.values},
        'fields': {
            name: {
                'yours': each.yours,
                'theirs': each.theirs,
                'before': each.before,
                **({'merged': each.merged} if each.merged is not None else {}),
            }
            for name, each in clash.fields.items()
        },
        'mergeable': clash.mergeable,
    }
