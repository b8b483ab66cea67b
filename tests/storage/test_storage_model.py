"""A random course of writes and questions, each answer compared with stock TinyDB's. 100,000 comparisons in CI."""

import operator
import random
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.storages import MemoryStorage

from storage import Store, Tx, open_store

FIELDS = ['状態', '用件', '備考', '種別']
ANYTHING: list[Any] = ['受付', '完了', '', '{"a":1}', '[1]', 'x"\\\n', 0, 1, -1, 1.0, 2.5, True, False, None]
ANYTHING += [[1], {'a': 1}]
NUMBERS = [-5, 0, 1, 1.5, 2, 2**53, 1e300, True]
TEXTS = ['', '2026-03-31', '2026-04-01', '2026-04-01T09:00', '令和', '{', '[x', 'あ', '😀', 'ａ']

ORDER = [operator.lt, operator.le, operator.gt, operator.ge]

COMPARISONS = 25_000


class Course:
    """One store, the oracle beside it, and chance."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.chance = folder, random.Random(seed)
        self.store = open_store(folder)
        self.oracle = TinyDB(storage=MemoryStorage).table('道路')
        self.compared = 0

    def record(self) -> dict[str, Any]:
        pick = self.chance.choice
        body = {name: pick(ANYTHING) for name in FIELDS if self.chance.random() < 0.8}
        if self.chance.random() < 0.9:
            body['件数'] = pick(NUMBERS)
        if self.chance.random() < 0.9:
            body['受付日'] = pick(TEXTS)
        if self.chance.random() < 0.5:
            body['場所'] = pick([{'町': pick(TEXTS), '番地': pick(NUMBERS)}, '見本町', None, ['町']])
        return body

    def question(self, depth: int = 0) -> QueryInstance:
        pick, field = self.chance.choice, where(self.chance.choice(FIELDS))
        kinds = [
            lambda: field == pick(ANYTHING),
            lambda: field != pick(ANYTHING),
            field.exists,
            lambda: field.one_of(self.chance.sample(ANYTHING, 3)),
            lambda: field.matches('受|x'),
            lambda: field.any([1, '受']),
            lambda: field.test(bool),
            lambda: where('場所')['町'] == pick(TEXTS),
            where('場所')['番地'].exists,
            lambda: Query().fragment({'状態': '受付'}),
            lambda: pick(ORDER)(where('件数'), pick(NUMBERS)),
            lambda: pick(ORDER)(where('受付日'), pick(TEXTS)),
        ]
        if depth < 3 and self.chance.random() < 0.4:
            kinds = [
                lambda: self.question(depth + 1) & self.question(depth + 1),
                lambda: self.question(depth + 1) | self.question(depth + 1),
                lambda: ~self.question(depth + 1),
            ]
        return pick(kinds)()

    # --- steps

    def write(self) -> None:
        """One transaction of one to three changes; one in five is given up, which must leave no trace."""
        given_up = self.chance.random() < 0.2
        steps = [self.chance.random() for _ in range(self.chance.randint(1, 3))]
        todo: list[tuple[str, int, dict[str, Any]]] = []
        known = {doc.doc_id: dict(doc) for doc in self.oracle.all()}
        for step in steps:
            crowded = len(known) > 25
            if not known or step < (0.2 if crowded else 0.5):
                todo.append(('put', max(known, default=0) + 1 + self.chance.randint(0, 1), self.record()))
                known[todo[-1][1]] = todo[-1][2]
            else:
                id = self.chance.choice(list(known))
                todo.append(('delete' if step < (0.7 if crowded else 0.6) else 'change', id, self.record()))
                if todo[-1][0] == 'delete':
                    known.pop(id)

        def run(tx: Tx) -> None:
            for what, id, body in todo:
                doc = tx.get('道路', str(id))
                if what == 'delete':
                    tx.delete('道路', str(id), doc.rev if doc else None)
                else:
                    tx.put('道路', body, str(id), doc.rev if doc else None)
            if given_up:
                raise KeyError('given up')

        if given_up:
            with pytest.raises(KeyError):
                self.store.commit_blocking(run, actor='x', request_id='')
            return
        self.store.commit_blocking(run, actor='x', request_id='')
        for what, id, body in todo:
            if what == 'delete':
                self.oracle.remove(doc_ids=[id])
            else:
                self.oracle._update_table(lambda table, id=id, body=body: table.__setitem__(id, body))  # type: ignore[misc]

    def compare(self) -> None:
        query = self.question()
        expected = {str(doc.doc_id): doc for doc in self.oracle if query(doc)}
        page = self.store.find('道路', query, limit=None)
        assert {doc.doc_id: doc for doc in page.docs} == expected, query
        self.compared += 1
        way = self.chance.random()
        if way < 0.2:
            assert self.store.count('道路', query) == len(expected), query
            self.compared += 1
        elif way < 0.4:
            name = self.chance.choice(['件数', '受付日'])
            pages = self.pages(query, name)
            values = [(doc[name] is not None, doc[name]) if name in doc else (False, 0) for doc in pages]
            assert values == sorted(values, reverse=True), query
            assert {id: 1 for id in expected} == {doc.doc_id: 1 for doc in pages}, query
            self.compared += 1

    def pages(self, query: QueryInstance, name: str) -> list[Any]:
        docs, after = [], None
        while True:
            page = self.store.find('道路', query, sort=[(name, True)], limit=9, after=after)
            docs += page.docs
            after = page.after
            if after is None:
                return docs

    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.folder)
        if self.chance.random() < 0.5:
            self.store.index('道路', self.chance.sample([*FIELDS, '件数', '受付日'], 2))


def follow(folder: Path, seed: int, comparisons: int) -> Store:
    course = Course(folder, seed)
    while course.compared < comparisons:
        course.write()
        for _ in range(12):
            course.compare()
        if course.chance.random() < 0.02:
            course.restart()
    return course.store


def test_a_short_random_course_answers_as_tinydb_does(tmp_path: Path) -> None:
    follow(tmp_path / 'city', 0, 2_000).close()


@pytest.mark.long
@pytest.mark.parametrize('seed', [1, 2, 3, 4])
def test_a_random_course_answers_as_tinydb_does(tmp_path: Path, seed: int) -> None:
    follow(tmp_path / 'city', seed, COMPARISONS).close()
