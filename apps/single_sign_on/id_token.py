"""Whether an ID token is what it says: signed by the provider, for us, for this sign-in, and not expired.

Source: OpenID Connect Core 1.0, 3.1.3.7.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jwk import KeySet

from apps.single_sign_on.reasons import NotSignedIn

ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']
"""Signatures with a public key only: «none», and secrets shared with the provider, are not accepted."""

SKEW = 120
"""Seconds by which two clocks may differ."""

_REASON_OF = {
    'iss': 'issuer',
    'aud': 'audience',
    'azp': 'audience',
    'nonce': 'nonce',
    'exp': 'expired',
    'iat': 'expired',
    'nbf': 'expired',
}


def read(  # noqa: PLR0913 - what a token is held against
    token: str, keys: KeySet, *, issuer: str, client: str, nonce: str, now: datetime
) -> dict[str, Any]:
    """The claims. Raises NotSignedIn with the first thing that is wrong."""
    try:
        claims = dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
    except (JoseError, ValueError) as error:
        raise NotSignedIn('signature', type(error).__name__) from error
    several = isinstance(claims.get('aud'), list) and len(claims['aud']) > 1
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=SKEW,
        iss={'essential': True, 'value': issuer},
        aud={'essential': True, 'value': client},
        azp={'essential': several, 'value': client},
        nonce={'essential': True, 'value': nonce},
        exp={'essential': True},
        iat={'essential': True},
        sub={'essential': True},
    )
    try:
        registry.validate(claims)
    except ClaimError as error:
        claim = error.claim.partition(',')[0]
        raise NotSignedIn(_REASON_OF.get(claim, 'claim'), f'{type(error).__name__} {claim}') from error
    return claims
