"""Black boxes over what must not be seen in a photo: in which photos, and who keeps the original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from forms.capability import Capability, Moment, capability
from forms.definition import columns_of
from forms.field import Field, setting
from forms.problems import Problem, instead, problem

if TYPE_CHECKING:
    from forms.definition import AppDefinition

KEY: Final = 'redaction'


@capability(KEY, title='写真の塗りつぶし')
@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction(Capability):
    """Faces, number plates, name plates. Who may change a photo field may paint; fewer people see what was there."""

    fields: tuple[str, ...] = setting(
        (), label='塗りつぶせる写真', help='写真の項目、または写真のある明細。書かなければ、すべての写真です。'
    )
    originals: tuple[str, ...] = setting(
        (),
        label='元の写真を見られる人',
        help='役割(leader など)か所属名。元に戻せるのもこの人たちです。だれも書かなければ、元の写真は残しません。',
    )

    def problems(self, definition: AppDefinition) -> Iterable[Problem]:
        with_photos = [name for name, each in definition.fields.items() if has_photos(each)]
        for index, name in enumerate(self.fields):
            at, field = ('fields', index), definition.fields.get(name)
            if field is None:
                yield problem('D209', at=at, setting='fields', name=name, instead=instead(name, with_photos))
            elif not has_photos(field):
                yield problem('D210', at=at, setting='fields', name=name, type=field.TITLE, wanted='写真')

    def covers(self, field: Field) -> bool:
        """Whether boxes may be painted over the photos of a field (of a table: over those in its rows)."""
        return has_photos(field) and (not self.fields or field.name in self.fields)

    def may_see_originals(self, moment: Moment) -> bool:
        """Whether the person of this moment may look at what is under the boxes, and take them away."""
        return bool({*moment.roles, *moment.sections} & {*self.originals})


def redaction_of(definition: AppDefinition | None) -> Redaction | None:
    """The capability of an app, None where photos are not painted over."""
    found = definition.capabilities.get(KEY) if definition is not None else None
    return found if isinstance(found, Redaction) else None


def has_photos(field: Field) -> bool:
    """Whether it is a photo field or a table with one."""
    return field.TYPE == 'photo' or any(each.TYPE == 'photo' for each in columns_of(field).values())
