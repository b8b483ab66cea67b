"""The day's route as one person arranged it. A convenience, not a record: it is forgotten on the next day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from forms.capabilities.route import MOST
from storage import Store


@dataclass(frozen=True, slots=True)
class RouteDay:
    """added: chosen by hand; left_out: taken off by hand; order: as arranged by hand, () for the proposed one."""

    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def ordered(self, proposed: Sequence[str]) -> list[str]:
        """The proposed stops in the order of the person; what is new since comes at the end."""
        present = {*proposed}
        kept = [each for each in self.order if each in present]
        return [*kept, *(each for each in proposed if each not in {*kept})]


class RouteDays:
    """Kept per account and app, outside the history of records; the newest day only."""

    def __init__(self, store: Store) -> None:
        self._scratch = store.scratch

    def of(self, account: str, app: str, day: date) -> RouteDay:
        kept = self._scratch.get(_key(account, app))
        if not kept or kept['day'] != day.isoformat():
            return RouteDay()
        return RouteDay(*(tuple(kept[name]) for name in ('added', 'left_out', 'order')))

    def add(self, account: str, app: str, day: date, ids: Iterable[str]) -> None:
        """Chosen records, behind those that are there; one that was taken off comes back."""
        now, chosen = self.of(account, app, day), list(ids)
        added = tuple(dict.fromkeys((*now.added, *chosen)))[-MOST:]
        self._put(account, app, day, replace(now, added=added, left_out=_without(now.left_out, chosen)))

    def leave_out(self, account: str, app: str, day: date, record: str) -> None:
        now = self.of(account, app, day)
        self._put(
            account,
            app,
            day,
            RouteDay(_without(now.added, [record]), (*now.left_out, record), _without(now.order, [record])),
        )

    def arrange(self, account: str, app: str, day: date, order: Iterable[str]) -> None:
        """Keep this order; none: the proposed one again."""
        self._put(account, app, day, replace(self.of(account, app, day), order=tuple(order)))

    def _put(self, account: str, app: str, day: date, kept: RouteDay) -> None:
        self._scratch.put(_key(account, app), {'day': day.isoformat(), **asdict(kept)})


def moved(order: Sequence[str], record: str, steps: int) -> list[str]:
    """The order with one record moved towards the front (steps < 0) or the end; it stops at both ends."""
    place = order.index(record)
    rest = [each for each in order if each != record]
    rest.insert(max(0, min(len(rest), place + steps)), record)
    return rest


def _without(names: Sequence[str], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in names if each not in gone)


def _key(account: str, app: str) -> str:
    return f'route_day/{account}/{app}'
