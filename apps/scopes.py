"""What an API token reaches: kinds of work, and the apps it is limited to."""

from __future__ import annotations

from dataclasses import dataclass

SCOPES = {
    'read': '読む(一覧、1件、変更履歴、候補)',
    'write': '登録、変更、削除',
    'act': '操作(進行管理、呼び出し)',
    'export': 'Excelへの書き出し',
    'files': '写真と添付ファイルの送受信',
}
"""Scope -> what it allows, as people choose it."""

_DEEDS = {
    'see': 'read',
    'create': 'write',
    'change': 'write',
    'remove': 'write',
    'import': 'write',
    'act': 'act',
    'export': 'export',
}
"""Deed of apps/people.py -> the scope it needs; defining an app is in none."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The limits of one token, on top of the rights of its person. apps: none for every app the person may see."""

    token: str
    scopes: frozenset[str]
    apps: frozenset[str] = frozenset()

    def allows(self, app: str, deed: str) -> bool:
        """Whether the token may be used for `deed` in this app."""
        return (not self.apps or app in self.apps) and _DEEDS.get(deed) in self.scopes
