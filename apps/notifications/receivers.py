"""Who is told: the people behind the words of a rule, as they are now and as far as they may see the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apps.account import account_at
from apps.accounts import ACCOUNTS
from apps.people import ROLES, Person
from forms.capabilities.notify.rule import ASSIGNEE
from forms.field import Value
from storage import Tx

if TYPE_CHECKING:
    from forms.definition import AppDefinition


def receivers(
    tx: Tx, definition: AppDefinition, words: Sequence[str], values: Mapping[str, Value], now: datetime
) -> list[Person]:
    """Everybody meant by the words who can sign in, each once, in order of their accounts.

    words: `assignee`, a role, a field with somebody or some section in it, or the name of a section.
    """
    accounts, roles, sections = set[str](), set[str](), set[str]()
    for word in words:
        field = _field_of(definition, word)
        if word in ROLES:
            roles.add(word)
        elif field and definition.fields[field].TYPE == 'section':
            sections |= _names(values.get(field))
        elif field:
            accounts |= _names(values.get(field))
        elif word != ASSIGNEE:
            sections.add(word)
    if not (roles or sections):
        return sorted(_named(tx, accounts, now), key=lambda each: each.account)
    return [
        each
        for each in _everybody(tx, now)
        if each.account in accounts or roles & set(each.roles) or sections & set(each.sections)
    ]


def _field_of(definition: AppDefinition, word: str) -> str:
    """The field that a word names, '' when it is none."""
    if word == ASSIGNEE:
        workflow: Any = definition.capabilities.get('workflow')
        return workflow.assignee if workflow is not None else ''
    return word if word in definition.fields else ''


def _names(value: Value) -> set[str]:
    return {value} if isinstance(value, str) and value else set()


def _named(tx: Tx, accounts: set[str], now: datetime) -> Iterator[Person]:
    for account in accounts:
        found = tx.get(ACCOUNTS, account)
        if found is not None and not found.get('disabled'):
            yield account_at(account, found, found.rev, now).person


def _everybody(tx: Tx, now: datetime) -> list[Person]:
    kept = sorted(tx.find(ACCOUNTS, limit=None).docs, key=lambda each: str(each.doc_id))
    return [account_at(each.doc_id, each, each.rev, now).person for each in kept if not each.get('disabled')]
