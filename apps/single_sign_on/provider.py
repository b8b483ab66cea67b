"""The city's OpenID Connect provider as we see it: where it is, its keys, and an ID token for a code."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from apps.single_sign_on.reasons import NotSignedIn

_PATIENCE = httpx.Timeout(10.0)
_KEEP = 3600
"""Seconds for which what the provider says about itself is believed; a key that is not known is asked for earlier."""

_ASK_KEYS_EVERY = 60
_NEEDED = ('authorization_endpoint', 'token_endpoint', 'jwks_uri')


class Provider:
    """One provider, asked over HTTP and only when somebody signs in."""

    def __init__(self, issuer: str, client: str, secret: str) -> None:
        self.issuer = issuer
        self.client = client
        self._secret = secret
        self._about: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._asking = asyncio.Lock()

    async def sign_in_address(self, parameters: Mapping[str, str]) -> str:
        """Where the browser is sent, with `parameters` in its query."""
        endpoint = (await self._discovered())['authorization_endpoint']
        return f'{endpoint}{"&" if "?" in endpoint else "?"}{urlencode(parameters)}'

    async def exchange(self, code: str, verifier: str, redirect: str) -> str:
        """The ID token for a code, which can be used once. Raises NotSignedIn."""
        sent = {'grant_type': 'authorization_code', 'code': code, 'redirect_uri': redirect, 'code_verifier': verifier}
        # RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
        ours = httpx.BasicAuth(quote(self.client, safe=''), quote(self._secret, safe=''))
        endpoint = (await self._discovered())['token_endpoint']
        answer = await self._ask('POST', endpoint, data=sent, headers={'Accept': 'application/json'}, auth=ours)
        if 400 <= answer.status_code < 500:
            raise NotSignedIn('code', f'the token endpoint answered {answer.status_code}')
        token = _json(answer).get('id_token')
        if not isinstance(token, str):
            raise NotSignedIn('signature', 'no ID token')
        return token

    async def keys_for(self, token: str) -> KeySet:
        """The provider's keys, asked for again when the one that signed `token` is not among them."""
        try:
            wanted = str(jws.extract_compact(token.encode()).headers().get('kid', ''))
        except (JoseError, ValueError) as error:
            raise NotSignedIn('signature', type(error).__name__) from error
        async with self._asking:
            now = time.monotonic()
            if self._keys is not None:
                asked, keys = self._keys
                known = not wanted or any(each.kid == wanted for each in keys.keys)
                if (known and now - asked < _KEEP) or (not known and now - asked < _ASK_KEYS_EVERY):
                    return keys
            answer = _json(await self._ask('GET', (await self._discovered())['jwks_uri']))
            try:
                keys = KeySet.import_key_set(answer)  # type: ignore[arg-type]
            except (JoseError, ValueError, KeyError, TypeError) as error:
                raise NotSignedIn('unreachable', 'the keys cannot be read') from error
            self._keys = (now, keys)
            return keys

    async def _discovered(self) -> dict[str, Any]:
        if self._about is not None and time.monotonic() - self._about[0] < _KEEP:
            return self._about[1]
        about = _json(await self._ask('GET', f'{self.issuer.rstrip("/")}/.well-known/openid-configuration'))
        if about.get('issuer') != self.issuer:
            raise NotSignedIn('issuer', 'the provider calls itself something else')
        if not all(isinstance(about.get(each), str) for each in _NEEDED):
            raise NotSignedIn('unreachable', 'the discovery document is incomplete')
        self._about = (time.monotonic(), about)
        return about

    async def _ask(self, method: str, address: str, **more: Any) -> httpx.Response:
        try:
            async with httpx.AsyncClient(timeout=_PATIENCE, trust_env=False) as client:
                answer = await client.request(method, address, **more)
        except httpx.HTTPError as error:
            raise NotSignedIn('unreachable', type(error).__name__) from error
        if answer.status_code >= 500 or (method == 'GET' and answer.status_code != 200):
            raise NotSignedIn('unreachable', f'the provider answered {answer.status_code}')
        return answer



def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError as error:
        raise NotSignedIn('unreachable', 'no JSON') from error
    return found if isinstance(found, dict) else {}
