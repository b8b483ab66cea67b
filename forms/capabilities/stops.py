"""Words that stop somebody in the middle of a form: an emergency is for the telephone, this road is not the city's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from forms.capability import Capability, FormulaSetting, Moment, Values, capability
from forms.evaluation import Evaluation
from forms.field import FormulaText, setting
from forms.message import Message, message
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'stops'
WARN, REFUSE, NOTHING = DEEDS = ('warn', 'refuse', 'none')
_DEEDS_TOLD = 'warn 知らせる(送信はできる)、refuse 受け付けない、none 何もしない。'


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """What is said when the condition holds, to whom, and whether it is only said."""

    name: str = setting(MISSING, label='名前', help='言葉の上に出る短い見出し。')
    when: FormulaText = setting(MISSING, label='条件', help='この式が成り立つと出ます。')
    say: str = setting(MISSING, label='言葉', help='どうすればよいかを、やさしい文で。')
    easy_say: str = setting(label='言葉(やさしい日本語)', help='市民のフォームで、やさしい日本語のときの言葉。')
    who: str = setting(label='連絡する相手', help='例 見本県土木事務所')
    call: str = setting(label='電話番号', help='押すと電話をかけられます。')
    action: str = setting(
        label='次の操作', help='登録したあとに進める、進行管理の操作の名前。言葉の下に出ます。'
    )
    staff: str = setting(WARN, label='職員に', help=_DEEDS_TOLD, choices=DEEDS)
    public: str = setting(WARN, label='市民に', help=_DEEDS_TOLD, choices=DEEDS)

    def deed(self, *, outside: bool) -> str:
        """What it does to somebody of the office, or outside."""
        return self.public if outside else self.staff

    @property
    def contact(self) -> str:
        """「見本県土木事務所 076-000-0000」"""
        return ' '.join(filter(None, (self.who, self.call)))


@capability(KEY, title='止める言葉')
@dataclass(frozen=True, slots=True, kw_only=True)
class Stops(Capability):
    """Said while somebody types; one that refuses is asked again at every save, whichever way it comes."""

    LIST: ClassVar[str] = 'stops'

    stops: tuple[Stop, ...] = setting((), label='止める言葉', help='条件、言葉、連絡先、知らせるだけか受け付けないか。')

    def formula_settings(self) -> Iterable[FormulaSetting]:
        for index, stop in enumerate(self.stops):
            yield FormulaSetting((index, 'when'), stop.when, 'boolean')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        workflow: Any = definition.capabilities.get('workflow')
        actions = [each.name for each in workflow.actions] if workflow is not None else []
        for index, stop in enumerate(self.stops):
            if stop.action and stop.action not in actions:
                near = instead(stop.action, actions)
                yield problem('D108', at=(index, 'action'), key='action', value=stop.action, instead=near)
            if stop.staff == stop.public == NOTHING:
                yield problem('D728', at=(index,), name=stop.name, reason='職員にも市民にも')

    def warnings(self, definition: AppDefinition) -> Iterator[Problem]:
        """A form says only what its own answers decide; that is easily forgotten of a form that asks less."""
        form: Any = definition.capabilities.get('public_form')
        asked = frozenset(form.asked(definition)) if form is not None else definition.fields.keys()
        for index, stop in enumerate(self.stops):
            formula = definition.formula(f'{KEY}.{index}', 'when')
            unasked = sorted((formula.reads & definition.fields.keys()) - asked) if formula is not None else []
            if stop.public == WARN and unasked:
                reason = f'市民の申込みフォームで聞かない項目「{unasked[0]}」で決まるので、市民に'
                yield problem('D728', at=(index,), name=stop.name, reason=reason)

    def refuse(
        self, definition: AppDefinition, old: Values | None, new: Values, moment: Moment
    ) -> Iterator[Message]:
        """A record that stands already is not refused for what held before: others must be able to go on with it."""
        refusing = [index for index, each in enumerate(self.stops) if each.deed(outside=moment.outside) == REFUSE]
        if not refusing:
            return
        evaluation = Evaluation.at(definition, moment)
        for index in refusing:
            if _holds(evaluation, index, new) and not (old is not None and _holds(evaluation, index, old)):
                yield self._refusal(definition, self.stops[index], index)

    def _refusal(self, definition: AppDefinition, stop: Stop, index: int) -> Message:
        field = definition.fields[path] if (path := cause_of(definition, index)) else None
        label = field.title if field is not None else definition.title
        contact = f' 連絡先 {stop.contact}' if stop.contact else ''
        return message(path, 'stopped', label=label, say=stop.say, contact=contact)


def cause_of(definition: AppDefinition, index: int) -> str:
    """The field beside which a stop is said: the last on the form that its condition reads; '' when it reads none."""
    formula = definition.formula(f'{KEY}.{index}', 'when')
    read = formula.reads if formula is not None else frozenset()
    return next((name for name in reversed(tuple(definition.fields)) if name in read), '')


def _holds(evaluation: Evaluation, index: int, values: Values) -> bool:
    return evaluation.holds(f'{KEY}.{index}', 'when', values)
