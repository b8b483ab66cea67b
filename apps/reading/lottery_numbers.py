"""The numbers of an event for supervisors: per session and in all, from the first application to those who came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from apps.operations.ceremony import lottery_of
from forms.capabilities.lottery import Lottery
from forms.capabilities.lottery.answering import COMES, DECLINED, LAPSED
from forms.capabilities.lottery.drawing import CANCELLED, LOST, WAITING, WON
from forms.capability import Values
from forms.definition import AppDefinition

ALL = '計'
Figure = str | int | float | None
Line = list[Figure]

HEAD = (
    '回', '定員(人)', '第1希望(件)', '第1希望(人)', '倍率', '当選(件)', '補欠(件)', '繰上げ(件)', '辞退(件)',
    '期限切れ(件)', '参加(件)', '参加(人)', '来場(件)', '来場(人)',
)  # fmt: skip
"""Applications are 件, the persons in them 人. 倍率: persons who want it first, per place."""

TOTALS = ('申込み', '取下げ', '抽選した申込み', WON, WAITING, LOST, CANCELLED)


def lines(definition: AppDefinition, records: Mapping[str, Values]) -> list[Line]:
    """HEAD, one line per session, and 計; a person who is in no session (落選) is counted in `totals` only."""
    lottery = lottery_of(definition)
    found = [_line(definition, lottery, each.name, each.capacity, records) for each in lottery.sessions]
    sums: Line = [ALL]
    for column in range(1, len(HEAD)):
        figures = [line[column] for line in found if isinstance(line[column], int | float)]
        sums.append(sum(figures) if HEAD[column] != '倍率' else None)  # type: ignore[arg-type]
    wanted, places = sums[3], sums[1]
    sums[4] = round(wanted / places, 2) if isinstance(wanted, int) and isinstance(places, int) and places else None
    return [list(HEAD), *found, sums]


def totals(definition: AppDefinition, records: Mapping[str, Values]) -> list[tuple[str, int]]:
    """What became of all applications; every one that was drawn has one of the four outcomes."""
    lottery = lottery_of(definition)
    withdrawn = sum(bool(each.get(lottery.withdrawn)) for each in records.values())
    outcomes = [each.get(lottery.result) for each in records.values()]
    counts = [outcomes.count(each) for each in (WON, WAITING, LOST, CANCELLED)]
    return list(zip(TOTALS, (len(records), withdrawn, sum(counts), *counts), strict=True))


def _line(
    definition: AppDefinition, lottery: Lottery, name: str, capacity: int, records: Mapping[str, Values]
) -> Line:
    entries = {each: lottery.entry(definition, each, values) for each, values in records.items()}
    first = [each for each, entry in entries.items() if entry.is_drawn and entry.choices[:1] == (name,)]
    own = [each for each, values in records.items() if values.get(lottery.placed_in) == name]

    def those(holds: Callable[[Values], bool]) -> Sequence[str]:
        return [each for each in own if holds(records[each])]

    def persons(ids: Sequence[str]) -> int:
        return sum(entries[each].size for each in ids)

    coming = those(lambda values: values.get(lottery.answer) == COMES)
    came = those(lambda values: bool(values.get(lottery.attended)))
    return [
        name,
        capacity,
        len(first),
        persons(first),
        round(persons(first) / capacity, 2) if capacity else None,
        len(those(lambda values: values.get(lottery.result) == WON)),
        len(those(lambda values: values.get(lottery.result) == WAITING)),
        len(those(lambda values: bool(values.get(lottery.promoted)))),
        len(those(lambda values: values.get(lottery.answer) == DECLINED)),
        len(those(lambda values: values.get(lottery.answer) == LAPSED)),
        len(coming),
        persons(coming),
        len(came),
        persons(came),
    ]
