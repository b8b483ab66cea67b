"""The one writer: callers' functions run in one thread, each in its savepoint, many in one durable transaction."""

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

import apsw

from storage.errors import NotStored, OutcomeUnknown, Stopped, StorageError
from storage.history import Chain, last
from storage.sqlite import close
from storage.witness import Witness

log = logging.getLogger('storage')

BATCH: Final = 512
BATCH_SECONDS: Final = 0.05
CHECKPOINT_PAGES: Final = 4_000

Work = Callable[[apsw.Connection, Chain], Any]

RETRYABLE: Final = (apsw.FullError, apsw.BusyError, apsw.LockedError, apsw.InterruptError, apsw.NoMemError)
STATEMENT: Final = (apsw.SQLError, apsw.ConstraintError, apsw.BindingsError, apsw.MismatchError, apsw.RangeError)


@dataclass(slots=True)
class Job:
    work: Work
    future: Future[Any] = field(default_factory=Future)
    alone: bool = False
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Writer:
    """Runs jobs in the order they came. A caller hears of success only after the sync that makes it durable.

    After a failed write or sync nothing is accepted any more (fail-stop): what reached the disk is unknown.
    """

    def __init__(self, db: apsw.Connection, witness: Witness, after_commit: Callable[[int], None]) -> None:
        self._db, self._witness, self._after_commit = db, witness, after_commit
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._wal_pages = 0
        self._held: Job | None = None  # upkeep that waits for the end of a batch
        self._witnessed = last(db)[0]
        self.stopped: str | None = None
        self.warning: str | None = None
        db.set_wal_hook(self._on_wal)
        self._thread = threading.Thread(target=self._run, name='storage-writer', daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> Future[Any]:
        return self._enqueue(Job(work))

    def _enqueue(self, job: Job) -> Future[Any]:
        with self._lock:
            if self.stopped:
                raise Stopped(self.stopped)
            self._jobs.put(job)
        return job.future

    def wait(self, work: Work) -> Any:
        self.refuse_own_thread()
        return self.submit(work).result()

    def alone(self, work: Callable[[apsw.Connection], Any]) -> Any:
        """Run upkeep between two transactions, outside of any."""
        self.refuse_own_thread()
        return self._enqueue(Job(lambda db, _chain: work(db), alone=True)).result()

    def refuse_own_thread(self) -> None:
        """A function inside a transaction that waits for another one would wait for ever."""
        if threading.get_ident() == self._thread.ident:
            raise RuntimeError('a transaction cannot wait for another one; use its tx')

    def close(self) -> None:
        """Finish what was accepted, then close the connection."""
        self._stop('the store is closed')
        self._jobs.put(None)
        if threading.get_ident() != self._thread.ident:
            self._thread.join()

    def _stop(self, why: str) -> None:
        with self._lock:
            self.stopped = self.stopped or why

    # --- the writer's thread

    def _run(self) -> None:
        while (job := self._held or self._jobs.get()) is not None:
            self._held = None
            (self._upkeep if job.alone else self._batch)(job)
            if self._wal_pages >= CHECKPOINT_PAGES:
                self._checkpoint()
        self._witness.close()
        close(self._db)

    def _batch(self, first: Job) -> None:
        done: list[Job] = []
        committing = False
        try:
            self._db.execute('BEGIN IMMEDIATE')
            chain = Chain(self._db)
            for job in self._waiting(first):
                if job.future.set_running_or_notify_cancel():
                    done.append(job)
                    self._one(job, chain)
            committing = True
            self._db.execute('COMMIT')
        except BaseException as error:
            self._fail(done or [first], error, committing)
            return
        self._testify(chain)
        for job in done:
            job.settle()
        self._after_commit(chain.seq)

    def _waiting(self, first: Job) -> Iterable[Job]:
        """The first job and all that come while the batch is worked on, up to a bound."""
        yield first
        until = monotonic() + BATCH_SECONDS
        for _ in range(BATCH - 1):
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is None:
                self._jobs.put(None)
                return
            if job.alone:
                self._held = job
                return
            yield job
            if monotonic() > until:
                return

    def _upkeep(self, job: Job) -> None:
        if not job.future.set_running_or_notify_cancel():
            return
        try:
            job.result = job.work(self._db, Chain(self._db))
        except BaseException as error:
            job.error = error
            if isinstance(error, apsw.Error) and not isinstance(error, RETRYABLE + STATEMENT):
                self._stop(f'upkeep failed ({type(error).__name__}: {error})')
        job.settle()

    def _one(self, job: Job, chain: Chain) -> None:
        """Run a caller's function; its exception undoes its own savepoint only."""
        before = chain.seq, chain.chain
        self._db.execute('SAVEPOINT caller')
        try:
            job.result = job.work(self._db, chain)
        except BaseException as error:
            if not self._db.in_transaction:
                raise
            if isinstance(error, apsw.Error) and not _harmless(error):
                raise
            self._db.execute('ROLLBACK TO caller')
            chain.seq, chain.chain = before
            job.error = error
        self._db.execute('RELEASE caller')

    def _fail(self, jobs: list[Job], error: BaseException, committing: bool) -> None:
        """Nobody of this batch was answered yet. Tell each what is known."""
        again = isinstance(error, RETRYABLE) or not isinstance(error, apsw.Error)
        if not again:
            self._stop(f'a write to disk failed ({type(error).__name__}: {error})')
            log.critical('storage stopped: %s', self.stopped)
        try:
            if self._db.in_transaction:
                self._db.execute('ROLLBACK')
        except apsw.Error as second:
            self._stop(f'a rollback failed ({type(second).__name__}: {second})')
        kind: type[StorageError] = OutcomeUnknown if committing and not again else NotStored
        for job in jobs:
            job.error = kind(str(error))
            job.error.__cause__ = error
            if not job.future.running() and not job.future.set_running_or_notify_cancel():
                continue
            job.settle()
        if self.stopped:
            self._refuse_rest()

    def _refuse_rest(self) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is None:
                self._jobs.put(None)
                return
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(Stopped(self.stopped))

    def _testify(self, chain: Chain) -> None:
        """After the commit. A witness that cannot be written is behind, which is no damage: told, and tried again."""
        if chain.seq == self._witnessed:
            return
        try:
            self._witness.write(chain.seq, chain.chain)
            self._witnessed, self.warning = chain.seq, None
        except OSError as error:
            self.warning = f'the witness could not be written: {error}'
            log.error(self.warning)

    def _on_wal(self, _db: apsw.Connection, _name: str, pages: int) -> int:
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _checkpoint(self) -> None:
        try:
            self._db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
            self._wal_pages = 0
        except RETRYABLE as error:
            log.warning('checkpoint put off: %s', error)
        except apsw.Error as error:
            self._stop(f'a checkpoint failed ({type(error).__name__}: {error})')
            log.critical('storage stopped: %s', self.stopped)
            self._refuse_rest()


def _harmless(error: apsw.Error) -> bool:
    """Errors of a statement, not of the disk."""
    return isinstance(error, STATEMENT)
