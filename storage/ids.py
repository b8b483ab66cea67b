"""Ids that sort by the time they were made: 48 bits of milliseconds and 80 of chance, as 26 letters (ULID)."""

import secrets
from datetime import datetime
from typing import Final

ALPHABET: Final = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'  # Crockford's base 32


def new_id(now: datetime) -> str:
    value = (int(now.timestamp() * 1000) << 80) | secrets.randbits(80)
    return ''.join(ALPHABET[(value >> shift) & 31] for shift in range(125, -5, -5))
