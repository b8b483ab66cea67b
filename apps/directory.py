"""Names of staff and sections, as fields, screens and titles need them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from apps.account import callings, settled
from apps.accounts import ACCOUNTS, SECTIONS
from apps.clock import Clock, JapaneseClock
from apps.people import PUBLIC, THROUGH_LINK
from apps.reply_links import LINKS, name_in
from storage import Store


class Directory:
    """Reads the register of accounts. owners: sections that own an app are known without being registered."""

    def __init__(self, store: Store, owners: Callable[[], Iterable[str]] = tuple, clock: Clock | None = None) -> None:
        self._store = store
        self._owners = owners
        self._clock = clock or JapaneseClock()

    def staff_name(self, account: str) -> str | None:
        """Name of an account, also when it is disabled (past entries keep their names)."""
        found = self._store.get(ACCOUNTS, account)
        return found['name'] if found is not None else None

    def name(self, account: str) -> str:
        """Of whoever did something, also by a link; '' for nobody known."""
        if account.startswith(THROUGH_LINK):
            return ''.join(text for _, text in self.callings(account))
        return PUBLIC.name if account == PUBLIC.account else self.staff_name(account) or ''

    def callings(self, account: str) -> tuple[tuple[str, str], ...]:
        """Name and section of an account until when, see apps/account.py; empty for an unknown one.

        Who came by a link is called as the link says.
        """
        if account.startswith(THROUGH_LINK):
            link = self._store.get(LINKS, account.removeprefix(THROUGH_LINK))
            return (('', name_in(link)),) if link is not None else ()
        found = self._store.get(ACCOUNTS, account)
        return callings(found, self._clock.now()) if found is not None else ()

    def section_name(self, section: str) -> str | None:
        """The section's name when it exists; a section's id is its name."""
        return section if section in self.sections() else None

    def sections(self) -> list[str]:
        """Every section, those of the register first."""
        registered = [each.doc_id for each in self._store.find(SECTIONS, limit=None).docs]
        return list(dict.fromkeys([*registered, *(owner for owner in self._owners() if owner)]))

    def staff(self, section: str = '') -> list[tuple[str, str]]:
        """(account, name) of everybody who can sign in and works with records, of one section if given."""
        docs, now = self._store.find(ACCOUNTS, limit=None).docs, self._clock.now()
        people = [(each.doc_id, settled(each, now)) for each in docs if not each.get('disabled')]
        return sorted((account, each['name']) for account, each in people if not section or section in each['sections'])
