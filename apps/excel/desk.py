"""Exports that people have asked for: written while they go on, told how far, called off, handed out once."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from apps.audit import Audit
from apps.clock import Clock
from apps.excel.export import POINTS, Choice, Exported
from apps.excel.purpose import accepted
from apps.excel.worker import ExportWorkers, Order
from apps.outcome import Refused
from apps.people import Person
from apps.reading import Reading
from apps.settings import Settings

SUFFIXES = {'xlsx': '.xlsx', 'geojson': '.geojson'}
"""Of the formats that are one file; the others are zips."""

KEPT = timedelta(hours=1)
"""How long a file that nobody fetches stays."""


@dataclass(slots=True)
class Job:
    """One export. state: writing, ready, refused, cancelled. done: records written so far, of: of how many."""

    id: str
    app: str
    by: Person
    choice: Choice
    path: Path
    name: str
    begun: datetime
    of: int
    done: int = 0
    state: str = 'writing'
    detail: str = ''
    unwritten: int = 0
    task: asyncio.Task[None] | None = None
    changed: Callable[[], None] = field(default=lambda: None)


class ExportDesk:
    """Every export by screen or API goes over it: purpose asked first, noted in the audit before the file goes out."""

    def __init__(self, settings: Settings, reading: Reading, audit: Audit, clock: Clock) -> None:
        self._settings = settings
        self._reading = reading
        self._audit = audit
        self._clock = clock
        self._workers = ExportWorkers()
        self._jobs: dict[str, Job] = {}

    async def export(
        self, app: str, choice: Choice, *, by: Person, told: Callable[[int], None] = lambda _: None
    ) -> Exported:
        """The file, to be sent and then removed by the caller. Raises Refused."""
        definition = self._reading.definition(app, by, 'export')
        accepted(definition, choice.purpose, self._settings.export_purposes)
        suffix = SUFFIXES.get(choice.format, '.zip')
        handle, name = tempfile.mkstemp(suffix=suffix)
        os.close(handle)
        file = Path(name)
        try:
            done = await self._workers.export(
                Order(self._settings, app, file, choice, by, self._clock.now()), told
            )
            await self._note(app, choice, done, by)
        except BaseException as error:
            file.unlink(missing_ok=True)
            if isinstance(error, ValueError):
                raise Refused('invalid', detail=f'一覧の条件を読み取れません({error})。') from error
            raise
        return done

    async def _note(self, app: str, choice: Choice, done: Exported, by: Person) -> None:
        """Durable before anything leaves: an export that cannot be noted does not happen."""
        await self._audit.note(
            'export',
            by,
            app=app,
            view=choice.view,
            purpose=done.purpose,
            count=done.count,
            format=choice.format,
            filters=sum(1 for value in choice.filters.values() if value) or None,
            searched=len(choice.text) or None,
        )

    # ---- jobs of the screen

    def start(self, app: str, choice: Choice, of: int, *, by: Person, changed: Callable[[], None]) -> Job:
        """Begin in the background. changed: called in the loop when there is something new to show. Raises Refused."""
        definition = self._reading.definition(app, by, 'export')
        accepted(definition, choice.purpose, self._settings.export_purposes)
        self._throw_old_away()
        now = self._clock.now()
        name = file_name(definition.title, choice.format, now)
        job = Job(str(uuid4()), app, by, choice, Path(), name, now, of, changed=changed)
        self._jobs[job.id] = job
        job.task = asyncio.create_task(self._work(job), name='export')
        return job

    def cancel(self, job: Job) -> None:
        """Nobody wants it any more."""
        if job.task is not None:
            job.task.cancel()
        job.state = 'cancelled'
        self._forget(job)

    def take(self, job_id: str, by: Person) -> Job:
        """A file that is ready, handed out once and to who asked for it. Raises Refused 'not_found'."""
        job = self._jobs.get(job_id)
        if job is None or job.by.account != by.account or job.state != 'ready':
            raise Refused('not_found', detail='この書き出しはありません。もう一度書き出してください。')
        del self._jobs[job_id]
        return job

    async def _work(self, job: Job) -> None:
        def told(count: int) -> None:
            job.done = count
            job.changed()

        try:
            done = await self.export(job.app, job.choice, by=job.by, told=told)
        except Refused as refused:
            job.state, job.detail = 'refused', refused.detail
        except asyncio.CancelledError:
            job.state = 'cancelled'
            raise
        except Exception:
            job.state, job.detail = 'refused', 'うまく書き出せませんでした。もう一度ためしてください。'
            raise
        else:
            job.path, job.done, job.unwritten, job.state = done.path, done.count, done.unwritten, 'ready'
        finally:
            job.changed()

    def _throw_old_away(self) -> None:
        for job in [each for each in self._jobs.values() if self._clock.now() - each.begun > KEPT]:
            self.cancel(job)

    def _forget(self, job: Job) -> None:
        self._jobs.pop(job.id, None)
        if job.path.is_file():
            job.path.unlink()


def file_name(title: str, format: str, now: datetime) -> str:
    """道路要望_20261120.xlsx"""
    ending = SUFFIXES.get(format) or ('_座標.zip' if format in POINTS else '_CSV.zip')
    return f'{title}_{now:%Y%m%d}{ending}'

