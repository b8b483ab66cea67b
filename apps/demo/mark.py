"""The mark that a folder holds sample data, so that samples and real records never mix."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from apps.accounts import ACCOUNTS
from apps.clock import stamp
from apps.people import SYSTEM
from apps.transactions import Transactions
from storage import Store, Tx
from storage.record import ANY

if TYPE_CHECKING:
    from apps.context import AppContext

_COLLECTION, _ID = '_demo', 'mark'


class NotForDemo(Exception):
    """The folder holds real records, or samples are opened as if they were real. str(): Japanese, with the way out."""


@dataclass(slots=True)
class Stage:
    """The sample city being made: by which seed, how large, as of when. parts: what is there already."""

    transactions: Transactions
    seed: int
    scale: float
    now: datetime
    parts: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.date()

    async def finish(self, part: str) -> None:
        """Remember that a part is there as a whole."""
        self.parts.append(part)
        mark = {'seed': self.seed, 'scale': self.scale, 'now': stamp(self.now), 'parts': list(self.parts)}

        def work(tx: Tx) -> None:
            tx.put(_COLLECTION, mark, _ID, ANY)

        await self.transactions.run(work, by=SYSTEM, reason='見本データ')


def is_demo(store: Store) -> bool:
    """Whether this folder holds sample data, whole or begun."""
    return store.get(_COLLECTION, _ID) is not None


def refuse_real_records(context: AppContext, seed: int, scale: float) -> Stage:
    """The stage for sample data in this folder. Raises NotForDemo when it holds anything real."""
    kept = context.store.get(_COLLECTION, _ID)
    if kept is not None:
        now = datetime.fromisoformat(kept['now'])
        return Stage(context.transactions, kept['seed'], kept['scale'], now, list(kept['parts']))
    apps = {each.name for each in context.catalogue.all()}
    real = [name for name in context.store.collections() if name in apps or name == ACCOUNTS or name[0] != '_']
    if real:
        place = context.settings.data
        raise NotForDemo(f'{place} には実際の記録があります。--data で空のフォルダーを指定してください。')
    return Stage(context.transactions, seed, scale, context.clock.now())


def refuse_samples(store: Store) -> None:
    """Raise NotForDemo when a folder of samples, whose passwords everybody knows, is opened for real work."""
    if is_demo(store):
        raise NotForDemo('見本データのフォルダーです。--demo を付けるか、--data で別のフォルダーを指定してください。')
