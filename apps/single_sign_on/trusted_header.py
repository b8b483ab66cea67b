"""The header in which the city's proxy tells who it has checked: believed from that one address, and from no other."""

from __future__ import annotations

import logging
import re

from starlette.types import Scope

from apps.proxy import peer_of

logger = logging.getLogger(__name__)

_DOMAIN = re.compile(r'^[^\\]*\\|@.*$')
"""What an Active Directory puts around an id: «CITY\\taro», «taro@city.example»."""


class TrustedHeader:
    """name: of the header, in any case. proxy: the address from which connections must come."""

    def __init__(self, name: str, proxy: str) -> None:
        self._name = name.lower().encode('latin-1')
        self._proxy = proxy

    def account(self, scope: Scope) -> str:
        """The account's id that the proxy tells, '' when nobody trustworthy tells one.

        What arrived is taken out of the request, so that nothing behind can believe it.
        """
        told = [value for name, value in scope['headers'] if name == self._name]
        if not told:
            return ''
        scope['headers'] = [each for each in scope['headers'] if each[0] != self._name]
        peer = peer_of(scope)
        if peer != self._proxy:
            logger.warning('a header that only the proxy may send came from %s and was not believed', peer or 'nowhere')
            return ''
        if len(told) > 1:
            logger.warning('the proxy sent its header %s times and was not believed', len(told))
            return ''
        return _DOMAIN.sub('', told[0].decode('utf-8', 'replace').strip()).lower()
