"""What a person keeps of a list under a name: their own filters and order. A convenience, not a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage import Store

MOST = 30
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class SavedView:
    """name: the person's own word. query: what stands in the address behind «?», `view` included."""

    name: str
    query: Mapping[str, str]


class SavedViews:
    """Kept per account and app, outside the history of records; the last one saved under a name counts."""

    def __init__(self, store: Store) -> None:
        self._scratch = store.scratch

    def of(self, account: str, app: str) -> list[SavedView]:
        """In the order in which they were saved."""
        return [SavedView(each['name'], each['query']) for each in self._scratch.get(_key(account, app)) or []]

    def save(self, account: str, app: str, name: str, query: Mapping[str, str]) -> str:
        """Keep it. Returns why not (Japanese), or ''."""
        name = ' '.join(name.split())
        if not name:
            return '名前を入力してください。'
        if len(name) > LONGEST_NAME:
            return f'名前は{LONGEST_NAME}文字までにしてください。'
        kept = [each for each in self.of(account, app) if each.name != name]
        if len(kept) >= MOST:
            return f'保存できる条件は{MOST}個までです。使わないものを消してください。'
        self._put(account, app, [*kept, SavedView(name, dict(query))])
        return ''

    def forget(self, account: str, app: str, name: str) -> None:
        """Drop it; nothing happens when it is not there."""
        self._put(account, app, [each for each in self.of(account, app) if each.name != name])

    def _put(self, account: str, app: str, views: list[SavedView]) -> None:
        self._scratch.put(_key(account, app), [{'name': each.name, 'query': dict(each.query)} for each in views])


def _key(account: str, app: str) -> str:
    return f'saved_views/{account}/{app}'
