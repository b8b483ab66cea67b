"""One sign-in by OpenID Connect, from the button to the account: authorization code with PKCE, state and nonce."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from apps.clock import stamp
from apps.outcome import Refused
from apps.people import SYSTEM
from apps.single_sign_on import id_token
from apps.single_sign_on.provider import Provider
from apps.single_sign_on.reasons import NotSignedIn

if TYPE_CHECKING:
    from apps.accounts import Account, Accounts
    from apps.clock import Clock
    from apps.settings import Settings
    from storage import Store

AT_MOST = timedelta(minutes=10)
"""How long somebody may take at the provider."""

BEGUN = 'sign_on/'
"""Where sign-ins that are under way are kept, each under the hash of its state."""


class SingleSignOn:
    """claim: the claim that is the account's id. create: whether an account is made, without rights, for a newcomer."""

    def __init__(self, provider: Provider, accounts: Accounts, store: Store, clock: Clock, settings: Settings) -> None:
        self.provider = provider
        self._accounts = accounts
        self._scratch = store.scratch
        self._clock = clock
        self._claim = settings.oidc_claim
        self._create = settings.oidc_create

    async def begin(self, goal: str, redirect: str, browser: str) -> str:
        """Where to send the browser. goal: the page asked for. browser: a secret in its cookie, so that nobody else's
        answer is taken for this one. Raises NotSignedIn."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        address = await self.provider.sign_in_address(
            {
                'response_type': 'code',
                'client_id': self.provider.client,
                'redirect_uri': redirect,
                'scope': 'openid profile email',
                'state': state,
                'nonce': nonce,
                'code_challenge': challenge_of(verifier),
                'code_challenge_method': 'S256',
            }
        )
        begun = {'browser': _hash(browser), 'nonce': nonce, 'verifier': verifier, 'goal': goal, 'redirect': redirect}
        self._scratch.put(BEGUN + _hash(state), {**begun, 'at': stamp(self._clock.now())})
        return address

    async def finish(self, answer: Mapping[str, str], browser: str) -> tuple[Account, str]:
        """The account, and the page it asked for. answer: the query with which the provider sent the browser back.
        Each state is taken once, whatever comes of it. Raises NotSignedIn."""
        begun = self._taken(answer.get('state', ''), browser)
        if answer.get('iss', self.provider.issuer) != self.provider.issuer:
            raise NotSignedIn('issuer', 'in the answer')
        if 'error' in answer or not answer.get('code'):
            raise NotSignedIn('declined')
        token = await self.provider.exchange(answer['code'], begun['verifier'], begun['redirect'])
        claims = id_token.read(
            token,
            await self.provider.keys_for(token),
            issuer=self.provider.issuer,
            client=self.provider.client,
            nonce=begun['nonce'],
            now=self._clock.now(),
        )
        return await self._account(claims), begun['goal']

    def _taken(self, state: str, browser: str) -> dict[str, str]:
        key = BEGUN + _hash(state)
        begun: dict[str, str] | None = self._scratch.get(key) if state else None
        if begun is None or not browser or not secrets.compare_digest(begun['browser'], _hash(browser)):
            raise NotSignedIn('state')
        self._scratch.delete(key)
        if self._clock.now() - datetime.fromisoformat(begun['at']) > AT_MOST:
            raise NotSignedIn('state', 'too late')
        return begun

    async def _account(self, claims: Mapping[str, object]) -> Account:
        told = claims.get(self._claim)
        if not isinstance(told, str) or not told.strip():
            raise NotSignedIn('claim')
        name = told.strip().lower()
        found = self._accounts.get(name)
        if found is None and self._create:
            found = await self._made(name, str(claims.get('name') or name))
        if found is None or found.disabled:
            raise NotSignedIn('no_account')
        return found

    async def _made(self, account: str, name: str) -> Account:
        try:
            return await self._accounts.add(account, name[:100], '', roles=(), by=SYSTEM)
        except Refused as refused:
            raise NotSignedIn('no_account') from refused


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, 4.2)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b'=').decode()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
