"""The samples of a definition (`tests:`), sent through the same judgement as real submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from forms.capability import Moment, Values
from forms.definition import AppDefinition, SampleTest
from forms.draft import Draft
from forms.field import Value
from forms.formula.run import Context
from forms.message import TEXTS, Message
from forms.problems import instead
from forms.submission import clean

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=timezone(timedelta(hours=9)))
"""When samples are sent, so that a definition that is right today is right tomorrow."""


@dataclass(frozen=True, slots=True)
class SampleHall:
    """Surroundings in which every person, section, record and file that a sample names exists."""

    @property
    def today(self) -> date:
        return NOON.date()

    def record(self, app: str, record_id: str) -> Mapping[str, Value] | None:
        return {}

    def record_title(self, app: str, record_id: str) -> str | None:
        return record_id

    def records_titled(self, app: str, title: str) -> Sequence[str]:
        return [title]

    def staff_name(self, account: str) -> str | None:
        return account

    def staff_named(self, name: str) -> Sequence[str]:
        return [name]

    def section_name(self, section: str) -> str | None:
        return section

    def file(self, digest: str) -> Mapping[str, Value] | None:
        return {'blob': digest, 'name': '見本', 'type': 'application/octet-stream', 'size': 1}


def check(draft: Draft, app: AppDefinition) -> None:
    """app: the draft's definition with its formulas, without any other mistake."""
    for index, sample in enumerate(app.tests):
        for path, code in sample.messages.items():
            if code not in TEXTS:
                place = draft.place('tests', index, 'messages', path)
                draft.note('D804', place, title=sample.title, wanted=code, instead=instead(code, TEXTS))
        _messages(draft, app, index, sample)


def _messages(draft: Draft, app: AppDefinition, index: int, sample: SampleTest) -> None:
    moment = Moment(now=NOON, account='sample', name='見本 太郎', around=SampleHall())
    context = Context(now=NOON, user='sample', calendar=app.calendar, fiscal_start=app.fiscal_start)
    cleaned = clean(app, sample.values, old=None, around=SampleHall(), context=context, moment=moment)
    given = {each.path: each for each in cleaned.messages}
    for path, code in sample.messages.items():
        if code in TEXTS and (path not in given or given[path].code != code):
            seen = given[path].code if path in given else 'なし'
            place = draft.place('tests', index, 'messages', path)
            draft.note('D801', place, title=sample.title, path=path, expected=code, seen=seen)
    for path, refusal in given.items():
        if path not in sample.messages:
            _unexpected(draft, index, sample, refusal)
    _calculated(draft, index, sample, cleaned.values)


def _unexpected(draft: Draft, index: int, sample: SampleTest, refusal: Message) -> None:
    place = draft.place('tests', index, 'values', refusal.path)
    draft.note('D802', place, title=sample.title, path=refusal.path, seen=refusal.code, message=refusal.text)


def _calculated(draft: Draft, index: int, sample: SampleTest, values: Values) -> None:
    for name, expected in sample.calculated.items():
        seen = '' if values.get(name) is None else str(values[name])
        if seen != str(expected):
            place = draft.place('tests', index, 'calculated', name)
            draft.note('D803', place, title=sample.title, path=name, expected=expected, seen=seen)
