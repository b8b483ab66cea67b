"""A task that somebody outside answers by a link, without an account: what they see, what they are asked, how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from forms.capability import Capability, Moment, Offer, Values, capability
from forms.definition import columns_of
from forms.field import Field, setting
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'reply_link'
_OF_THE_HOUSE = frozenset(('lookup', 'staff', 'section', 'hidden'))
"""Field types that tell of the office's own records and people."""
_LONGEST = 366


@capability(KEY, title='返信用リンク')
@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLink(Capability):
    """Whoever has the link sees `shows` of this one record, is asked what the action asks, and takes that action.

    Staff may take the same action when somebody reports by telephone.
    """

    action: str = setting(MISSING, label='返信で行う操作', help='必ず書きます。聞く項目と次の状態を決めます。')
    shows: tuple[str, ...] = setting(MISSING, label='見せる項目', help='必ず書きます。ほかの項目は、相手に出ません。')
    to: str = setting(label='相手の項目', help='相手の名前の項目。変更履歴に「見本建設(リンク)」と残ります。')
    mail: str = setting(label='メールの項目', help='リンクを送るメールアドレスの項目。')
    days: int = setting(14, label='有効な日数', help='リンクを作った日から数えます。')
    intro: str = setting(label='はじめの文', help='ページの上に出る文。')
    done: str = setting(label='返信のあとの文', help='送ったあとに出る文。')

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for key, wanted, told in (('to', ('text', 'select_one'), '文字か選択'), ('mail', ('email',), 'メールアドレス')):
            name = getattr(self, key)
            if name:
                yield from _of_field(definition, key, name, wanted, told)
        for name in self.shows:
            field = definition.fields.get(name)
            if field is None:
                near = instead(name, definition.fields)
                yield problem('D209', at=('shows',), setting='shows', name=name, instead=near)
            elif is_withheld(field):
                yield problem('D748', at=('shows',), name=name, type=field.TITLE)
        if not 1 <= self.days <= _LONGEST:
            yield problem('D760', at=('days',), value=self.days, most=_LONGEST)
        yield from self._of_action(definition)

    def asked(self, definition: AppDefinition) -> tuple[str, ...]:
        """Names of the fields that are filled in, companions («その他» in words) included."""
        fields = definition.fields
        return tuple(one.name for name in self._asks(definition) for one in (fields[name], *fields[name].companions()))

    def offered(self, definition: AppDefinition, values: Values, moment: Moment) -> Offer | None:
        """The action, when the record waits for an answer; None when it does not, or cannot be answered now."""
        workflow: Any = definition.capabilities.get('workflow')
        offers = workflow.offers(definition, values, moment) if workflow is not None else ()
        return next((each for each in offers if each.name == self.action and not each.closed), None)

    def addressee(self, values: Values) -> str:
        """For whom a link of this record is; '' where the definition names no field for that."""
        return str(values.get(self.to) or '')

    def ends(self, now: datetime) -> datetime:
        """The last moment of a link that is made now: the end of the day, as people count days."""
        return datetime.combine(now.date() + timedelta(days=self.days), time(23, 59, 59), now.tzinfo)

    def _asks(self, definition: AppDefinition) -> tuple[str, ...]:
        workflow: Any = definition.capabilities.get('workflow')
        found = (each.asks for each in (workflow.actions if workflow else ()) if each.name == self.action)
        return tuple(name for name in next(found, ()) if name in definition.fields)

    def _of_action(self, definition: AppDefinition) -> Iterator[Problem]:
        workflow: Any = definition.capabilities.get('workflow')
        actions = {each.name: each for each in workflow.actions} if workflow else {}
        action = actions.get(self.action)
        if action is None:
            near = instead(self.action, actions)
            yield problem('D108', at=('action',), key='action', value=self.action, instead=near)
            return
        if action.by:
            yield problem('D749', at=('action',), action=self.action)
        for name in self._asks(definition):
            field = definition.fields[name]
            if field.TYPE in _OF_THE_HOUSE or not field.INPUT:
                yield problem('D786', at=('action',), action=self.action, name=name, type=field.TITLE)


def is_withheld(field: Field) -> bool:
    """Whether a field may never be shown to somebody who only has a link."""
    parts = (field, *columns_of(field).values())
    return any(each.privacy or each.TYPE in _OF_THE_HOUSE for each in parts)


def _of_field(
    definition: AppDefinition, key: str, name: str, types: tuple[str, ...], wanted: str
) -> Iterator[Problem]:
    field = definition.fields.get(name)
    if field is None:
        yield problem('D209', at=(key,), setting=key, name=name, instead=instead(name, definition.fields))
    elif field.TYPE not in types:
        yield problem('D210', at=(key,), setting=key, name=name, type=field.TITLE, wanted=wanted)
