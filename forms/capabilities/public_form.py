"""A form that citizens fill in without an account: its address, what it asks, and what becomes known to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from forms.capabilities.lottery import Lottery
from forms.capabilities.period import Period
from forms.capability import Capability, FormulaSetting, Moment, Offer, Values, capability
from forms.evaluation import Evaluation
from forms.field import Field, FormulaText, Value, setting
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'public_form'
_ADDRESS = re.compile(r'[a-z0-9][a-z0-9-]{1,39}')
_OF_THE_HOUSE = frozenset(('lookup', 'staff', 'section'))
"""Field types whose choices are the office's own records and people: nothing for the public to leaf through."""


@capability(KEY, title='市民の申込みフォーム')
@dataclass(frozen=True, slots=True, kw_only=True)
class PublicForm(Capability):
    """Only the fields named here are shown, taken and told; everything else stays inside the office."""

    address: str = setting(
        label='アドレス', help='英小文字と数字と - 。/public/forms/ のあとに付きます。なければアプリの名前です。'
    )
    fields: tuple[str, ...] = setting(
        (), label='聞く項目', help='必ず書きます。市民が入力する項目。ほかの項目は出ません。'
    )
    sets: Mapping[str, FormulaText] = setting(
        MappingProxyType({}), label='役所が決める値', help="項目名: 式。聞かずに入れる値。例 受付方法: '\"ウェブ\"'"
    )
    intro: str = setting(label='はじめの文', help='フォームの上に出る案内。')
    easy_intro: str = setting(label='はじめの文(やさしい日本語)', help='やさしい日本語のときの案内。')
    done: str = setting(label='申込みのあとの文', help='受付番号の下に出る案内。')
    easy_done: str = setting(label='申込みのあとの文(やさしい日本語)', help='やさしい日本語のときの案内。')
    number: str = setting(label='受付番号の項目', help='申込みのあとに知らせる番号。なければ採番の最初の番号です。')
    shows: tuple[str, ...] = setting(
        (), label='本人に見せる項目', help='番号とコードで本人が確かめられる項目。聞く項目はいつも見られます。'
    )
    answers: tuple[str, ...] = setting(
        (), label='本人の返事', help='本人がフォームの画面でできる操作。抽選なら accept(参加する)。'
    )
    cancel: str = setting(label='取消しの操作', help='本人が取り消すときの操作の名前。なければ取消しは窓口だけです。')

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for name, text in self.sets.items():
            yield FormulaSetting(('sets', name), text)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        if self.address and not _ADDRESS.fullmatch(self.address):
            yield problem('D780', at=('address',), address=self.address)
        if not self.fields:
            yield problem('D785', at=())
        for key in ('fields', 'shows'):
            for name in getattr(self, key):
                if name not in definition.fields:
                    known = instead(name, definition.fields)
                    yield problem('D209', at=(key,), setting=key, name=name, instead=known)
        for name in self.sets:
            if name not in definition.fields:
                known = instead(name, definition.fields)
                yield problem('D209', at=('sets', name), setting='sets', name=name, instead=known)
        yield from self._unaskable(definition)
        if not self.number_field(definition):
            yield problem('D783', at=())
        for key, action in (('cancel', self.cancel), *(('answers', each) for each in self.answers)):
            if action and not any(each.takes(action) for each in definition.capabilities.values()):
                yield problem('D784', at=(key,), action=action)

    def asked(self, definition: AppDefinition) -> tuple[str, ...]:
        """Names of the fields a citizen may fill in, companions («その他» in words) included, in form order."""
        names = set(self.fields)
        for name in self.fields:
            field = definition.fields.get(name)
            names.update(each.name for each in field.companions()) if field is not None else None
        return tuple(name for name in definition.fields if name in names)

    def told(self, definition: AppDefinition, values: Values, moment: Moment) -> dict[str, Value]:
        """What the applicant may read of their own record now: what they said, and `shows` once it may be told."""
        results = _result_fields(definition) if _is_secret(definition, moment) else frozenset()
        names = (*self.asked(definition), *(name for name in self.shows if name not in results))
        return {name: values[name] for name in dict.fromkeys(names) if values.get(name) is not None}

    def decided(self, definition: AppDefinition, moment: Moment) -> dict[str, Value]:
        """The values that the office sets beside what a citizen says."""
        evaluation = Evaluation.at(definition, moment)
        return {name: evaluation.value(f'{KEY}.sets', name, {}) for name in self.sets}

    def left_to_applicants(self, definition: AppDefinition, values: Values, moment: Moment) -> list[Offer]:
        """What the applicant can do with their own record now, the cancelling last.

        Nothing between the draw and its announcement: the buttons alone would tell who has won.
        """
        if _is_secret(definition, moment) and any(values.get(name) for name in _result_fields(definition)):
            return []
        offered = {
            offer.name: offer
            for each in definition.capabilities.values()
            for offer in each.offers(definition, values, moment)
            if not offer.closed
        }
        return [offered[each] for each in (*self.answers, self.cancel) if each in offered]

    def number_field(self, definition: AppDefinition) -> str:
        """Name of the field that holds the receipt number; '' when nothing is numbered."""
        numbering = definition.capabilities.get('numbering')
        series: Sequence[object] = getattr(numbering, 'series', ())
        return self.number or (str(getattr(series[0], 'field', '')) if series else '')

    def maps_for_everybody(self, definition: AppDefinition) -> bool:
        return any(definition.fields[name].WIDGET == 'location' for name in self.asked(definition))

    def _unaskable(self, definition: AppDefinition) -> Iterable[Problem]:
        for name in self.fields:
            field = definition.fields.get(name)
            if field is not None and (field.TYPE in _OF_THE_HOUSE or not field.INPUT or field.readonly is True):
                yield problem('D781', at=('fields',), name=name, type=field.TITLE)
        given = {*self.asked(definition), *self.sets}
        for field in definition.written_fields:
            if field.required is True and field.name not in given and not _comes_by_itself(field):
                yield problem('D782', at=('fields',), name=field.name)


def _comes_by_itself(field: Field) -> bool:
    return field.default is not None or field.calculation is not None or field.retired


def _is_secret(definition: AppDefinition, moment: Moment) -> bool:
    period = definition.capabilities.get('period')
    return isinstance(period, Period) and not period.is_announced(moment.now)


def _result_fields(definition: AppDefinition) -> frozenset[str]:
    """Fields that a draw writes, which nobody outside learns before the announcement."""
    lottery = definition.capabilities.get('lottery')
    return lottery.result_fields() if isinstance(lottery, Lottery) else frozenset()
