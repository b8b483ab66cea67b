"""The bell of the bar on small screens, and the voice that tells of new notifications on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.addresses import NOTIFICATIONS
from apps.rail import UNREAD
from apps.tags import icon, link, tag

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person


class Bell:
    """How many notifications were not read. What comes while a page is open is said once, politely."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._known: int | None = None
        with link('', NOTIFICATIONS, 'icon-button bell', aria_label='お知らせ') as self._link:
            icon('notifications')
            self._count = tag('span', '', 'count alert', aria_hidden='true')
        self._voice = tag('div', '', 'visually-hidden', role='status', aria_live='polite')

    def count(self, person: Person) -> int:
        """Bring the number up to date and return it."""
        number = self._context.inbox.unread(person)
        self._count.set_text(f'{number:,}' if number else '')
        self._count.visible = bool(number)
        self._link.props['aria-label'] = f'お知らせ {number}{UNREAD}' if number else 'お知らせ'
        if self._known is not None and number > self._known:
            self._voice.set_text(f'新しいお知らせが{number - self._known}件あります。')
        elif number == 0:
            self._voice.set_text('')
        self._known = number
        return number
