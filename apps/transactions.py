"""The only place in the house that opens a transaction on the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from apps.outcome import Clash, Difference, Refused
from apps.people import Person
from forms.row_merge import is_table, merged_rows
from storage import Store, Tx
from storage.errors import Conflict, NotFound, NotStored, OutcomeUnknown, RequestReused, Stopped

Work = Callable[[Tx], Any]


class Transactions:
    """Runs functions in a transaction and turns what the store refuses into Refused.

    A function may run again, so it must change nothing outside its transaction; what it returns must be JSON, and is
    what a request id gets when it is sent a second time.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self, work: Work, *, by: Person, request_id: str = '', reason: str = '') -> Any:
        """What `work` returned, committed and synced. Raises Refused."""
        with refusals():
            return await self._store.commit(work, actor=by.account, request_id=request_id, reason=reason)

    def run_blocking(self, work: Work, *, by: Person, request_id: str = '', reason: str = '') -> Any:
        """The same for commands and threads, where no loop runs."""
        with refusals():
            return self._store.commit_blocking(work, actor=by.account, request_id=request_id, reason=reason)

    def soon(self, work: Work, *, by: Person, reason: str = '') -> Future[Any]:
        """The same for what nobody waits for: done at the latest when the store is closed.

        Raises Stopped; the future tells every other failure as the store does.
        """
        return self._store.commit_soon(work, actor=by.account, request_id='', reason=reason)


@contextmanager
def refusals() -> Iterator[None]:
    """What the store refuses, as Refused; also around a part of a transaction."""
    try:
        yield
    except Conflict as conflict:
        raise Refused('conflict', current=clash(conflict)) from conflict
    except NotFound as error:
        raise Refused('not_found', detail='このレコードはありません。削除されたのかもしれません。') from error
    except RequestReused as error:
        detail = 'この送信は、別の人がすでに行っています。画面を開き直してください。'
        raise Refused('forbidden', detail=detail) from error
    except OutcomeUnknown as error:
        raise Refused('unknown_outcome') from error
    except (NotStored, Stopped) as error:
        raise Refused('not_stored') from error


def clash(conflict: Conflict) -> Clash | None:
    """Both sides of a conflict, as people can read them; None when the record is gone."""
    if conflict.current is None:
        return None
    names = [name for name in {**conflict.theirs, **conflict.mine} if not name.startswith('_')]
    fields = {name: _difference(conflict, name) for name in names}
    overlapping = [name for name in conflict.overlapping if not name.startswith('_')]
    mergeable = all(fields[name].merged is not None for name in overlapping)
    return Clash(conflict.current.rev, told(conflict.current), fields, mergeable)


def _difference(conflict: Conflict, name: str) -> Difference:
    theirs = conflict.theirs.get(name)
    mine = conflict.mine.get(name)
    before = (theirs or mine or (None, None))[0]
    merged = _rows_of_both(before, mine[1], theirs[1]) if mine and theirs and mine[1] != theirs[1] else None
    return Difference(mine[1] if mine else before, theirs[1] if theirs else before, before, merged)


def _rows_of_both(before: Any, mine: Any, theirs: Any) -> Any:
    sides = [before or [], mine or [], theirs or []]
    return merged_rows(*sides) if all(not side or is_table(side) for side in sides) else None


def told(record: dict[str, Any]) -> dict[str, Any]:
    """A stored record without the reserved keys."""
    return {name: value for name, value in record.items() if not name.startswith('_')}
