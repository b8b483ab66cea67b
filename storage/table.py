"""TinyDB's own face of the store: a TinyDB whose tables are collections, for scripts and for whoever knows TinyDB."""

import copy
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final, TypeVar

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from storage import open_store
from storage.api import Store, Tx
from storage.query import plan
from storage.record import Doc

T = TypeVar('T')
Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]

EMPTY: Final = '_tinydb_tables'  # tables that are to exist although nothing is in them
CACHED: Final = 1_000  # larger results are not worth their memory


class CityStorage(Storage):
    """TinyDB's seam of two methods, and the store behind it. Opens a folder, or uses a store that is open already."""

    def __init__(self, place: Store | str | Path, actor: str = 'tinydb') -> None:
        self._ours = not isinstance(place, Store)
        self.store = place if isinstance(place, Store) else open_store(place)
        self.actor = actor

    def read(self) -> dict[str, dict[str, Any]] | None:
        tables = {coll: table_of(self.store.find(coll, limit=None).docs) for coll in self.store.collections()}
        empty = tables.pop(EMPTY, {})
        return {**{coll: {} for coll in empty}, **tables} or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        def run(tx: Tx) -> None:
            for coll in {*self.store.collections(), *data}:
                replace_all(tx, coll, data.get(coll, {}))

        self.commit(run)

    def commit(self, fn: Callable[[Tx], T]) -> T:
        """Run it as one transaction; its answer may have any size and is not kept."""
        answers: list[T] = []

        def run(tx: Tx) -> None:
            answers.append(fn(tx))

        self.store.commit_blocking(run, actor=self.actor, request_id=uuid.uuid4().hex)
        return answers[-1]

    def close(self) -> None:
        if self._ours:
            self.store.close()


class CityTable(Table):
    """A collection with whole numbers as ids.

    Differs from TinyDB's table: an id never comes back while the table lives, a change that fails half way leaves
    nothing behind, and the query cache keeps only queries whose meaning is known, until anybody writes.
    """

    _storage: CityStorage

    @property
    def _series(self) -> str:
        return f'tinydb:{self.name}'

    # --- reading

    def search(self, cond: QueryLike) -> list[Document]:
        seq = self._storage.store.seq
        if seq != getattr(self, '_cached_at', None):
            self.clear_cache()
            self._cached_at = seq
        found = self._query_cache.get(cond)
        if found is None:
            found = [document(doc) for doc in self._storage.store.find(self.name, cond, limit=None).docs]
            if plan(cond).exact and len(found) <= CACHED:
                self._query_cache[cond] = copy.deepcopy(found)
            return found
        return copy.deepcopy(found)

    def get(  # type: ignore[override]  # the overloads of TinyDB, in one
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None
    ) -> Document | list[Document] | None:
        store = self._storage.store
        if doc_id is not None:
            doc = store.get(self.name, str(doc_id))
            return None if doc is None else document(doc)
        if doc_ids is not None:
            wanted = {str(one) for one in doc_ids}
            return [document(doc) for one in sorted(wanted, key=int) if (doc := store.get(self.name, one))]
        if cond is not None:
            return next((document(doc) for doc in store.find(self.name, cond, limit=1).docs), None)
        raise RuntimeError('You have to pass either cond or doc_id or doc_ids')

    def __len__(self) -> int:
        return self._storage.store.count(self.name)

    def __iter__(self) -> Iterator[Document]:
        return (document(doc) for doc in self._storage.store.find(self.name, limit=None).docs)

    # --- writing

    def insert(self, document: Mapping[str, Any]) -> int:
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        wanted = list(documents)
        if not all(isinstance(one, Mapping) for one in wanted):
            raise ValueError('Document is not a Mapping')
        return self._change(lambda tx: [self._add(tx, one) for one in wanted])

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        ids = None if doc_ids is None else list(doc_ids)
        return self._change(lambda tx: self._update(tx, fields, cond, ids))

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        ids = [document.doc_id] if isinstance(document, Document) else None
        if ids is None and cond is None:
            raise ValueError('upsert needs a query or a document with a doc_id')
        return self._change(lambda tx: self._update(tx, document, cond, ids) or [self._add(tx, document)])

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        if cond is None and doc_ids is None:
            raise RuntimeError('Use truncate() to remove all documents')
        ids = None if doc_ids is None else list(doc_ids)

        def run(tx: Tx) -> list[int]:
            docs = self._meant(tx, cond, ids)
            for doc in docs:
                tx.delete(self.name, doc.doc_id, doc.rev)
            return [int(doc.doc_id) for doc in docs]

        return self._change(run)

    def truncate(self) -> None:
        def run(tx: Tx) -> None:
            replace_all(tx, self.name, {})
            tx.set_number(self._series, None)

        self._change(run)

    # --- TinyDB's own seams, which its other methods and subclasses use

    def _get_next_id(self) -> int:
        return self._storage.commit(self._next)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return table_of(self._storage.store.find(self.name, limit=None).docs)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        def run(tx: Tx) -> None:
            docs = tx.find(self.name, limit=None).docs
            table: dict[int, Mapping[str, Any]] = {int(doc.doc_id): dict(doc) for doc in docs}
            updater(table)
            replace_all(tx, self.name, {str(id): doc for id, doc in table.items()})

        self._change(run)

    def _change(self, fn: Callable[[Tx], T]) -> T:
        answer = self._storage.commit(fn)
        self.clear_cache()
        return answer

    def _next(self, tx: Tx) -> int:
        newest = tx.last_number(self._series)
        return tx.number(self._series, 1 if newest is not None else 1 + max_id(tx, self.name))

    def _add(self, tx: Tx, new: Mapping[str, Any]) -> int:
        if not isinstance(new, Document):
            id = self._next(tx)
        else:
            id = new.doc_id
            if tx.get(self.name, str(id)) is not None:
                raise ValueError(f'Document with ID {id} already exists')
            newest = tx.last_number(self._series)
            tx.set_number(self._series, max(id, max_id(tx, self.name) if newest is None else newest))
        tx.put(self.name, new, str(id))
        return id

    def _update(self, tx: Tx, fields: Fields, cond: QueryLike | None, ids: list[int] | None) -> list[int]:
        docs = self._meant(tx, cond, ids)
        for doc in docs:
            body = dict(doc)
            if callable(fields):
                fields(body)
            else:
                body.update(fields)
            tx.put(self.name, body, doc.doc_id, doc.rev, search=tx.search_text(self.name, doc.doc_id))
        return [int(doc.doc_id) for doc in docs]

    def _meant(self, tx: Tx, cond: QueryLike | None, ids: list[int] | None) -> list[Doc]:
        if ids is not None:
            return [doc for id in ids if (doc := tx.get(self.name, str(id)))]
        return tx.find(self.name, cond, limit=None).docs


