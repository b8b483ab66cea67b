"""What a caller may do inside one transaction; every change becomes a line of the history."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import apsw
import orjson
from tinydb.queries import QueryLike

from storage import attachments, claims, erase, history, numbers, page, reduced, take_out, text_index
from storage.blobs import Blobs
from storage.content import State, decode, difference, encode, forward, pairs, stored
from storage.errors import Conflict, NotFound
from storage.history import Chain
from storage.ids import new_id
from storage.record import ANY, Doc, Page
from storage.selection import select

ANSWER_BYTES = 64_000


class Tx:
    """One caller's transaction. Reads see its own writes. Gone after the function returned."""

    def __init__(self, db: apsw.Connection, blobs: Blobs, now: datetime, actor: str, reason: str) -> None:
        self._db, self._blobs = db, blobs
        self.now, self.actor, self.reason = now, actor, reason
        self._lines: list[tuple[history.What, dict[str, Any]]] = []
        self._revs: dict[tuple[str, str], int] = {}
        self._numbers: dict[str, int | None] = {}
        self._claims: list[list[str]] = []
        self._unused: set[str] = set()

    # --- reading

    def get(self, coll: str, id: str) -> Doc | None:
        row = self._row(coll, id)
        return None if row is None else Doc(decode(row[2]), id, row[1], coll)

    def find(  # noqa: PLR0913  # what a list can ask for
        self,
        coll: str,
        where: QueryLike | None = None,
        *,
        text: str = '',
        sort: page.Sort = (),
        limit: int | None = 50,
        after: str | None = None,
        offset: int = 0,
        fields: Sequence[str] | None = None,
    ) -> Page:
        window = page.Window(sort, limit, after, offset, fields)
        return page.page(self._db, coll, select(self._db, coll, where, text), window)

    def last_number(self, series: str) -> int | None:
        return self._numbers[series] if series in self._numbers else numbers.last(self._db, series)

    def search_text(self, coll: str, id: str) -> str:
        """The search text stored with a document, '' when there is none."""
        row = self._row(coll, id)
        return '' if row is None else text_index.of(self._db, row[0])

    # --- writing

    def new_id(self) -> str:
        """An id for a document that is about to be put, when others are to know it first."""
        made = new_id(self.now)
        self._unused.add(made)
        return made

    def put(
        self, coll: str, doc: Mapping[str, Any], id: str | None = None, if_rev: int | None = None, search: str = ''
    ) -> Doc:
        """Store a whole document and return it as stored.

        `if_rev` None: the document must be new; a number: it must be at this revision; ANY: whatever is there.
        `search` is its search text, already normalised; nothing changes when document and search text are the same.
        """
        text, new = stored(doc)
        row = None if id is None or id in self._unused else self._row(coll, id)
        if row is None:
            if if_rev is not None and if_rev != ANY:
                raise Conflict(coll, id or '', if_rev, None, {}, {})
            return self._insert(coll, new, text, id, search)
        if if_rev != ANY and if_rev != row[1]:
            raise self._conflict(coll, str(id), if_rev, row, lambda _: new)
        return self._update(coll, str(id), row, new, search)

    def patch(  # noqa: PLR0913  # two of them only by name
        self,
        coll: str,
        id: str,
        fields: Mapping[str, Any],
        if_rev: int | None,
        *,
        remove: Collection[str] = (),
        search: str | None = None,
    ) -> Doc:
        """Set some fields, take others away. `if_rev` None or ANY: at whatever revision. `search` None: as it was."""
        _, added = stored(fields)

        def patched(state: State) -> State:
            return {**{name: value for name, value in state.items() if name not in remove}, **added}

        row = self._row(coll, id)
        if row is None:
            raise NotFound(f'{coll}/{id}')
        if if_rev is not None and if_rev not in (ANY, row[1]):
            raise self._conflict(coll, id, if_rev, row, patched)
        return self._update(coll, id, row, patched(decode(row[2])), search)

    def delete(self, coll: str, id: str, if_rev: int | None, reason: str = '') -> None:
        """Remove a document; its history, its number and its attachments stay. `if_rev` as in `patch`."""
        row = self._row(coll, id)
        if row is None:
            raise NotFound(f'{coll}/{id}')
        n, rev, text = row
        if if_rev is not None and if_rev not in (ANY, rev):
            raise self._conflict(coll, id, if_rev, row, lambda base: base)
        self._note(coll, id, rev + 1, 'delete', {'-': decode(text), **({'why': reason} if reason else {})})
        text_index.replace(self._db, n, '')
        self._db.execute('DELETE FROM doc WHERE n = ?', (n,))

    def number(self, series: str, start: int = 1) -> int:
        """The next number of the series, given back when the transaction fails."""
        last = self.last_number(series)
        value = start if last is None else last + 1
        self._numbers[series] = value
        return value

    def set_number(self, series: str, last: int | None) -> None:
        """Continue the series after `last`, or let it begin anew with None (taking over numbers from elsewhere)."""
        self._numbers[series] = last

    def attach(self, coll: str, id: str, blob: str) -> None:
        """Name a saved blob as belonging to a document. FileNotFoundError when it was not saved before."""
        self._blobs.path(blob)
        if attachments.attach(self._db, coll, id, blob):
            self._claims.append(['attach', coll, id, blob])

    def detach(self, coll: str, id: str, blob: str) -> None:
        attachments.detach(self._db, coll, id, blob)
        self._claims.append(['detach', coll, id, blob])

    def claim(self, scope: str, value: str, id: str) -> str | None:
        """Take `value` for `id` within `scope`. The id that already holds it, or None when it is ours now."""
        holder = claims.claim(self._db, scope, value, id)
        if holder is None:
            self._claims.append(['claim', scope, value, id])
        return None if holder == id else holder

    def release(self, scope: str, id: str) -> None:
        """Give back everything `id` holds within `scope`."""
        claims.release(self._db, scope, id)
        self._claims.append(['release', scope, id])

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What is done inside is undone when an exception leaves it; the transaction itself can go on."""
        lines, claims, numbers_then = len(self._lines), len(self._claims), dict(self._numbers)
        self._db.execute('SAVEPOINT inner')
        try:
            yield
        except BaseException:
            self._db.execute('ROLLBACK TO inner')
            for (coll, id, rev, _), _ in reversed(self._lines[lines:]):
                self._revs[coll, id] = rev - 1
            del self._lines[lines:], self._claims[claims:]
            self._numbers = numbers_then
            raise
        finally:
            if self._db.in_transaction:
                self._db.execute('RELEASE inner')

    def erase(self, coll: str, id: str, orphans: list[str]) -> bool:
        """Erase a document and its past; `orphans` gets the blobs nobody names any more. Called by `storage.erase`."""
        self._write_numbers()
        kept = erase.from_tables(self._db, coll, id, orphans)
        if kept is None:
            return False
        body = {key: kept[key] for key in ('n', 'c', reduced.VOUCHES)}
        self._note(coll, id, kept['rev'], 'erase', body)
        return True

    def take_out(
        self, coll: str, id: str, gone: take_out.Gone, orphans: list[str], *, search: str | None = None
    ) -> bool:
        """Take fields out of a document, living or deleted, and out of its past; whether there was anything of them.

        `search`: the search text of what is left; None leaves it where nothing leaves the document, and empties it
        otherwise. `orphans` gets the blobs nobody names any more. `storage.erase.finish` is called afterwards.
        """
        self._write_numbers()
        body = take_out.from_tables(self._db, coll, id, gone, search=search, orphans=orphans)
        if body is None:
            return False
        self._note(coll, id, self._last_rev(coll, id) + 1, take_out.OP, body)
        return True

    # --- the end of the transaction, called by the writer

    def finish(self, chain: Chain, at: str, request: str, answer: str) -> None:
        """Write what was put off until here: numbers, trigrams and the history."""
        self._write_numbers()
        text_index.catch_up(self._db)
        if self._numbers or self._claims:
            if not self._lines:
                self._note('', '', 0, 'note', {})
            body = self._lines[-1][1]
            body['n'] = {**body.get('n', {}), **self._numbers}
            body['c'] = [*body.get('c', ()), *self._claims]
        row = (at, self.actor, request, answer, chain.seq + len(self._lines))
        self._db.execute('INSERT INTO tx (at, actor, request, answer, seq) VALUES (?,?,?,?,?)', row)
        who = (self._db.last_insert_rowid(), at, self.actor, request)
        for what, body in self._lines:
            if self.reason:
                body.setdefault('why', self.reason)
            self._db.execute(history.INSERT, chain.add(who, what, body))

    # --- helpers

    def _write_numbers(self) -> None:
        for series, last in self._numbers.items():
            numbers.restore(self._db, series, last)

    def _row(self, coll: str, id: str) -> tuple[int, int, str] | None:
        return self._db.execute('SELECT n, rev, body FROM doc WHERE coll = ? AND id = ?', (coll, id)).fetchone()

    def _insert(self, coll: str, state: State, text: str, id: str | None, search: str) -> Doc:
        rev = 1 if id is None or id in self._unused else self._last_rev(coll, id) + 1
        id = id or new_id(self.now)
        self._unused.discard(id)
        self._db.execute('INSERT INTO doc (coll, id, rev, body) VALUES (?,?,?,?)', (coll, id, rev, text))
        text_index.put(self._db, self._db.last_insert_rowid(), search)
        self._note(coll, id, rev, 'insert', {'+': state, **({'s': search} if search else {})})
        return Doc(state, id, rev, coll)

    def _update(self, coll: str, id: str, row: tuple[int, int, str], state: State, search: str | None) -> Doc:
        n, rev, text = row
        removed, added = difference(decode(text), state)
        reworded = search is not None and text_index.replace(self._db, n, search)
        if not (removed or added or reworded):
            return Doc(state, id, rev, coll)
        state = forward(decode(text), removed, added)
        self._db.execute('UPDATE doc SET rev = ?, body = ? WHERE n = ?', (rev + 1, encode(state), n))
        body = {'-': removed, '+': added, **({'s': search} if reworded else {})}
        self._note(coll, id, rev + 1, 'update', body)
        return Doc(state, id, rev + 1, coll)

    def _note(self, coll: str, id: str, rev: int, op: str, body: dict[str, Any]) -> None:
        self._lines.append(((coll, id, rev, op), body))
        self._revs[coll, id] = rev

    def _last_rev(self, coll: str, id: str) -> int:
        """Revisions are never used again, not even after a deletion."""
        row = self._db.execute('SELECT max(rev) FROM change WHERE coll = ? AND id = ?', (coll, id)).fetchone()
        return max(self._revs.get((coll, id), 0), (row and row[0]) or 0)

    def _conflict(
        self, coll: str, id: str, if_rev: int | None, row: tuple[int, int, str], wish: Callable[[State], State]
    ) -> Conflict:
        """What they changed since `if_rev`, and what we wanted to change as seen from there."""
        current = Doc(decode(row[2]), id, row[1], coll)
        if if_rev is None:
            return Conflict(coll, id, if_rev, current, {}, {})
        base = history.undo(current, history.of_document(self._db, coll, id, if_rev)[::-1]) or {}
        theirs, mine = pairs(*difference(base, current)), pairs(*difference(base, wish(base)))
        return Conflict(coll, id, if_rev, current, theirs, mine)


def kept(answer: object) -> str:
    """The answer of a transaction as it is stored, for whoever sends the same request again."""
    text = orjson.dumps(answer)
    if len(text) > ANSWER_BYTES:
        raise ValueError(f'the answer of a transaction is kept: {ANSWER_BYTES} bytes at most, this one has {len(text)}')
    return text.decode()
