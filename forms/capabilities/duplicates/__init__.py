"""Likely duplicates: while somebody types, the earlier records that may be about the same thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Day
from typing import TYPE_CHECKING, Any, Final

from forms.capabilities.duplicates.distance import point_of
from forms.capabilities.duplicates.likely import Known, Reach
from forms.capability import Capability, Values, capability
from forms.field import Field, field_types, setting
from forms.problems import At, Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'duplicates'
_WANTED = {'date': ('date', '日付'), 'location': ('location', '位置'), 'category': ('select_one', '選択')}
"""Setting -> field type it needs, and what that is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Categories that reach further, or less far, than the others (snow is everywhere for a week)."""

    categories: tuple[str, ...] = setting((), label='種別', help='必ず書きます。この範囲にする種別の選択肢。')
    metres: int = setting(100, label='距離', help='この種別で、同じとみる距離(メートル)。')
    days: int = setting(60, label='日数', help='この種別で、同じとみる日数。')


@capability(KEY, title='重複の候補')
@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates(Capability):
    """Tells, never decides: nothing is refused, linked or discarded by it."""

    date: str = setting(label='日付の項目', help='必ず書きます。受付日など。この日から数えます。')
    location: str = setting(label='位置の項目', help='緯度と経度が入る項目。両方に位置があれば、距離で比べます。')
    category: str = setting(label='種別の項目', help='同じ選択肢なら、同じことである見込みが高くなります。')
    text: tuple[str, ...] = setting((), label='言葉の項目', help='場所や内容など、言葉が似ているかを比べる項目。')
    metres: int = setting(100, label='距離', help='同じとみる距離(メートル)。')
    days: int = setting(60, label='日数', help='同じとみる日数。前も後も数えます。')
    within: tuple[Within, ...] = setting((), label='種別ごとの範囲', help='種別によって距離と日数を変えるときに。')
    status: str = setting(
        label='まとめた状態', help='ほかのレコードにまとめたレコードの状態。進行管理の状態の名前を書きます。'
    )
    reports: str = setting(
        label='申出の数の項目', help='まとめたレコードも入れた申出の数。2件以上のときだけ入ります。自動でできます。'
    )
    hand_over: tuple[str, ...] = setting(
        (), label='元をゆずる状態', help='元のレコードがこの状態になると、まとめたなかで一番古いものが元になります。'
    )

    @property
    def most_days(self) -> int:
        """No record further away in time is compared, whatever its category."""
        return max(self.days, *(each.days for each in self.within)) if self.within else self.days

    @property
    def compared(self) -> tuple[str, ...]:
        """The fields that are read of every record."""
        return tuple(name for name in (self.date, self.location, self.category, *self.text) if name)

    def added_fields(self) -> Sequence[Field]:
        number = field_types()['integer']
        return (number(name=self.reports, unit='件', readonly=True),) if self.reports else ()  # type: ignore[call-arg]

    def statuses_given(self) -> Iterable[str]:
        return (self.status,) if self.status else ()

    def reach(self, category: str) -> Reach:
        """How far a record of that category reaches."""
        of_category = next((each for each in self.within if category in each.categories), None)
        return Reach(of_category.metres, of_category.days) if of_category else Reach(self.metres, self.days)

    def known(
        self, definition: AppDefinition, record_id: str, values: Values, unread: Collection[str] = ()
    ) -> Known:
        """What is compared of a record. unread: fields that must not be looked at, as if they were blank."""
        seen = {name: values.get(name) for name in self.compared if name not in unread}
        fields, workflow = definition.fields, _workflow(definition)
        words = (fields[name].search(seen[name]) for name in self.text if seen.get(name) is not None)
        day = seen.get(self.date)
        return Known(
            id=record_id,
            day=Day.fromisoformat(day[:10]) if isinstance(day, str) else None,
            point=point_of(seen.get(self.location)),
            category=str(seen.get(self.category) or ''),
            words=' '.join(words),
            done=workflow is not None and values.get(workflow.field) in workflow.done,
        )

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for key, (wanted, told) in _WANTED.items():
            name = getattr(self, key)
            if name or key == 'date':
                yield from _of_field(definition, (key,), name, wanted, told)
        for place, name in enumerate(self.text):
            if name not in definition.fields:
                at = ('text', place)
                yield problem('D209', at=at, setting='text', name=name, instead=instead(name, definition.fields))
        if not self.location and not self.text:
            yield problem('D711', at=())
        yield from self._of_ranges(definition)
        yield from self._of_statuses(definition)

    def _of_statuses(self, definition: AppDefinition) -> Iterator[Problem]:
        named = (('status', (self.status,) if self.status else ()), ('hand_over', self.hand_over))
        workflow = _workflow(definition)
        known = [each.name for each in workflow.statuses] if workflow is not None else []
        for key, names in named:
            for name in names:
                if workflow is None:
                    yield problem('D712', at=(key,), key=key)
                elif name not in known:
                    yield problem('D730', at=(key,), setting=key, name=name, instead=instead(name, known))

    def _of_ranges(self, definition: AppDefinition) -> Iterator[Problem]:
        choices = [each.value for each in getattr(definition.fields.get(self.category), 'choices', ())]
        ranges: tuple[tuple[At, Duplicates | Within], ...] = (
            ((), self), *((('within', place), each) for place, each in enumerate(self.within))
        )
        for at, each in ranges:
            for key in ('metres', 'days'):
                if getattr(each, key) < 1:
                    yield problem('D710', at=(*at, key), key=key, value=getattr(each, key))
        for place, within in enumerate(self.within):
            if not within.categories:
                yield problem('D103', at=('within', place), key='categories', where='within')
            for value in within.categories:
                if value not in choices:
                    at = ('within', place, 'categories')
                    yield problem('D779', at=at, field=self.category, value=value, instead=instead(value, choices))


def _workflow(definition: AppDefinition) -> Any:
    return definition.capabilities.get('workflow')


def _of_field(definition: AppDefinition, at: At, name: str, wanted: str, told: str) -> Iterator[Problem]:
    field, key = definition.fields.get(name), str(at[-1])
    if not name:
        yield problem('D103', at=(), key=key, where=KEY)
    elif field is None:
        yield problem('D209', at=at, setting=key, name=name, instead=instead(name, definition.fields))
    elif field.TYPE != wanted:
        yield problem('D210', at=at, setting=key, name=name, type=field.TITLE, wanted=told)
