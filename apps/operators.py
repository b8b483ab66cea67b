"""Who sits at the device: unlocking a screen, and handing a shared device to the next person on the same page."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from apps.account import Account
from apps.accounts import Accounts
from apps.audit import Audit
from apps.devices import Devices
from apps.pins import LONGEST, Pins
from apps.sessions import Session, Sessions
from apps.sign_ins import SignIns, account_id_of


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who may take over here. pin: whether a PIN opens it, or only the password."""

    account: str
    name: str
    sections: tuple[str, ...]
    pin: bool


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Who acts now. token: of a new session when it is another person, '' when the same one went on."""

    account: Account
    token: str = ''


class Operators:
    """Answers the lock of a screen. A PIN counts only in a browser that already holds a session."""

    def __init__(  # noqa: PLR0913, PLR0917 - it joins everything that signing in consists of
        self, accounts: Accounts, sessions: Sessions, pins: Pins, devices: Devices, sign_ins: SignIns, audit: Audit
    ) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._pins = pins
        self._devices = devices
        self._sign_ins = sign_ins
        self._audit = audit

    def at(self, session: Session) -> list[Operator]:
        """Who can be chosen: the person of the session, and on a shared device those who worked there lately."""
        others = self._devices.lately(session.device) if session.device else []
        names = list(dict.fromkeys([session.account.account, *others]))
        found = [self._accounts.get(each) for each in names]
        return [
            Operator(each.account, each.name, each.sections, self._opens_by_pin(session, each.account))
            for each in found
            if each is not None and not each.disabled and not each.temporary
        ]

    async def take_over(self, token: str, account: str, secret: str) -> TakenOver | None:
        """Unlock for the same person, or let another one go on. None for whatever is wrong, all alike.

        secret: a PIN or the password; passwords are longer than PINs, so nobody has to say which.
        """
        by_pin = secret.isdigit() and len(secret) <= LONGEST
        session = self._sessions.find(token)
        if session is None or session.barred == 'password':
            return None
        wanted = account_id_of(account)
        other = wanted != session.account.account
        if other and not session.device:
            return None
        found = await (self._by_pin if by_pin else self._by_password)(session, wanted, secret)
        if found is None:
            return None
        if not other:
            self._sessions.unlock(token)
            if session.locked:
                self._audit.note_soon('unlocked', found.person, way=_way(by_pin))
            return TakenOver(found)
        fresh = self._sessions.open(found, device=session.device, place=session.place)
        self._sessions.close(token)
        self._devices.came(session.device, wanted)
        before = session.account.account
        self._audit.note_soon('switch_operator', found.person, before=before, way=_way(by_pin))
        return TakenOver(found, fresh)

    async def _by_pin(self, session: Session, account: str, pin: str) -> Account | None:
        if account not in {each.account for each in self.at(session) if each.pin}:
            return None
        right = await asyncio.to_thread(self._pins.matches, account, pin, _place(session))
        if not right:
            self._audit.note_soon('sign_in_failed', account, way='PIN', place=session.place)
        return self._accounts.get(account) if right else None

    async def _by_password(self, session: Session, account: str, password: str) -> Account | None:
        found = await self._sign_ins.by_password(account, password, place=session.place)
        if found is not None:
            self._pins.forgive(account, _place(session))
        return found

    def _opens_by_pin(self, session: Session, account: str) -> bool:
        return self._pins.has(account) and not self._pins.shut(account, _place(session))


def _way(by_pin: bool) -> str:
    return 'PIN' if by_pin else 'パスワード'


def _place(session: Session) -> str:
    """Wrong PINs are counted per shared device, and per session on a device of one's own."""
    return session.device or session.id
