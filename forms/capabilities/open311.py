"""Open311 GeoReport v2: what an app tells other systems of its records, and whether it takes reports from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from forms.capabilities.public_form import PublicForm
from forms.capabilities.workflow import Workflow
from forms.capability import Capability, FormulaSetting, Moment, Values, capability
from forms.choices import Choice
from forms.evaluation import Evaluation
from forms.field import FormulaText, setting
from forms.fields.select import Select
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'open311'
_CODE = re.compile(r'[A-Za-z0-9][A-Za-z0-9_-]{0,39}')
_TOLD: Final = {
    'service': (('select_one',), '1つ選ぶ(select_one)'),
    'description': (('text', 'textarea'), '文字(text、textarea)'),
    'address': (('text', 'place'), '文字(text、place)'),
    'location': (('location',), '位置(location)'),
    'photos': (('photo',), '写真(photo)'),
    'requested': (('date', 'datetime'), '日付か日時'),
}
"""Settings that make a field public, the field types each takes, and these in words."""
_SENDER: Final = ('name', 'phone', 'email')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Fields for what a reporter says of themselves: taken in, never told."""

    name: str = setting(label='氏名の項目', help='送り主の氏名が入る項目。外には出ません。')
    phone: str = setting(label='電話番号の項目', help='送り主の電話番号が入る項目。外には出ません。')
    email: str = setting(label='メールの項目', help='送り主のメールアドレスが入る項目。外には出ません。')


