"""The mark that a folder holds sample data, so that samples and real records never mix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from apps.accounts import ACCOUNTS
from apps.clock import stamp
from apps.transactions import Transactions
from apps.people import SYSTEM
from storage import Store, Tx

if TYPE_CHECKING:
    from apps.context import AppContext

_COLLECTION, _ID = '_demo', 'mark'


class NotForDemo(Exception):
    """The folder holds real records, or samples are opened as if they were real. str() is Japanese, with the way out."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The sample city being made: by which seed, how large, as of when."""

    transactions: Transactions
    seed: int
    scale: float
    now: datetime
    done: bool

    @property
    def today(self) -> date:
        return self.now.date()

    def finish(self) -> None:
        """Remember that all of it is there."""
        _put(self.transactions, {'seed': self.seed, 'scale': self.scale, 'now': stamp(self.now), 'done': True}, rev=1)


def is_demo(store: Store) -> bool:
    """Whether this folder holds sample data, whole or begun."""
    return store.get(_COLLECTION, _ID) is not None


def refuse_real_records(context: AppContext, seed: int, scale: float) -> Stage:
    """The stage for sample data in this folder, marked from now on. Raises NotForDemo when it holds anything real."""
    kept = context.store.get(_COLLECTION, _ID)
    if kept is not None:
        return Stage(
            context.transactions, kept['seed'], kept['scale'], datetime.fromisoformat(kept['now']), kept['done']
        )
    apps = {each.name for each in context.catalogue.all()}
    real = [name for name in context.store.collections() if name in apps or name == ACCOUNTS or name[0] != '_']
    if real:
        place = context.settings.data
        raise NotForDemo(f'{place} には実際の記録があるので、見本データを入れません。--data で空のフォルダーを指定してください。')
    now = context.clock.now()
    stage = Stage(context.transactions, seed, scale, now, False)
    _put(context.transactions, {'seed': seed, 'scale': scale, 'now': stamp(now), 'done': False})
    return stage


def refuse_samples(store: Store) -> None:
    """Raise NotForDemo when a folder of samples, whose passwords everybody knows, is opened for real work."""
    if is_demo(store):
        raise NotForDemo('このフォルダーは見本データです。--demo を付けて動かすか、--data で別のフォルダーを指定してください。')


def _put(transactions: Transactions, mark: dict[str, Any], rev: int | None = None) -> None:
    def work(tx: Tx) -> None:
        tx.put(_COLLECTION, mark, _ID, rev)

    transactions.run_blocking(work, by=SYSTEM, reason='見本データ')
