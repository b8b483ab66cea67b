"""The people of the sample city: one account per role to sign in with, and colleagues who have done the work."""

from __future__ import annotations

from dataclasses import dataclass

from apps.accounts import Accounts
from apps.people import SYSTEM, Person


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that the sign-in page shows with its password."""

    account: str
    name: str
    role: str
    sections: tuple[str, ...]
    password: str

    @property
    def person(self) -> Person:
        return Person(self.account, self.name, (self.role,), self.sections)


DEMO_ACCOUNTS = (
    DemoAccount('shokuin', '見本 太郎', 'staff', ('道路管理課', '住宅政策課'), 'mihon-data-1'),
    DemoAccount('leader', '例示 花子', 'leader', ('施設管理課', '道路管理課'), 'mihon-data-2'),
    DemoAccount('kacho', '試験 一郎', 'supervisor', ('道路管理課',), 'mihon-data-3'),
    DemoAccount('kanri', '架空 葵', 'administrator', (), 'mihon-data-4'),
    DemoAccount('itaku', '例示建設 仮名', 'contractor', (), 'mihon-data-5'),
)

COLLEAGUES = (
    Person('dohro1', '仮名 健', ('staff',), ('道路管理課',)),
    Person('dohro2', '様式 桜', ('staff',), ('道路管理課',)),
    Person('dohro3', '見本 実', ('staff',), ('道路管理課',)),
    Person('shisetsu1', '例示 文', ('staff',), ('施設管理課',)),
    Person('shisetsu2', '試験 健', ('staff',), ('施設管理課',)),
    Person('bunka1', '架空 桜', ('staff',), ('文化振興課',)),
)
"""They cannot sign in: they have no password."""


async def add_staff(accounts: Accounts) -> None:
    """Register everybody who is not there yet."""
    for each in DEMO_ACCOUNTS:
        if accounts.get(each.account) is None:
            await accounts.add(
                each.account, each.name, each.password, roles=[each.role], sections=each.sections, by=SYSTEM
            )
    for person in COLLEAGUES:
        if accounts.get(person.account) is None:
            await accounts.add(
                person.account, person.name, '', roles=person.roles, sections=person.sections, by=SYSTEM
            )
