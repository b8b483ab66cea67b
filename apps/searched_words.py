"""What is searched for stays out of addresses, which logs, histories and mails keep; a key stands there instead.

The words are kept for the person who searched, for some days: back, reload and another tab show the same list, and a
link that somebody else opens simply lacks the words.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta

from storage import Store

KEY = 's'
"""The part of the query that stands for the words."""

KEPT = timedelta(days=3)
WHERE = 'searched/'
_MOST = 300
"""Searches remembered per person; the oldest are forgotten first."""


class SearchedWords:
    def __init__(self, store: Store) -> None:
        self._scratch = store.scratch

    def hidden(self, account: str, query: Mapping[str, str], private: Iterable[str]) -> dict[str, str]:
        """The query as it may stand in an address. private: its parts that may not."""
        names = frozenset(private)
        words = {name: value for name, value in query.items() if name in names and value}
        rest = {name: value for name, value in query.items() if name not in words and name != KEY}
        return {**rest, KEY: self._key_of(account, words)} if words else rest

    def shown(self, account: str, query: Mapping[str, str]) -> dict[str, str]:
        """The query of an address with the words again, where this person has searched for them."""
        rest = {name: value for name, value in query.items() if name != KEY}
        return {**self._kept(account).get(query.get(KEY, ''), {}), **rest}

    def _key_of(self, account: str, words: dict[str, str]) -> str:
        """The same words have the same key, so that one list has one address."""
        kept = self._kept(account)
        found = next((key for key, each in kept.items() if each == words), '')
        if not found:
            found = secrets.token_urlsafe(9)
            newest = dict([*kept.items(), (found, words)][-_MOST:])
            self._scratch.put(WHERE + account, newest)
        return found

    def _kept(self, account: str) -> dict[str, dict[str, str]]:
        return dict(self._scratch.get(WHERE + account) or {})
