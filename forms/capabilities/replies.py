"""Texts that nobody need write anew: offered beside the field of an answer, those that fit best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import MISSING, dataclass
from typing import TYPE_CHECKING, Any, Final

from forms.capabilities.notices import merge_problems
from forms.capability import Capability, FormulaSetting, Moment, Values, capability
from forms.evaluation import Evaluation
from forms.field import Field, FormulaText, setting
from forms.merge_text import merge_fields, merged
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'replies'
MOST: Final = 7
"""Texts offered at once: more are read by nobody who has a citizen waiting."""
_WRITABLE = ('text', 'textarea')


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyText:
    """A text and where it fits. A condition that is not written fits everywhere, but not as well as one that holds."""

    name: str = setting(label='文例の名前', help='選ぶときに出る短い言葉。')
    categories: tuple[str, ...] = setting((), label='種別', help='この種別のときに出します。なければ、どの種別でも。')
    statuses: tuple[str, ...] = setting(
        (), label='状態', help='この状態のときに出します。操作の画面では、操作のあとの状態でくらべます。'
    )
    when: FormulaText | None = setting(None, label='条件', help='この式が成り立つときだけ出します。')
    text: str = setting(MISSING, label='文', help='必ず書きます。{場所} のように項目を入れられます。')


@dataclass(frozen=True, slots=True)
class Reply:
    """A text ready to be put into a field."""

    name: str
    text: str


@capability(KEY, title='回答の文例')
@dataclass(frozen=True, slots=True, kw_only=True)
class Replies(Capability):
    """Offers, never writes: what is put into a field can be edited there and is saved like anything typed."""

    into: tuple[str, ...] = setting(MISSING, label='入れる項目', help='必ず書きます。文例を入れる、文字の項目。')
    category: str = setting(label='種別の項目', help='文例の categories で比べる、選択の項目。')
    texts: tuple[ReplyText, ...] = setting(MISSING, label='文例', help='必ず書きます。よく合うものから順に出ます。')

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for index, each in enumerate(self.texts):
            if each.when:
                yield FormulaSetting(('texts', index, 'when'), each.when, 'boolean')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for name in self.into:
            yield from _of_field(definition, 'into', name, _WRITABLE, '文字')
        if self.category:
            yield from _of_field(definition, 'category', self.category, ('select_one',), '選択')
        workflow: Any = definition.capabilities.get('workflow')
        statuses = [each.name for each in workflow.statuses] if workflow else []
        choices = [each.value for each in getattr(definition.fields.get(self.category), 'choices', ())]
        for index, each in enumerate(self.texts):
            yield from _of_text(each, index, definition)
            for key, known in (('categories', choices), ('statuses', statuses)):
                for value in getattr(each, key):
                    if value not in known:
                        at = ('texts', index, key)
                        yield problem('D108', at=at, key=key, value=value, instead=instead(value, known))

    def fitting(
        self,
        definition: AppDefinition,
        values: Values,
        moment: Moment,
        *,
        action: str = '',
        unread: Collection[str] = (),
    ) -> list[Reply]:
        """At most MOST texts with their fields filled in, the best fit first, else in the order written.

        action: that is being taken; then the status counts to which it leads. unread: fields that must not be told; a
        text that names one, or asks about one, is left out, for with a gap in it it would say something else.
        """
        evaluation = Evaluation.at(definition, moment)
        status = self._status(definition, values, action)
        ranked: list[tuple[int, ReplyText]] = []
        for index, each in enumerate(self.texts):
            if self._reads(definition, index, action).isdisjoint(unread):
                fit = self._fit(index, each, values, status, evaluation)
                if fit is not None:
                    ranked.append((-fit, each))
        ranked.sort(key=lambda pair: pair[0])
        return [Reply(each.name, _filled(definition, each.text, values, moment)) for _, each in ranked[:MOST]]

    def _reads(self, definition: AppDefinition, index: int, action: str) -> frozenset[str]:
        text, formula = self.texts[index], definition.formula(f'{KEY}.texts.{index}', 'when')
        workflow: Any = definition.capabilities.get('workflow')
        category = (self.category,) if text.categories else ()
        leads = workflow is None or any(each.name == action for each in workflow.actions)
        status = (workflow.field,) if text.statuses and not leads else ()
        asked = formula.reads if formula is not None else ()
        return frozenset((*merge_fields(text.text), *asked, *category, *status))

    def _fit(
        self, index: int, text: ReplyText, values: Values, status: str, evaluation: Evaluation
    ) -> int | None:
        """How well the text fits, None when it does not: the kind of thing says more than where it stands."""
        fit = 0
        if text.categories:
            if values.get(self.category) not in text.categories:
                return None
            fit += 4
        if text.statuses:
            if status not in text.statuses:
                return None
            fit += 2
        if text.when:
            if not evaluation.holds(f'{KEY}.texts.{index}', 'when', values):
                return None
            fit += 1
        return fit

    @staticmethod
    def _status(definition: AppDefinition, values: Values, action: str) -> str:
        """The status to which the action leads, without one that of the record."""
        workflow: Any = definition.capabilities.get('workflow')
        if workflow is None:
            return ''
        following = [each.to for each in workflow.actions if each.name == action]
        return following[0] if following else str(values.get(workflow.field) or workflow.first_status)


def _filled(definition: AppDefinition, text: str, values: Values, moment: Moment) -> str:
    names = [name for name in merge_fields(text) if values.get(name) is not None]
    words = {name: definition.fields[name].show(values[name], moment.around) for name in names}
    return merged(text, words)


def _of_field(
    definition: AppDefinition, key: str, name: str, types: tuple[str, ...], wanted: str
) -> Iterator[Problem]:
    field: Field | None = definition.fields.get(name)
    if field is None:
        yield problem('D209', at=(key,), setting=key, name=name, instead=instead(name, definition.fields))
    elif field.TYPE not in types:
        yield problem('D210', at=(key,), setting=key, name=name, type=field.TITLE, wanted=wanted)


def _of_text(text: ReplyText, index: int, definition: AppDefinition) -> Iterator[Problem]:
    yield from merge_problems(definition, [('text', text.text)], ('texts', index))