class CityDB(TinyDB):
    """`CityDB('data')` opens the records in that folder as TinyDB opens a file; `CityDB(store)` uses an open store."""

    table_class = CityTable
    default_storage_class = CityStorage  # type: ignore[assignment]  # TinyDB means any storage class
    _storage: CityStorage

    def tables(self) -> set[str]:
        found = set(self._storage.store.collections())
        if EMPTY in found:
            found |= {doc.doc_id for doc in self._storage.store.find(EMPTY, limit=None).docs}
        return found - {EMPTY}

    def drop_tables(self) -> None:
        for name in self.tables():
            self.drop_table(name)

    def drop_table(self, name: str) -> None:
        self._tables.pop(name, None)
        if name in self.tables():
            CityTable(self._storage, name).truncate()
            self._storage.commit(lambda tx: forget(tx, name))

    def table(self, name: str, **kwargs: Any) -> Table:
        if kwargs.get('persist_empty') and name not in self.tables():
            self._storage.commit(lambda tx: tx.put(EMPTY, {}, name).rev)
            kwargs['persist_empty'] = False
        return super().table(name, **kwargs)


def forget(tx: Tx, name: str) -> None:
    if tx.get(EMPTY, name) is not None:
        tx.delete(EMPTY, name, None)


def document(doc: Doc) -> Document:
    return Document(doc, int(doc.doc_id))


def table_of(docs: Iterable[Doc]) -> dict[str, Mapping[str, Any]]:
    return {doc.doc_id: dict(doc) for doc in docs}


def max_id(tx: Tx, coll: str) -> int:
    return max((int(doc.doc_id) for doc in tx.find(coll, limit=None, fields=()).docs), default=0)


def replace_all(tx: Tx, coll: str, wanted: Mapping[str, Mapping[str, Any]]) -> None:
    """Make the collection hold exactly these documents, changing only what differs."""
    there = {doc.doc_id: doc for doc in tx.find(coll, limit=None).docs}
    for id, doc in there.items():
        if id not in wanted:
            tx.delete(coll, id, doc.rev)
    for id, body in wanted.items():
        known = there.get(id)
        tx.put(coll, body, id, known.rev if known else None, search=tx.search_text(coll, id))
