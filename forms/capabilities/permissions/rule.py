"""One rule: about whom, what they may do, on which records, and which fields it withholds from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forms.capability import Moment
from forms.field import setting

if TYPE_CHECKING:
    from forms.definition import AppDefinition

VERBS = ('see', 'create', 'change', 'remove', 'act', 'import', 'export', 'define')
ROLES = ('staff', 'leader', 'supervisor', 'administrator', 'contractor')
RECORDS = ('all', 'own_section', 'own', 'assigned')
WITHHOLDING = ('hide', 'mask', 'readonly')


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Whom a rule is about; what is written must hold together (role and section: leaders of that section)."""

    role: str = setting(
        label='役割',
        help='staff 職員、leader リーダー、supervisor 所属長、administrator 管理者、contractor 委託先。',
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

    def holds_for_all_of(self, other: Who) -> bool:
        """Whether everybody whom `other` means is meant here too."""
        pairs = ((self.role, other.role), (self.section, other.section), (self.account, other.account))
        return any(own for own, _ in pairs) and all(own in ('', theirs) for own, theirs in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """hide: fields that are not shown at all; mask: shown as ○; readonly: shown, not written."""

    who: Who = setting(
        Who(), label='だれが', help='必ず書きます。役割、所属、利用者ID。2つ書けば、どちらにも当てはまる人だけです。'
    )
    can: tuple[str, ...] = setting(
        (), label='できること', help='見る、登録、変更、削除、操作、取込み、書出し、定義の変更。', choices=VERBS
    )
    records: str = setting(
        'all',
        label='どの記録を',
        help='all すべて、own_section 自分の課、own 自分が登録したもの、assigned 自分が担当のもの。式も書けます。',
    )
    section_field: str = setting(label='課の項目', help='own_section で見る項目。所属の項目が1つなら書きません。')
    hide: tuple[str, ...] = setting((), label='見せない項目', help='この人には出さない項目。')
    mask: tuple[str, ...] = setting((), label='伏せる項目', help='○で伏せて出す項目。')
    readonly: tuple[str, ...] = setting((), label='変更させない項目', help='見えるが変えられない項目。')

    @property
    def condition(self) -> str:
        """The formula that says on which records the rule works; '' when one of the four words says it."""
        return '' if self.records in RECORDS else self.records

    def withholds(self, definition: AppDefinition, key: str) -> frozenset[str]:
        """Names of the fields that this rule hides, masks or makes readonly (key), their companions included."""
        names = [name for name in getattr(self, key) if name in definition.fields]
        return frozenset(names).union(*([one.name for one in definition.fields[name].companions()] for name in names))

    def sections_in(self, definition: AppDefinition) -> tuple[str, ...]:
        """The fields that say to which section a record belongs."""
        if self.section_field:
            return (self.section_field,)
        return tuple(name for name, each in definition.fields.items() if each.TYPE == 'section')


def assignees_in(definition: AppDefinition) -> tuple[str, ...]:
    """The fields that say whose record it is to work on."""
    workflow: Any = definition.capabilities.get('workflow')
    named = (workflow.assignee,) if workflow is not None and workflow.assignee else ()
    staff = (name for name, each in definition.fields.items() if each.TYPE == 'staff')
    return tuple(dict.fromkeys((*named, *staff)))
