"""What everybody may know of an app's records: released ones on a list and a map, and how far a number has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass
from datetime import date as Day
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from forms.capabilities.public_form import PublicForm
from forms.capabilities.workflow import Workflow
from forms.capability import Capability, FormulaSetting, Moment, Values, capability
from forms.evaluation import Evaluation
from forms.field import FormulaText, setting
from forms.fields.select import Select
from forms.problems import At, Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'public_reports'
_TAKES: Final = {
    'category': (('select_one',), '1つ選ぶ(select_one)'),
    'location': (('location',), '位置(location)'),
    'date': (('date', 'datetime'), '日付か日時'),
}
_TELLABLE: Final = frozenset(('text', 'textarea', 'place', 'select_one', 'date', 'datetime', 'yes_no', 'integer'))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """Once it is done, who has number and code is asked whether it is: the answer is written into the record."""

    into: str = setting(MISSING, label='答えの項目', help='必ず書きます。選択肢が2つの項目。1つ目が「直った」です。')
    words: str = setting(label='様子の項目', help='直っていないときの様子を書いてもらう、文字の項目。')
    after: str = setting(
        MISSING, label='終わった日の項目', help='必ず書きます。この日から数えて、答えられる日数を決めます。'
    )
    days: int = setting(30, label='答えられる日数', help='終わった日から、この日数のあいだ聞きます。')


@capability(KEY, title='公開の要望')
@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReports(Capability):
    """What is not named here is never told; closed unless this key is written. The pages hang below the public form."""

    released: FormulaText = setting(
        MISSING, label='公開の条件', help='必ず書きます。この式が成り立つレコードだけが、一覧と地図に出ます。'
    )
    category: str = setting(
        MISSING, label='種別の項目', help='必ず書きます。一覧で絞り込め、番号で調べたときにも出ます。'
    )
    location: str = setting(label='位置の項目', help='地図に出す位置。書かなければ一覧だけです。')
    date: str = setting(MISSING, label='日付の項目', help='必ず書きます。新しい順に並びます。')
    fields: tuple[str, ...] = setting(
        (), label='見せる項目', help='公開したレコードで見せる項目。個人情報の項目は書けません。'
    )
    notes: Mapping[str, str] = setting(
        MappingProxyType({}), label='状態の言葉', help='状態: 市民に見せる言葉。書かない状態は、そのまま出ます。'
    )
    days: int = setting(
        365, label='終わったものを出す日数', help='終わった状態のものは、日付からこの日数だけ出します。0なら全部です。'
    )
    by_number: bool = setting(
        False, label='番号で調べる', help='trueなら、受付番号だけで種別と状態が分かります。ほかは何も出ません。'
    )
    me_too: bool = setting(False, label='わたしも', help='trueなら、同じことで困っている人が「わたしも」と押せます。')
    asks: Asks | None = setting(None, label='直ったかを聞く', help='終わったあとに、番号とコードのある人に聞きます。')

    def formula_settings(self) -> Iterable[FormulaSetting]:
        if self.released:
            yield FormulaSetting(('released',), self.released, 'boolean')

    def maps_for_everybody(self, definition: AppDefinition) -> bool:
        return bool(self.location)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        wanted = (('public_form', PublicForm, '市民のフォーム'), ('workflow', Workflow, '進行管理'))
        for name, kind, words in wanted:
            if not isinstance(definition.capabilities.get(name), kind):
                yield problem('D729', at=(), missing=f'{words}({name})')
        for key, (types, told) in _TAKES.items():
            yield from _of_field(definition, (key,), str(getattr(self, key)), types, told)
        for place, name in enumerate(self.fields):
            yield from _of_field(definition, ('fields', place), name, _TELLABLE, '文字、選択肢、日付など')
        yield from self._wrong_statuses(definition)
        if self.days < 0:
            yield problem('D753', at=('days',), key='days', value=self.days)
        if self.asks:
            yield from _of_asks(self.asks, definition)

    def is_released(self, definition: AppDefinition, values: Values, moment: Moment) -> bool:
        """Whether a record may be told of; a formula that fails releases nothing."""
        if not self.released or not Evaluation.at(definition, moment).holds(KEY, 'released', values):
            return False
        return not (self.days and self._is_done(definition, values)) or str(values.get(self.date) or '')[:10] >= (
            moment.now.date() - timedelta(days=self.days)
        ).isoformat()

    def status(self, definition: AppDefinition, values: Values) -> str:
        """The status in the words for citizens; '' where there is none."""
        workflow = definition.capabilities.get('workflow')
        value = values.get(workflow.field) if isinstance(workflow, Workflow) else None
        if not isinstance(workflow, Workflow) or value is None:
            return ''
        return self.notes.get(str(value)) or definition.fields[workflow.field].show(value)

    def may_answer(self, definition: AppDefinition, values: Values, today: Day) -> bool:
        """Whether it is asked now whether all is well: done, not too long ago, and not answered yet."""
        if self.asks is None or values.get(self.asks.into) is not None or not self._is_done(definition, values):
            return False
        ended = str(values.get(self.asks.after) or '')[:10]
        return bool(ended) and Day.fromisoformat(ended) + timedelta(days=self.asks.days) >= today

    def answers(self, definition: AppDefinition) -> tuple[str, str]:
        """The choices that say that it is well, and that it is not."""
        field = definition.fields[self.asks.into] if self.asks else None
        well, not_well, *_ = (each.value for each in field.choices) if isinstance(field, Select) else ('', '')
        return well, not_well

    def _is_done(self, definition: AppDefinition, values: Values) -> bool:
        workflow = definition.capabilities.get('workflow')
        return isinstance(workflow, Workflow) and values.get(workflow.field) in workflow.done

    def _wrong_statuses(self, definition: AppDefinition) -> Iterator[Problem]:
        workflow = definition.capabilities.get('workflow')
        statuses = [each.name for each in workflow.statuses] if isinstance(workflow, Workflow) else []
        for name in self.notes if statuses else ():
            if name not in statuses:
                yield problem('D730', at=('notes',), setting='notes', name=name, instead=instead(name, statuses))


def _of_field(
    definition: AppDefinition, at: At, name: str, types: Iterable[str], told: str
) -> Iterator[Problem]:
    """at: begins with the setting that names the field."""
    field, key = definition.fields.get(name), str(at[0])
    if name and field is None:
        yield problem('D209', at=at, setting=key, name=name, instead=instead(name, definition.fields))
    elif field is not None and field.privacy:
        yield problem('D799', at=at, setting=key, name=name)
    elif field is not None and field.TYPE not in types:
        yield problem('D210', at=at, setting=key, name=name, type=field.TITLE, wanted=told)


def _of_asks(asks: Asks, definition: AppDefinition) -> Iterator[Problem]:
    wanted = {
        'into': ('select_one', '選択肢が2つ'),
        'words': ('textarea', '長い文字(textarea)'),
        'after': ('date', '日付'),
    }
    for key, (kind, told) in wanted.items():
        name = str(getattr(asks, key))
        field = definition.fields.get(name)
        if name and field is None:
            known = instead(name, definition.fields)
            yield problem('D209', at=('asks', key), setting=key, name=name, instead=known)
        elif field is not None and (field.TYPE != kind or (key == 'into' and not _is_pair(field))):
            yield problem('D210', at=('asks', key), setting=key, name=name, type=field.TITLE, wanted=told)
    if asks.days < 1:
        yield problem('D752', at=('asks', 'days'), unit='days', number=asks.days)


def _is_pair(field: object) -> bool:
    return isinstance(field, Select) and len(tuple(field.choices)) == 2
