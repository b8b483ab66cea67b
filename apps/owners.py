"""Which section an app belongs to, and the apps that nobody looks after any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.accounts import Accounts
from apps.outcome import Refused
from apps.people import Person, may
from apps.transactions import Transactions
from storage import Store, Tx

if TYPE_CHECKING:
    from apps.catalogue import Catalogue
    from forms.definition import AppDefinition

OWNERS = '_owners'


@dataclass(frozen=True, slots=True)
class Unowned:
    """An app nobody looks after. owner: the section it has, or ''; why: Japanese."""

    definition: AppDefinition
    owner: str
    why: str


def owner_of(store: Store, definition: AppDefinition) -> str:
    """The section that looks after an app now, '' for none: the one given on the screen, else the one in its file."""
    kept = store.get(OWNERS, definition.name)
    return kept['section'] if kept is not None else definition.owner


def owning_sections(store: Store, definitions: Iterable[AppDefinition]) -> list[str]:
    """Every section that looks after one of these apps."""
    return sorted({owner for each in definitions if (owner := owner_of(store, each))})


class Owners:
    """The definition names the owner; an owner given here goes before it until the file is brought up to date."""

    def __init__(self, store: Store, transactions: Transactions, catalogue: Catalogue, accounts: Accounts) -> None:
        self._store = store
        self._transactions = transactions
        self._catalogue = catalogue
        self._accounts = accounts

    def given(self) -> list[tuple[AppDefinition, str]]:
        """(app, section) of the owners that were given here and that the files do not name yet."""
        known = ((each, owner_of(self._store, each)) for each in self._catalogue.all())
        return [(each, section) for each, section in known if section != each.owner]

    def unowned(self) -> list[Unowned]:
        """Apps without a section, of a section with nobody in it, or without anybody there who may define them."""
        people = [each.person for each in self._accounts.all() if not each.disabled]
        found = []
        for each in self._catalogue.all():
            section = owner_of(self._store, each)
            if why := _why(each, section, [one for one in people if section in one.sections]):
                found.append(Unowned(each, section, why))
        return found

    async def give(self, app: str, section: str, *, by: Person) -> None:
        """Make a section the owner. Raises Refused for an unknown app or an empty section."""
        if self._catalogue.find(app) is None:
            raise Refused('not_found', detail='このアプリはありません。')
        if not section.strip():
            raise Refused('invalid', detail='所管課を選んでください。')

        def work(tx: Tx) -> None:
            tx.put(OWNERS, {'section': section.strip(), 'by': by.account}, app)

        await self._transactions.run(work, by=by, reason='所管課の変更')

    async def take_back(self, app: str, *, by: Person) -> None:
        """The owner is again what the file says; nothing happens where none was given here."""

        def work(tx: Tx) -> None:
            kept = tx.get(OWNERS, app)
            if kept is not None:
                tx.delete(OWNERS, app, kept.rev)

        await self._transactions.run(work, by=by, reason='所管課を定義のとおりに戻す')


def _why(definition: AppDefinition, section: str, people: list[Person]) -> str:
    if not section:
        return '所管課が決まっていません。'
    if not people:
        return f'「{section}」には、いま誰もいません。'
    if not any(may(each, definition, 'define') for each in people):
        return f'「{section}」には、定義を変えられる人がいません。'
    return ''
