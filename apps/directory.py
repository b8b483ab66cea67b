"""Names of staff and sections, as fields, screens and titles need them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from apps.accounts import ACCOUNTS, SECTIONS
from storage import Store


class Directory:
    """Reads the register of accounts. owners: sections that own an app are known without being registered."""

    def __init__(self, store: Store, owners: Callable[[], Iterable[str]] = tuple) -> None:
        self._store = store
        self._owners = owners

    def staff_name(self, account: str) -> str | None:
        """Name of an account, also when it is disabled (past entries keep their names)."""
        found = self._store.get(ACCOUNTS, account)
        return found['name'] if found is not None else None

    def section_name(self, section: str) -> str | None:
        """The section's name when it exists; a section's id is its name."""
        return section if section in self.sections() else None

    def sections(self) -> list[str]:
        """Every section, those of the register first."""
        registered = [each.doc_id for each in self._store.find(SECTIONS, limit=None).docs]
        return list(dict.fromkeys([*registered, *(owner for owner in self._owners() if owner)]))

    def staff(self, section: str = '') -> list[tuple[str, str]]:
        """(account, name) of everybody who can sign in and works with records, of one section if given."""
        people = [each for each in self._store.find(ACCOUNTS, limit=None).docs if not each.get('disabled')]
        return sorted((each.doc_id, each['name']) for each in people if not section or section in each['sections'])
