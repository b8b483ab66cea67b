"""Codes that prove that a record is somebody's: computed from a secret, so they are kept nowhere."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from apps.people import SYSTEM
from apps.transactions import Transactions
from forms.japanese.width import to_halfwidth
from storage import Store, Tx

SECRETS = '_secrets'
_NAME = 'own_codes'
_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
"""Without 0, O, 1 and I: people copy a code from a screen by hand."""
_LENGTH = 10
_ADDRESS_LENGTH = 12


class OwnCodes:
    """Ten letters of 32, fifty bits, per record; the secret lives in the store, so that a backup restores it."""

    def __init__(self, store: Store, transactions: Transactions) -> None:
        self._store = store
        self._transactions = transactions
        self._known = b''

    def of(self, app: str, record_id: str) -> str:
        """'K7QM3-XPD4H' for this record, always the same."""
        letters = self._letters(f'{app}/{record_id}', _LENGTH)
        return f'{letters[:5]}-{letters[5:]}'

    def in_address(self, app: str, record_id: str) -> str:
        """Twelve letters, sixty bits, for an address that nobody guesses; another code than the one people type."""
        return self._letters(f'address/{app}/{record_id}', _ADDRESS_LENGTH)

    def fits(self, app: str, record_id: str, typed: str) -> bool:
        """Whether somebody typed this record's code, in whatever width and case."""
        return hmac.compare_digest(_folded(typed).encode(), _folded(self.of(app, record_id)).encode())

    def _letters(self, text: str, count: int) -> str:
        digest = hmac.digest(self._secret(), text.encode(), hashlib.sha256)
        return ''.join(_LETTERS[each % 32] for each in digest[:count])

    def _secret(self) -> bytes:
        if not self._known:
            kept = self._store.get(SECRETS, _NAME) or self._made()
            self._known = bytes.fromhex(kept['secret'])
        return self._known

    def _made(self) -> dict[str, str]:
        def work(tx: Tx) -> dict[str, str]:
            kept = tx.get(SECRETS, _NAME)
            if kept is None:
                kept = tx.put(SECRETS, {'secret': secrets.token_hex(32)}, _NAME)
            return {'secret': kept['secret']}

        made: dict[str, str] = self._transactions.run_blocking(work, by=SYSTEM, reason='確認コードの準備')
        return made


def _folded(typed: str) -> str:
    return ''.join(each for each in to_halfwidth(typed).upper() if each in _LETTERS)
