"""How often something may be asked for: buckets of tokens in memory, one per key, refilled as time goes by."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.types import Scope

from apps.outcome import Refused
from apps.proxy import address_of

if TYPE_CHECKING:
    from apps.settings import Settings

_MOST_KEYS = 20_000
"""Keys remembered per bucket; the one that was quiet for longest is forgotten first, and begins anew."""


@dataclass(frozen=True, slots=True)
class Rate:
    """most: how many at once. per_minute: how many come back each minute."""

    most: int
    per_minute: float


class TooMany(Refused):
    """Nothing was done: it was asked too often. seconds: until it may be asked again."""

    def __init__(self, seconds: int) -> None:
        told = f'続けて送られたため止めました。{seconds}秒ほど待ってから、もう一度お試しください。'
        super().__init__('too_many', detail=told)
        self.seconds = seconds


class RateLimits:
    """Asked from any thread. Forgets everything on a restart, which harms nobody.

    rates: name of a bucket -> its rate; see `rates_of` for the names.
    """

    def __init__(self, rates: Mapping[str, Rate], now: Callable[[], float] = time.monotonic) -> None:
        self._rates = dict(rates)
        self._now = now
        self._left: dict[str, OrderedDict[str, tuple[float, float]]] = {name: OrderedDict() for name in rates}
        self._lock = threading.Lock()

    def take(self, bucket: str, key: str) -> bool:
        """Whether `key` (an account, a token's id, an address, a form with its session) may do this once more."""
        return self._take(bucket, key) == 0

    def check(self, bucket: str, key: str) -> None:
        """The same, for code that answers with a refusal. Raises TooMany."""
        if seconds := self._take(bucket, key):
            raise TooMany(seconds)

    def _take(self, bucket: str, key: str) -> int:
        """0 when taken, else the seconds to wait."""
        rate = self._rates[bucket]
        with self._lock:
            kept = self._left[bucket]
            now = self._now()
            left, since = kept.pop(key, (float(rate.most), now))
            left = min(rate.most, left + (now - since) * rate.per_minute / 60)
            taken = left >= 1
            kept[key] = (left - 1 if taken else left, now)
            if len(kept) > _MOST_KEYS:
                kept.popitem(last=False)
        return 0 if taken else max(1, math.ceil((1 - left) * 60 / rate.per_minute))


def limit_of(scope: Scope, account: str) -> tuple[str, str] | None:
    """The bucket and the key that a request takes from; None for the pages of those who are signed in."""
    path, posted, address = scope['path'], scope['method'] == 'POST', address_of(scope)
    if path.startswith('/sign-in/') or (posted and path in {'/sign-in', '/api/v1/session'}):
        return 'sign_in', address
    if posted and path.startswith('/api/v1/files'):
        return 'upload', account or address
    if path.startswith('/api/'):
        return 'api', account or address
    if path.startswith('/public/maps/tiles/'):  # dozens for every movement of a map, each quickly answered
        return None
    return ('public_page', address) if path.startswith('/public/') else None


def rates_of(settings: Settings) -> dict[str, Rate]:
    """The buckets of an installation, each with what its key is.

    sign_in: an address. api: an account (personal tokens count as their account). upload: an account, or a public
    form's session. public_page: an address, generous, for a whole library stands behind one. public_send: a form and
    its session.
    """
    return {
        'sign_in': Rate(settings.rate_sign_in, settings.rate_sign_in),
        'api': Rate(settings.rate_api, settings.rate_api),
        'upload': Rate(settings.rate_uploads, settings.rate_uploads),
        'public_page': Rate(settings.rate_public_pages, settings.rate_public_pages),
        'public_send': Rate(settings.rate_public_sends, settings.rate_public_sends / 10),
    }
