"""Passwords: kept as argon2 hashes outside the history, and guarded against guessing."""

from __future__ import annotations

import json
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from apps.clock import Clock, stamp
from storage import Store

SHORTEST = 10
BACKUP = 'passwords.json'
SAVED = ('password/', 'pin/', 'last_sign_in/')
"""What of the scratch goes along with a backup: the hashes, and since when an account has not been used."""

CLEAR_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
"""For what has to be read aloud or copied from paper: no 0 and o, no 1, l and i."""


class Passwords:
    """Hashes live in the store's scratch, because a history that nobody can edit must not keep old hashes for ever.

    attempts, lock_minutes: after so many failures in a row an account (known or not) is shut for so long.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        attempts: int = 5,
        lock_minutes: int = 15,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._scratch = store.scratch
        self._clock = clock
        self._attempts = attempts
        self._lock = timedelta(minutes=lock_minutes)
        self.hasher = hasher or PasswordHasher()
        self._nobody = self.hasher.hash('nobody has this password')

    def set(self, account: str, password: str) -> None:
        """Replace the password of an account and forget its failures."""
        self._scratch.put(f'password/{account}', {'hash': self.hasher.hash(password)})
        self._scratch.delete(f'attempts/{account}')

    def matches(self, account: str, password: str) -> bool:
        """Whether this is the account's password. Counts failures; a shut account matches nothing.

        Takes some 50 ms on purpose, also for accounts that do not exist and for those that are shut.
        """
        kept = self._scratch.get(f'password/{account}') or {}
        right = verified(self.hasher, kept.get('hash', self._nobody), password) and bool(kept)
        if self.shut(account):
            return False
        if right:
            self._scratch.delete(f'attempts/{account}', wait=False)
        else:
            self._count(account)
        return right

    def shut(self, account: str) -> bool:
        """Whether there were too many failures a short while ago."""
        failed: dict[str, Any] = self._scratch.get(f'attempts/{account}') or {}
        if failed.get('count', 0) < self._attempts:
            return False
        if failed['last'] > stamp(self._clock.now() - self._lock):
            return True
        self._scratch.delete(f'attempts/{account}')
        return False

    def is_current(self, account: str, password: str) -> bool:
        """Whether this is the password of somebody who is signed in already; counts nothing."""
        kept = self._scratch.get(f'password/{account}')
        return kept is not None and verified(self.hasher, kept['hash'], password)

    def has(self, account: str) -> bool:
        """Whether a password was ever set."""
        return self._scratch.get(f'password/{account}') is not None

    def _count(self, account: str) -> None:
        failed = self._scratch.get(f'attempts/{account}') or {}
        self._scratch.put(
            f'attempts/{account}', {'count': failed.get('count', 0) + 1, 'last': stamp(self._clock.now())}
        )


def verified(hasher: PasswordHasher, kept: str, given: str) -> bool:
    """Whether `given` is what was hashed. Takes the same time for right and wrong."""
    try:
        return hasher.verify(kept, given)
    except (VerificationError, InvalidHashError):
        return False


def temporary_password() -> str:
    """A password to be told to somebody once: three groups of five clear signs, some 74 bits."""
    return '-'.join(''.join(secrets.choice(CLEAR_SIGNS) for _ in range(5)) for _ in range(3))


MISTAKES = {
    'short': f'パスワードは{SHORTEST}文字以上にしてください。',
    'account': 'パスワードに利用者IDを入れないでください。',
    'repeated': '同じ文字のくり返しではないパスワードにしてください。',
    'differs': '2つの「新しいパスワード」が同じではありません。',
    'same': 'いまのパスワードとは別のパスワードにしてください。',
    'wrong': 'いまのパスワードがちがいます。',
}
"""Why a new password is not taken: a word that may stand in an address -> what people read."""


def password_mistake(account: str, password: str) -> str:
    """Why a new password is not good enough (Japanese), or ''."""
    return MISTAKES.get(weakness(account, password), '')


def weakness(account: str, password: str) -> str:
    """The same as a key of MISTAKES."""
    if len(password) < SHORTEST:
        return 'short'
    if account and account.lower() in password.lower():
        return 'account'
    return 'repeated' if len(set(password)) < 4 else ''


def save_passwords(store: Store, folder: Path) -> None:
    """Keep the hashes beside a backup, whose database leaves out the scratch; only the file's owner may read them."""
    kept = {key: store.scratch.get(key) for prefix in SAVED for key in store.scratch.keys(prefix)}
    part = folder / f'.{BACKUP}.part'
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), 'w', encoding='utf-8') as file:
        json.dump(kept, file)
    part.replace(folder / BACKUP)


def bring_passwords(store: Store, folder: Path) -> None:
    """Bring the hashes back after a restore. Without the file every password has to be set anew."""
    file = folder / BACKUP
    if file.exists():
        for key, value in json.loads(file.read_text('utf-8')).items():
            store.scratch.put(key, value)
