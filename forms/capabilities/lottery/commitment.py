"""A seed that nobody can steer: a secret fixed when applications open, joined with a value known only after closing."""

from __future__ import annotations

from hashlib import sha256


def commitment_of(secret: str) -> str:
    """What is published at opening: SHA-256 over the UTF-8 bytes of the secret, 64 hexadecimal digits."""
    return sha256(secret.encode()).hexdigest()


def seed_of(secret: str, public_value: str) -> str:
    """The seed: SHA-256 over the UTF-8 bytes of `secret|public value`, 64 hexadecimal digits."""
    return sha256(f'{secret}|{public_value}'.encode()).hexdigest()
