"""Ids that sort by the time they were made: 48 bits of milliseconds and 80 of chance, as 26 letters (ULID)."""

import os
from datetime import datetime
from typing import Final

ALPHABET: Final = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'  # Crockford's base 32
PAIRS: Final = [one + other for one in ALPHABET for other in ALPHABET]


def new_id(now: datetime) -> str:
    value = (int(now.timestamp() * 1000) << 80) | int.from_bytes(os.urandom(10))
    return ''.join([PAIRS[(value >> shift) & 1023] for shift in range(120, -10, -10)])
