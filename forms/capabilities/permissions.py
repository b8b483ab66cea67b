"""Who may do what with the records of an app."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from forms.capability import Capability, Moment, capability
from forms.field import setting
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

VERBS = ('see', 'create', 'change', 'remove', 'act', 'import', 'export', 'define')
ROLES = ('staff', 'leader', 'supervisor', 'administrator')


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Whom a rule is about; what is written must hold together (role and section: leaders of that section)."""

    role: str = setting(
        label='役割',
        help='staff 職員、leader リーダー、supervisor 所属長、administrator 管理者。',
        choices=('', *ROLES),
    )
    section: str = setting(label='所属', help='この所属の人。')
    account: str = setting(label='職員', help='この利用者ID。')

    def is_(self, moment: Moment) -> bool:
        """Whether the person of this moment is meant; a rule that names nobody is about nobody."""
        named = [
            (self.role, moment.roles),
            (self.section, moment.sections),
            (self.account, (moment.account,)),
        ]
        return any(word for word, _ in named) and all(word in own for word, own in named if word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """hide: fields that are not shown at all; mask: shown as ○; readonly: shown, not written."""

    who: Who = setting(
        Who(), label='だれが', help='必ず書きます。役割、所属、利用者ID。2つ書けば、どちらにも当てはまる人だけです。'
    )
    can: tuple[str, ...] = setting(
        (), label='できること', help='見る、登録、変更、削除、操作、取込み、書出し、定義の変更。', choices=VERBS
    )
    hide: tuple[str, ...] = setting((), label='見せない項目', help='この人には出さない項目。')
    mask: tuple[str, ...] = setting((), label='伏せる項目', help='○で伏せて出す項目。')
    readonly: tuple[str, ...] = setting((), label='変更させない項目', help='見えるが変えられない項目。')


@capability('permissions', title='権限')
@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions(Capability):
    """Whatever no rule permits is refused. Administrators may do everything unless a rule names their role."""

    LIST: ClassVar[str] = 'rules'

    rules: tuple[Permission, ...] = setting(
        (), label='権限', help='だれに何をさせるか。書かれていないことはできません(管理者を除く)。'
    )

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        for index, rule in enumerate(self.rules):
            if rule.who == Who():
                yield problem('D754', at=(index, 'who'))
            for verb in rule.can:
                if verb not in VERBS:
                    yield problem('D108', at=(index, 'can'), key='can', value=verb, instead=instead(verb, VERBS))
            for key in ('hide', 'mask', 'readonly'):
                for name in getattr(rule, key):
                    if name not in definition.fields:
                        known = instead(name, definition.fields)
                        yield problem('D209', at=(index, key), setting=key, name=name, instead=known)

    def allows(self, moment: Moment, verb: str) -> bool:
        """Whether this person may do that with records of the app. verb: one of `VERBS`."""
        administrators_named = any(rule.who.role == 'administrator' for rule in self.rules)
        if 'administrator' in moment.roles and not administrators_named:
            return True
        return any(verb in rule.can and rule.who.is_(moment) for rule in self.rules)

    def withheld(self, moment: Moment, key: str) -> frozenset[str]:
        """Names of the fields that are hidden, masked or readonly for this person (key: hide, mask, readonly).

        A field is withheld only when every rule about this person withholds it: one rule that shows it suffices.
        """
        own = [frozenset(getattr(rule, key)) for rule in self.rules if rule.who.is_(moment)]
        return frozenset.intersection(*own) if own else frozenset()
