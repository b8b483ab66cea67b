"""The store as callers see it: documents in, documents out, every write a transaction with a name and a request id."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import apsw
import orjson
from tinydb.queries import QueryLike

from storage import attachments, columns, history, indexes, numbers, page, summary
from storage.blobs import Blobs
from storage.content import decode
from storage.errors import Conflict, Damaged, NotFound, NotStored, OutcomeUnknown, RequestReused, Stopped, StorageError
from storage.feed import Feed
from storage.found_texts import FoundTexts
from storage.history import Chain
from storage.indexes import Indexes
from storage.leading import Asked, count_through_index, ordered, through_index
from storage.past import View
from storage.record import ANY, ARRIVAL, Change, Doc, Page
from storage.scratch import Scratch
from storage.selection import Selection, select
from storage.sqlite import Readers, close, connect_writer
from storage.tx import Tx, kept
from storage.witness import Witness, compare
from storage.writer import Writer

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    'ANY',
    'ARRIVAL',
    'Change',
    'Conflict',
    'Damaged',
    'Doc',
    'NotFound',
    'NotStored',
    'OutcomeUnknown',
    'Page',
    'RequestReused',
    'Stopped',
    'StorageError',
    'Store',
    'Tx',
    'View',
]

T = TypeVar('T')

TOKYO = ZoneInfo('Asia/Tokyo')


def now_in_tokyo() -> datetime:
    return datetime.now(TOKYO)


class Store:
    """The records of one city, in one folder. Safe to use from many threads, and beside another process."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], witness: Path | None, vfs: str | None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.file, self.clock, self.vfs = folder, folder / 'city.db', clock, vfs
        self.witness = Witness(witness or folder / 'witness.log')
        db = connect_writer(self.file, vfs=vfs)
        try:
            compare(db, self.witness)
        except BaseException:
            close(db, as_it_lies=True)
            raise
        self._readers = Readers(self.file, vfs)
        self._feed = Feed(self._readers)
        self._writer = Writer(db, self.witness, self._feed.tell)
        self._indexes, self._texts = Indexes(self._writer.wait), FoundTexts()
        self.blobs = Blobs(folder / 'blobs', self._named_blobs)
        self.scratch = Scratch(self._writer, self._readers, clock)

    def close(self) -> None:
        """Finish what was accepted and let go of the files."""
        self._writer.close()
        self._readers.close()
        self._feed.close()

    def __enter__(self) -> 'Store':
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def stopped(self) -> str | None:
        """Why nothing is accepted any more, None while all is well."""
        return self._writer.stopped

    @property
    def warning(self) -> str | None:
        """What needs attention although the store goes on."""
        return self._writer.warning or (self.witness.error and f'the witness: {self.witness.error}')

    # --- reading

    def get(self, coll: str, id: str) -> Doc | None:
        with self._readers.lend() as db:
            row = db.execute('SELECT rev, body FROM doc WHERE coll = ? AND id = ?', (coll, id)).fetchone()
        return None if row is None else Doc(decode(row[1]), id, row[0], coll)

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
        """A page of documents.

        `text`: every word in it occurs in the search text. `sort`: (field, descending), ARRIVAL as the field for the
        order of arrival; what is missing or null comes first, numbers before text. `limit` None: all. `after`: a page's
        cursor. `offset`: how many to skip, for jumping to page n. `fields`: only these.
        """
        with self._readers.lend(still=bool(text)) as db:
            window = page.Window(sort, limit, after, offset, fields)
            asked = Asked(coll, where, text, ordered(sort), all=limit is None)
            return self._through_index(db, asked, lambda one: page.page(db, coll, one, window))

    def columns(
        self, coll: str, where: QueryLike | None, fields: Sequence[str], *, text: str = '', sort: page.Sort = ()
    ) -> list[tuple[Any, ...]]:
        """These fields of every match, each row with the number of its document (see `arrived`) before them.

        Objects and lists come as JSON text.
        """
        with self._readers.lend(still=bool(text)) as db:
            asked = Asked(coll, where, text, (*fields, *ordered(sort)), all=True)
            return self._through_index(db, asked, lambda one: columns.columns(db, one, fields, sort))

    def arrived(self, coll: str, numbers: Sequence[int]) -> dict[int, Doc]:
        """The documents by these numbers, in this order; those that are gone by now are left out."""
        with self._readers.lend() as db:
            return columns.arrived(db, coll, numbers)

    def count(self, coll: str, where: QueryLike | None = None, *, text: str = '') -> int:
        with self._readers.lend(still=bool(text)) as db:
            asked = Asked(coll, where, text, all=True)
            return count_through_index(db, asked, self._indexes.of(coll), self._texts)

    def group(
        self,
        coll: str,
        where: QueryLike | None,
        by: Sequence[summary.By],
        agg: summary.Agg = 'count',
        *,
        text: str = '',
    ) -> list[tuple[Any, ...]]:
        """Rows of (key, ..., value) in the order of the keys.

        `by`: field names, or (field, 'day' | 'month' | 'year' | 'fiscal_year'), or (field, 'each') for lists of
        choices, where a document counts once for each.
        `agg`: 'count', or ('sum' | 'min' | 'max' | 'avg', field).
        """
        with self._readers.lend(still=bool(text)) as db:
            fields = tuple(one if isinstance(one, str) else one[0] for one in by)
            asked = Asked(coll, where, text, fields, all=True)
            return self._through_index(db, asked, lambda one: summary.group(db, one, by, agg))

    def frame(self, coll: str, where: QueryLike | None = None, fields: Sequence[str] = ()) -> 'pd.DataFrame':
        """All matching documents, indexed by id, values as stored (None where missing). No fields: every field."""
        with self._readers.lend() as db:
            return summary.frame(db, select(db, coll, where), fields)

    def collections(self) -> list[str]:
        with self._readers.lend() as db:
            return [coll for (coll,) in db.execute('SELECT DISTINCT coll FROM doc ORDER BY coll')]

    def search_text(self, coll: str, id: str) -> str:
        """The search text stored with a document, '' when there is none."""
        with self._readers.lend() as db:
            sql = 'SELECT w.text FROM doc d JOIN words w ON w.n = d.n WHERE d.coll = ? AND d.id = ?'
            row = db.execute(sql, (coll, id)).fetchone()
        return '' if row is None else str(row[0])

    def holder(self, scope: str, value: str) -> str | None:
        """The id that claimed the value within the scope."""
        with self._readers.lend() as db:
            row = db.execute('SELECT id FROM claim WHERE scope = ? AND value = ?', (scope, value)).fetchone()
        return None if row is None else str(row[0])

    def last_number(self, series: str) -> int | None:
        """The number given last, None when the series has not begun."""
        with self._readers.lend() as db:
            return numbers.last(db, series)

    def index(self, coll: str, fields: Sequence[str]) -> None:
        """Ask that filtering and sorting by these fields, in this order, be fast. Asking again costs nothing."""
        self._indexes.add(coll, fields)

    def keep_indexes(self, coll: str, wanted: Collection[Sequence[str]]) -> None:
        """Have these indexes and drop all others of the collection. Takes a while over many documents."""
        self._indexes.keep(coll, wanted)

    def explain(self, coll: str, where: QueryLike | None = None, *, text: str = '', sort: page.Sort = ()) -> str:
        """The SQL of `find` and how SQLite goes about it, for whoever wonders why a list is slow."""
        with self._readers.lend() as db:
            asked = Asked(coll, where, text, ordered(sort))
            return self._through_index(db, asked, lambda one: indexes.explain(db, one, sort))

    def _through_index(self, db: apsw.Connection, asked: Asked, read: Callable[[Selection], T]) -> T:
        return through_index(db, asked, self._indexes.of(asked.coll), self._texts, read)

    # --- writing

    async def commit(self, fn: Callable[[Tx], T], *, actor: str, request_id: str, reason: str = '') -> T:
        """Run `fn` in a transaction and return its answer once it is durable.

        `fn` may run again and must return something JSON can hold: the answer is kept, and a request id sent twice gets
        the first answer without running `fn`. An exception in `fn` undoes everything it did, numbers included.
        Raises NotStored, OutcomeUnknown, Stopped, RequestReused, and whatever `fn` raises (Conflict among others).
        """
        return await asyncio.wrap_future(self.commit_soon(fn, actor, request_id, reason))

    def commit_blocking(self, fn: Callable[[Tx], T], *, actor: str, request_id: str, reason: str = '') -> T:
        """`commit` for threads and scripts."""
        self._writer.refuse_own_thread()
        return self.commit_soon(fn, actor, request_id, reason).result()

    def commit_soon(self, fn: Callable[[Tx], T], actor: str, request_id: str, reason: str) -> 'Future[T]':
        """`commit` that does not wait: accepted when this returns, done at the latest when the store is closed."""
        request = request_id or uuid.uuid4().hex

        def work(db: apsw.Connection, chain: Chain) -> T:
            first = db.execute('SELECT actor, answer FROM tx WHERE request = ?', (request,)).fetchone()
            if first is not None:
                if first[0] != actor:
                    raise RequestReused(f'request id {request} belongs to someone else')
                answered: T = orjson.loads(first[1] or 'null')
                return answered
            now = self.clock().astimezone(TOKYO)
            tx = Tx(db, self.blobs, now, actor, reason)
            answer = fn(tx)
            tx.finish(chain, now.isoformat(timespec='milliseconds'), request, kept(answer))
            return answer

        return self._writer.submit(work)

    def alone(self, work: Callable[[apsw.Connection], Any]) -> Any:
        """Run upkeep on the writing connection, between transactions and outside of any."""
        return self._writer.alone(work)

    def reading(self) -> AbstractContextManager[apsw.Connection]:
        """A reading connection, for the parts of this package that need more than documents."""
        return self._readers.lend()

    # --- the past

    def history(self, coll: str, id: str) -> list[Change]:
        """Every change of a document, oldest first."""
        with self._readers.lend() as db:
            return [line.change() for line in history.of_document(db, coll, id)]

    def changes(self, since: int, coll: str | None = None) -> Iterator[Change]:
        """Changes after number `since`, in order, of one collection or of all."""
        return self._feed.changes(since, coll)

    def watch(self, since: int | None = None, coll: str | None = None) -> AsyncIterator[Change]:
        """The same without an end; None: from now on."""
        return self._feed.watch(since, coll)

    @property
    def seq(self) -> int:
        """The number of the newest change."""
        with self._readers.lend() as db:
            return history.last(db)[0]

    def as_of(self, when: int | datetime) -> View:
        """The documents as they were after change number `when`, or at that moment."""
        with self._readers.lend() as db:
            return View(self._readers, history.seq_at(db, when))

    def attached_to(self, blob: str) -> list[tuple[str, str]]:
        """(collection, id) of the documents to which a file is tied."""
        with self._readers.lend() as db:
            return attachments.holders(db, blob)

    def _named_blobs(self) -> set[str]:
        with self._readers.lend() as db:
            return attachments.named(db)
