"""Which of the earlier records are likely about the same thing, and why: told to people, who decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms.capabilities.duplicates.distance import Point, metres
from forms.capabilities.duplicates.wording import Rarity, pairs_of

NEAR, ALIKE, SAME_KIND, RECENT = 0.45, 0.30, 0.15, 0.10
"""What each sign is worth; together 1."""
WHEN_DONE: Final = 0.85
"""By so much less likely is a record about which nothing remains to be done: it may be the same trouble come back."""
ENOUGH: Final = 0.30
"""Less is not worth a look. Of the repeats of `bench.duplicates` 4 in 100 fewer are missed than with 0.35, and 47
instead of 38 of 100 new requests have something told beside them."""
ALIKE_ENOUGH: Final = 0.30
"""From here on the words are named as a reason; where no distance is known, nothing is likely with less."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a record. point: None when nobody knows it. done: nothing remains to be done."""

    id: str
    day: date | None
    point: Point | None = None
    category: str = ''
    words: str = ''
    done: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """How far, in metres and in days before or after, a record may be away and still be the same."""

    metres: int
    days: int


@dataclass(frozen=True, slots=True)
class Likely:
    """score: 0 to 1. metres: None when the place of either is not known. reasons: Japanese, strongest first."""

    id: str
    score: float
    metres: int | None
    reasons: tuple[str, ...]


_Beside = tuple[Known, float | None, int]
"""(record, metres or None, days since it)"""


def likely(asked: Known, others: Iterable[Known], reach: Reach) -> list[Likely]:
    """The likely ones, best first; of equal ones the nearer in time. The record itself is never among them."""
    near = list(_within(asked, others, reach))
    words, own = [pairs_of(each.words) for each, _, _ in near], pairs_of(asked.words)
    rarity = Rarity.among(words)
    found = [
        (_judged(asked, each, reach, rarity.likeness(own, pairs)), abs(each[2]))
        for each, pairs in zip(near, words, strict=True)
    ]
    best = sorted((each for each in found if each[0].score >= ENOUGH), key=lambda each: (-each[0].score, each[1]))
    return [each for each, _ in best]


def _within(asked: Known, others: Iterable[Known], reach: Reach) -> Iterator[_Beside]:
    for each in others:
        days = (asked.day - each.day).days if asked.day and each.day else 0
        if each.id == asked.id or abs(days) > reach.days:
            continue
        away = metres(asked.point, each.point) if asked.point and each.point else None
        if away is None or away <= reach.metres:
            yield each, away, days


def _judged(asked: Known, beside: _Beside, reach: Reach, alike: float) -> Likely:
    other, away, days = beside
    same_kind = bool(asked.category) and asked.category == other.category
    if away is None and alike < ALIKE_ENOUGH:
        return Likely(other.id, 0.0, None, ())
    # Without a distance the words stand in for it: the place is among them.
    near = alike if away is None else 1 / (1 + (2 * away / reach.metres) ** 2)
    recent = 1 - abs(days) / (reach.days + 1)
    score = NEAR * near + ALIKE * alike + SAME_KIND * same_kind + RECENT * recent
    away_in_metres = None if away is None else round(away)
    reasons = (
        *(() if away_in_metres is None else (f'{away_in_metres:,} m',)),
        *(('同じ種別',) if same_kind else ()),
        *(('言葉が似ている',) if alike >= ALIKE_ENOUGH else ()),
        *((_when(days),) if asked.day and other.day else ()),
    )
    return Likely(other.id, score * (WHEN_DONE if other.done else 1), away_in_metres, reasons)


def _when(days: int) -> str:
    if days == 0:
        return '同じ日'
    return f'{days}日前' if days > 0 else f'{-days}日あと'
