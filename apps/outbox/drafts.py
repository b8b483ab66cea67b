"""A notice before it is sent: the text merged with one record, and where it would go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apps.clock import stamp
from apps.outbox.notice import Notice
from apps.outbox.safe_text import one_line, refused_address, several_lines
from forms.capabilities.notices import Notices, NoticeText
from forms.capability import Moment
from forms.field import Surroundings, Value
from forms.merge_text import merge_fields, merged

if TYPE_CHECKING:
    from forms.definition import AppDefinition

NO_MAIL = 'メールアドレスがありません。'


@dataclass(frozen=True, slots=True)
class Draft:
    """What one record would get. rev: of the record as it was read. no_mail: why no mail can go, or ''."""

    notice: Notice
    rev: int
    title: str
    no_mail: str = ''

    @property
    def has_address(self) -> bool:
        """Whether a letter has somewhere to go."""
        return bool(self.notice.address)


def drafted(  # noqa: PLR0913 - a text, the record, and who writes it when
    definition: AppDefinition,
    text: NoticeText,
    record_id: str,
    values: Mapping[str, Value],
    *,
    moment: Moment,
    occasion: str = '',
) -> Notice:
    """The notice of this record, not yet queued. moment.around gives the names behind ids."""
    around = moment.around
    words = {name: shown(definition, name, values, around) for _, one in text.texts() for name in merge_fields(one)}
    return Notice(
        app=definition.name,
        record=record_id,
        event=text.name,
        occasion=occasion,
        to=shown(definition, text.mail, values, around),
        addressee=one_line(shown(definition, text.addressee, values, around)),
        postal=one_line(shown(definition, text.postal, values, around)),
        address=' '.join(one_line(shown(definition, each, values, around)) for each in text.address).strip(),
        subject=one_line(merged(text.subject, words)),
        body=several_lines(merged(text.body, words)),
        not_before=not_before(definition, text),
        by=moment.account,
        at=stamp(moment.now),
    )


def named_in(text: NoticeText) -> frozenset[str]:
    """Every field that this text tells or is addressed by."""
    told = (name for _, one in text.texts() for name in merge_fields(one))
    return frozenset((*told, *(name for _, name in text.fields())))


def mail_refusal(notice: Notice) -> str:
    """Why no mail can go to this address, in Japanese; '' when it can."""
    return NO_MAIL if not notice.to else refused_address(notice.to)


def not_before(definition: AppDefinition, text: NoticeText) -> str:
    """The moment before which nothing of this text leaves the house, stored form; '' for at any time."""
    period: Any = definition.capabilities.get('period')
    announced: datetime | None = getattr(period, 'announced', None)
    return stamp(announced) if text.after_announcement and announced else ''


def shown(definition: AppDefinition, name: str, values: Mapping[str, Value], around: Surroundings | None) -> str:
    """A field's value as people read it; '' for a blank one."""
    value = values.get(name) if name else None
    return '' if value is None else definition.fields[name].show(value, around)


def notices_of(definition: AppDefinition) -> Notices | None:
    """The texts that this app sends."""
    found = definition.capabilities.get('notices')
    return found if isinstance(found, Notices) else None
