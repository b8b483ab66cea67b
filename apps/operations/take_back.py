"""Taking an import back as one act: what it made is removed, what it changed is as it was before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from apps.clock import stamp
from apps.formula_failures import Heard
from apps.live import Live, RecordChanged
from apps.operations.hall import Hall
from apps.operations.imports_kept import (
    BROKEN_OFF,
    DONE,
    IMPORTS,
    TAKEN_BACK,
    TAKING_BACK,
    WRITING,
    Import,
    ImportsKept,
    Written,
)
from apps.operations.remove import remove
from apps.operations.save import keep_as_it_was
from apps.operations.turn import Taken, turn, turn_or_refusal
from apps.operations.world import title_of
from apps.outcome import Refused
from apps.people import SYSTEM, Person
from apps.transactions import Transactions, told
from storage import ANY, Doc, Store, Tx

REASON = '取り込みの取り消し: '
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """What taking back would do. count: records it would put back; changed: titles of those that others changed."""

    count: int
    changed: tuple[str, ...]


class TakeBack:
    """Works part by part, the last one first; what is taken back already is not touched again."""

    def __init__(
        self, store: Store, transactions: Transactions, hall: Hall, live: Live, *, folder: Path
    ) -> None:
        self._store = store
        self._transactions = transactions
        self._hall = hall
        self._live = live
        self._folder = folder
        self._kept = ImportsKept(store)

    def standing(self, import_id: str, *, by: Person) -> Standing:
        """To be shown before it is done. Raises Refused."""
        made = self._permitted(import_id, by)
        world = self._hall.task(self._store, self._hall.catalogue.get(made.app), by, Heard()).world  # type: ignore[arg-type]
        count, changed = 0, []
        for each in self._last_written(made):
            found = self._store.get(each.app, each.id)
            definition = self._hall.catalogue.find(each.app)
            if found is not None and found.rev == each.after:
                count += 1
            elif definition is not None:
                changed.append(title_of(definition, found, world) if found is not None else f'{each.id}(削除ずみ)')
        return Standing(count, tuple(changed))

    async def take_back(
        self,
        import_id: str,
        *,
        by: Person,
        leave_changed: bool = False,
        told: Callable[[int], object] = lambda _: None,
    ) -> Import:
        """Raises Refused 'conflict' with the records that others changed since, unless these are to be left alone."""
        made = self._permitted(import_id, by)
        with turn_or_refusal(self._folder):
            changed = self.standing(import_id, by=by).changed
            if changed and not leave_changed:
                raise Refused('conflict', detail=_changed_since(changed))
            return await self.undo(made, by, TAKEN_BACK, left=changed, told=told)

    async def undo(
        self,
        made: Import,
        by: Person,
        state: str,
        *,
        left: Sequence[str] = (),
        told: Callable[[int], object] = lambda _: None,
    ) -> Import:
        """Put everything back; afterwards the import is in `state`. To be called by who holds the turn."""
        going = made.as_(TAKING_BACK if state == TAKEN_BACK else WRITING)
        await self._note(going, by)
        count = 0
        for part in reversed(self._kept.parts(made.id)):
            count += await self._transactions.run(
                self._back(part, made, by), by=by, request_id=f'back-{part}', reason=REASON + made.file
            )
            told(count)
        ended = made.as_(state, left=tuple(left), ended_by=by.account, ended_at=stamp(self._hall.clock.now()))
        await self._note(ended, by)
        self._live.publish(RecordChanged(made.app, '', 0, by.account))
        return ended

    async def recover(self) -> list[Import]:
        """Take back, or finish taking back, what a process that is gone left in the middle. For who holds the turn.

        What stands in an app whose definition cannot be read now waits for the next time: nothing is left half back.
        """
        return [
            await self.undo(each, SYSTEM, TAKEN_BACK if each.state == TAKING_BACK else BROKEN_OFF)
            for each in self._kept.unfinished()
            if self._is_readable(each)
        ]

    async def recover_at_start(self) -> list[Import]:
        """The same, unless another process is just importing."""
        try:
            with turn(self._folder):
                return await self.recover()
        except Taken:
            return []

    async def _note(self, made: Import, by: Person) -> None:
        def work(tx: Tx) -> None:
            tx.put(IMPORTS, made.document(), made.id, ANY)

        await self._transactions.run(work, by=by, reason=REASON + made.file)

    def _permitted(self, import_id: str, by: Person) -> Import:
        made = self._kept.get(import_id)
        if made is None:
            raise Refused('not_found', detail='この取り込みはありません。')
        self._hall.permitted(made.app, 'import', by)
        if made.state != DONE:
            raise Refused('closed', detail='この取り込みは、もう取り消されています。')
        return made

    def _is_readable(self, made: Import) -> bool:
        apps = {made.app, *(each.app for each in self._last_written(made))}
        return all(self._hall.catalogue.find(each) is not None for each in apps)

    def _last_written(self, made: Import) -> list[Written]:
        """Each record once, with the revision that the import left it at."""
        last = {(each.app, each.id): each for part in self._kept.parts(made.id) for each in self._kept.written(part)}
        return list(last.values())

    def _back(self, part: str, made: Import, by: Person) -> Callable[[Tx], Any]:
        written = self._kept.written(part)

        def work(tx: Tx) -> int:
            heard = Heard()
            count = 0
            for each in reversed(written):
                found = tx.get(each.app, each.id)
                definition = self._hall.catalogue.find(each.app)
                if found is not None and definition is not None and found.rev == each.after:
                    task = self._hall.task(tx, definition, SYSTEM, heard, old=found)  # who may import may take back
                    if each.before:
                        keep_as_it_was(replace(task, by=by), self._before(found, each))
                    else:
                        remove(task, REASON + made.file, None)
                    count += 1
            return count

        return work

    def _before(self, found: Doc, each: Written) -> dict[str, Any]:
        """The values as they were before the import changed them."""
        values = told(found)
        for change in reversed(self._store.history(each.app, each.id)):
            if change.rev <= each.before:
                break
            for name, (old, _) in change.changed.items():
                if old is None:
                    values.pop(name, None)
                else:
                    values[name] = old
        return {name: value for name, value in values.items() if not name.startswith('_')}


def _changed_since(titles: Sequence[str]) -> str:
    named = '、'.join(titles[:MOST_NAMED])
    more = f' ほか{len(titles) - MOST_NAMED}件' if len(titles) > MOST_NAMED else ''
    return (
        f'取り込んだあとに変更された記録が{len(titles)}件あります({named}{more})。'
        '残してよければ、「変更された記録は残して取り消す」を選んでください。'
    )
