"""PINs: a few digits with which somebody takes over a device on which they were signed in before."""

from __future__ import annotations

from itertools import pairwise

from argon2 import PasswordHasher

from apps.passwords import verified
from storage import Store

SHORTEST, LONGEST = 4, 8
ATTEMPTS = 5
"""Wrong PINs of one person on one device; then only the password opens it there."""


class Pins:
    """A PIN alone opens nothing: it counts only in a browser that holds a session, see apps/operators.py."""

    def __init__(self, store: Store, hasher: PasswordHasher) -> None:
        self._scratch = store.scratch
        self._hasher = hasher

    def set(self, account: str, pin: str) -> None:
        """Replace the PIN; '' takes it away."""
        if pin:
            self._scratch.put(f'pin/{account}', {'hash': self._hasher.hash(pin)})
        else:
            self._scratch.delete(f'pin/{account}')

    def has(self, account: str) -> bool:
        return self._scratch.get(f'pin/{account}') is not None

    def matches(self, account: str, pin: str, place: str) -> bool:
        """Whether this is the account's PIN. place: the device, or the session on a device of one's own."""
        kept = self._scratch.get(f'pin/{account}')
        if kept is None or self.shut(account, place):
            return False
        if verified(self._hasher, kept['hash'], pin):
            self.forgive(account, place)
            return True
        self._scratch.put(_failures(account, place), self._count(account, place) + 1)
        return False

    def shut(self, account: str, place: str) -> bool:
        """Whether only the password helps here."""
        return self._count(account, place) >= ATTEMPTS

    def forgive(self, account: str, place: str) -> None:
        """The person has shown who they are: wrong PINs are forgotten."""
        self._scratch.delete(_failures(account, place), wait=False)

    def _count(self, account: str, place: str) -> int:
        return int(self._scratch.get(_failures(account, place)) or 0)


def _failures(account: str, place: str) -> str:
    return f'pin_failures/{place}/{account}'


def pin_mistake(pin: str) -> str:
    """Why a new PIN is not good enough (Japanese), or ''."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        return f'PINは{SHORTEST}けたから{LONGEST}けたの数字にしてください。'
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, -1}:
        return '同じ数字や、続いた数字(1234など)は、ほかの人に当てられます。別の数字にしてください。'
    if _repeats(pin) or _is_a_year(pin):
        return '数字のくり返しや、生まれた年は、ほかの人に当てられます。別の数字にしてください。'
    return ''


def _repeats(pin: str) -> bool:
    """1212, 123123: a part of it, again and again."""
    return any(
        len(pin) % size == 0 and pin == pin[:size] * (len(pin) // size) for size in (1, 2, 3, 4) if size < len(pin)
    )


def _is_a_year(pin: str) -> bool:
    return len(pin) == 4 and 1920 <= int(pin) <= 2030
