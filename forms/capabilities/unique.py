"""What may be registered only once: one person, one application."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from forms.capability import Capability, Claim, Values, capability
from forms.field import Field, Value, setting
from forms.japanese.search_key import search_key
from forms.problems import Problem, instead, problem
from forms.record_rules import is_blank

if TYPE_CHECKING:
    from forms.definition import AppDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueSet:
    """Fields whose values together belong to one record only; a blank among them makes no claim."""

    fields: tuple[str, ...] = setting((), label='項目', help='必ず書きます。値の組が同じ記録は、1つしか作れません。')
    message: str = setting(label='重複したときの説明', help='重複したときに、入力した人が読む文。')


@capability('unique', title='重複禁止')
@dataclass(frozen=True, slots=True, kw_only=True)
class Unique(Capability):
    """Compared as people would: width, kana and old forms of characters make no difference."""

    LIST: ClassVar[str] = 'sets'

    sets: tuple[UniqueSet, ...] = setting((), label='重複禁止の組', help='同じ人や同じ物を2回登録させない項目の組。')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for index, each in enumerate(self.sets):
            if not each.fields:
                yield problem('D103', at=(index,), key='fields', where='unique')
            for name in each.fields:
                if name not in definition.fields:
                    known = instead(name, definition.fields)
                    yield problem('D209', at=(index, 'fields'), setting='fields', name=name, instead=known)

    def claims(self, definition: AppDefinition, new: Values) -> Iterable[Claim]:
        for each in self.sets:
            yield from _claim([definition.fields[name] for name in each.fields], new, each.message)


def _claim(fields: list[Field], values: Values, text: str) -> Iterable[Claim]:
    if not fields or any(is_blank(values.get(each.name)) for each in fields):
        return
    first = fields[0]
    shown = '、'.join(each.show(values[each.name]) for each in fields)
    refusal = first.message('unique', value=shown)
    yield Claim(
        'unique|' + '|'.join(each.name for each in fields),
        '\x1f'.join(_folded(values[each.name]) for each in fields),
        replace(refusal, text=text or refusal.text),
    )


def _folded(value: Value) -> str:
    return search_key(value) if isinstance(value, str) else repr(value)
