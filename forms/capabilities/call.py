"""Taking requests by telephone: what is asked on the phone screen, what an earlier caller brings, what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from forms.capability import Capability, FormulaSetting, Moment, Offer, Performed, Values, capability
from forms.evaluation import Evaluation
from forms.field import Field, FormulaText, Value, field_types, setting
from forms.problems import At, Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'call'
RANG_AGAIN: Final = 'rang_again'
LABEL: Final = 'また電話がありました'

_LISTS = ('asks', 'more', 'takes_over', 'shows')


@capability(KEY, title='電話受付')
@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Capability):
    """The phone screen asks what a caller can tell; everything else of the record is left to later."""

    DEEDS: ClassVar[Mapping[str, str]] = MappingProxyType({RANG_AGAIN: LABEL})

    number: str = setting(
        label='電話番号の項目', help='必ず書きます。最初に聞く電話番号(phone)。前の要望をこの番号で探します。'
    )
    asks: tuple[str, ...] = setting(
        (), label='聞く項目', help='必ず書きます。電話番号の次に聞く項目。書いた順に並びます。'
    )
    more: tuple[str, ...] = setting((), label='あとの項目', help='たたんでおき、開いたときだけ聞く項目。')
    takes_over: tuple[str, ...] = setting(
        (), label='引き継ぐ項目', help='前の要望から、ボタン1つで写す項目。例 氏名'
    )
    shows: tuple[str, ...] = setting(
        (), label='前の要望に出す項目', help='前の要望の行に出す項目。書かなければ record_title の項目です。'
    )
    sets: Mapping[str, FormulaText] = setting(
        MappingProxyType({}), label='聞かずに入れる値', help="項目名: 式。電話で受けたときの値。例 受付方法: '\"電話\"'"
    )
    print: str = setting(label='印刷する紙', help='「保存して印刷」で出る紙。sheets: に書いた名前です。')
    again: str = setting(
        label='再度の電話を数える項目',
        help='ここに名前を書くと、同じ要望の電話がまたあった回数が、その名前の項目に残ります。',
    )

    def added_fields(self) -> Sequence[Field]:
        return (field_types()['integer'](name=self.again, readonly=True),) if self.again else ()

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for name, text in self.sets.items():
            yield FormulaSetting(('sets', name), text)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for key in ('number', 'asks'):
            if not getattr(self, key):
                yield problem('D103', at=(), key=key, where=KEY)
        yield from _unknown(self, definition)
        phone = definition.fields.get(self.number)
        if phone is not None and phone.TYPE != 'phone':
            kind = phone.TITLE
            yield problem('D210', at=('number',), setting='number', name=self.number, type=kind, wanted='電話番号')
        given = {*self.asked(definition), *self.sets}
        for field in definition.written_fields:
            if field.required is True and field.name not in given and not _comes_by_itself(field):
                yield problem('D718', at=('asks',), name=field.name)
        papers = definition.capabilities.get('sheets')
        names = [each.name for each in getattr(papers, 'sheets', ()) if not each.is_list]
        if self.print and self.print not in names:
            yield problem('D719', at=('print',), name=self.print, instead=instead(self.print, names))

    def asked(self, definition: AppDefinition) -> tuple[str, ...]:
        """Names of the fields on the phone screen in its order, companions («その他» in words) behind their choice."""
        names = (self.number, *self.asks, *self.more)
        return tuple(one for name in dict.fromkeys(names) for one in _with_companions(definition, name))

    def decided(self, definition: AppDefinition, moment: Moment) -> dict[str, Value]:
        """What is filled in without being asked, because it is a call."""
        evaluation = Evaluation.at(definition, moment)
        return {name: evaluation.value(f'{KEY}.sets', name, {}) for name in self.sets}

    # ---- somebody rings about an earlier request

    def offers(self, definition: AppDefinition, values: Values, moment: Moment) -> Sequence[Offer]:
        return (Offer(RANG_AGAIN, LABEL),) if self.again else ()

    def takes(self, action: str) -> bool:
        return bool(self.again) and action == RANG_AGAIN

    def perform(
        self, definition: AppDefinition, action: str, values: Values, given: Values, moment: Moment
    ) -> Performed:
        """One more call about the same request; the history tells when and who took it."""
        return Performed({self.again: _number(values.get(self.again)) + 1})


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _with_companions(definition: AppDefinition, name: str) -> Iterator[str]:
    field = definition.fields.get(name)
    if field is not None:
        yield name
        yield from (each.name for each in field.companions())


def _unknown(call: Call, definition: AppDefinition) -> Iterator[Problem]:
    known = definition.fields
    named: list[tuple[At, str, str]] = [(('number',), 'number', call.number)] if call.number else []
    for key in _LISTS:
        named += [((key, place), key, name) for place, name in enumerate(getattr(call, key))]
    named += [(('sets', name), 'sets', name) for name in call.sets]
    for at, key, name in named:
        if name not in known:
            yield problem('D209', at=at, setting=key, name=name, instead=instead(name, known))


def _comes_by_itself(field: Field) -> bool:
    return field.default is not None or field.calculation is not None or field.retired
