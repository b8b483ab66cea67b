"""How often the request that was told before is the first of the likely ones, or among the first three."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.duplicates.retold import Told
from forms.capabilities.duplicates import KEY, Duplicates
from forms.capabilities.duplicates.likely import likely
from forms.definition import AppDefinition
from forms.loader import load_folder

ROOT = Path(__file__).parents[2]
_NEW = 10
"""Every tenth new request is asked for."""


@dataclass(frozen=True, slots=True)
class Recall:
    """first, among_three: shares of the repeats, 0 to 1. needless: of new requests beside which something is told."""

    repeats: int
    first: float
    among_three: float
    needless: float


def recall(told: Sequence[Told], repeats: Mapping[int, int]) -> Recall:
    """Every repeat is asked for when it comes in, among what came before it, with the settings of the shipped app."""
    definition, duplicates = duplicates_of_roads()
    known = [duplicates.known(definition, str(at), each) for at, each in enumerate(told)]
    days = [str(each.day) for each in known]

    def found(at: int) -> list[str]:
        asked = known[at]
        assert asked.day is not None
        oldest = bisect_left(days, str(asked.day.fromordinal(asked.day.toordinal() - duplicates.most_days)))
        return [each.id for each in likely(asked, known[oldest:at], duplicates.reach(asked.category))[:3]]

    answers = [(found(at), str(first)) for at, first in repeats.items()]
    new = [at for at in range(len(told)) if at not in repeats][::_NEW]
    count = len(answers)
    return Recall(
        count,
        sum(three[:1] == [right] for three, right in answers) / count,
        sum(right in three for three, right in answers) / count,
        sum(bool(found(at)) for at in new) / len(new),
    )


def duplicates_of_roads() -> tuple[AppDefinition, Duplicates]:
    """The shipped app and its settings."""
    definition = load_folder(ROOT / 'apps' / 'definitions').apps['road_requests']
    duplicates: Any = definition.capabilities[KEY]
    return definition, duplicates