@capability(KEY, title='Open311での公開')
@dataclass(frozen=True, slots=True, kw_only=True)
class Open311(Capability):
    """What is not named here is never told; a field with a privacy mark cannot be named."""

    jurisdiction: str = setting(label='自治体の名前', help='必ず書きます。jurisdiction_id。例 city.example.lg.jp')
    service: str = setting(label='種別の項目', help='必ず書きます。選択肢の1つ1つが Open311 のサービスになります。')
    codes: Mapping[str, str] = setting(
        MappingProxyType({}), label='サービスの番号', help='選択肢: 番号(英数字、- 、_)。なければ選択肢の言葉です。'
    )
    keywords: Mapping[str, str] = setting(
        MappingProxyType({}), label='探す言葉', help='選択肢: 言葉。いくつもあるときは , で区切ります。'
    )
    description: str = setting(label='内容の項目', help='released が成り立つ記録だけ、外に出ます。')
    address: str = setting(label='場所の項目', help='場所を言葉で書いた項目。released が成り立つ記録だけ、外に出ます。')
    photos: str = setting(label='写真の項目', help='最初の1枚が、released が成り立つ記録だけ、外に出ます。')
    released: FormulaText | None = setting(
        None, label='公開の条件', help='この式が成り立つ記録の内容、場所、写真を出します。なければ、どれも出しません。'
    )
    location: str = setting(label='位置の項目', help='緯度と経度。書けば、どの記録の位置も外に出ます。')
    requested: str = setting(label='受付の日時の項目', help='日付か日時の項目。なければ登録の日時です。')
    closed: tuple[str, ...] = setting((), label='終わりの状態', help='closedになる状態。なければ進行管理のdoneです。')
    notes: Mapping[str, str] = setting(
        MappingProxyType({}), label='状態の説明', help='状態: 外に出す言葉。書かない状態には何も出ません。'
    )
    accepts: bool = setting(False, label='受け付ける', help='trueなら報告を受け付けます。public_formが要ります。')
    sender: Sender = setting(Sender(), label='送り主の項目', help='name、phone、email。受け取るだけで外に出ません。')

    def formula_settings(self) -> Iterable[FormulaSetting]:
        if self.released:
            yield FormulaSetting(('released',), self.released, 'boolean')

    def indexed(self, definition: AppDefinition) -> Iterable[tuple[str, ...]]:
        yield (self.requested or '_created_at',)

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for key in ('jurisdiction', 'service'):
            if not getattr(self, key):
                yield problem('D103', at=(), key=key, where='open311')
        if not number_field(definition):
            yield problem('D798', at=(), missing='採番(numbering)')
        yield from self._untellable(definition)
        yield from self._wrong_codes(definition)
        yield from self._wrong_statuses(definition)
        if self.accepts:
            yield from self._not_asked(definition)

    def services(self, definition: AppDefinition) -> Mapping[str, Choice]:
        """Code -> choice, those out of use included, in the order of the form."""
        field = definition.fields.get(self.service)
        choices = field.choices if isinstance(field, Select) else ()
        return {self.codes.get(each.value, each.value): each for each in choices}

    def closed_statuses(self, definition: AppDefinition) -> frozenset[str]:
        """The statuses that the world calls closed."""
        workflow = definition.capabilities.get('workflow')
        return frozenset(self.closed) or (workflow.done if isinstance(workflow, Workflow) else frozenset())

    def is_released(self, definition: AppDefinition, values: Values, moment: Moment) -> bool:
        """Whether the words and photos of a record may be told; a formula that fails releases nothing."""
        return self.released is not None and Evaluation.at(definition, moment).holds(KEY, 'released', values)

    def heard(self) -> Mapping[str, str]:
        """Setting -> field that a report fills in by itself."""
        told = {key: str(getattr(self, key)) for key in ('service', 'description', 'address', 'location')}
        sent = {f'sender.{key}': str(getattr(self.sender, key)) for key in _SENDER}
        return {key: name for key, name in (told | sent).items() if name}

    def _untellable(self, definition: AppDefinition) -> Iterator[Problem]:
        for key, (types, wanted) in _TOLD.items():
            name = str(getattr(self, key))
            field = definition.fields.get(name)
            if name and field is None:
                yield problem('D209', at=(key,), setting=key, name=name, instead=instead(name, definition.fields))
            elif field is not None and field.privacy:
                yield problem('D787', at=(key,), setting=key, name=name)
            elif field is not None and field.TYPE not in types:
                yield problem('D210', at=(key,), setting=key, name=name, type=field.TITLE, wanted=wanted)
        for key in _SENDER:
            name = str(getattr(self.sender, key))
            if name and name not in definition.fields:
                known = instead(name, definition.fields)
                yield problem('D209', at=('sender', key), setting=f'sender.{key}', name=name, instead=known)

    def _wrong_codes(self, definition: AppDefinition) -> Iterator[Problem]:
        field = definition.fields.get(self.service)
        values = [each.value for each in field.choices] if isinstance(field, Select) else []
        for key in ('codes', 'keywords'):
            for value in getattr(self, key) if values else ():
                if value not in values:
                    known = instead(value, values)
                    yield problem('D779', at=(key, value), field=self.service, value=value, instead=known)
        taken = [self.codes.get(each, each) for each in values]
        for value, code in self.codes.items():
            if not _CODE.fullmatch(code) or taken.count(code) > 1:
                yield problem('D789', at=('codes', value), number=code, value=value)

    def _wrong_statuses(self, definition: AppDefinition) -> Iterator[Problem]:
        workflow = definition.capabilities.get('workflow')
        if not isinstance(workflow, Workflow):
            yield problem('D798', at=(), missing='進行管理(workflow)')
            return
        statuses = [each.name for each in workflow.statuses]
        for key in ('closed', 'notes'):
            for name in getattr(self, key):
                if name not in statuses:
                    yield problem('D730', at=(key,), setting=key, name=name, instead=instead(name, statuses))

    def _not_asked(self, definition: AppDefinition) -> Iterator[Problem]:
        form = definition.capabilities.get('public_form')
        if not isinstance(form, PublicForm):
            yield problem('D798', at=('accepts',), missing='市民の申込みフォーム(public_form)')
            return
        asked = form.asked(definition)
        for key, name in self.heard().items():
            if name in definition.fields and name not in asked:
                yield problem('D788', at=tuple(key.split('.')), setting=key, name=name)


def number_field(definition: AppDefinition) -> str:
    """Name of the field that holds the service_request_id; '' when nothing is numbered."""
    form = definition.capabilities.get('public_form')
    return (form if isinstance(form, PublicForm) else PublicForm()).number_field(definition)
