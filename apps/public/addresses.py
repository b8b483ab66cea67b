"""The addresses that answer without sign-in."""

from __future__ import annotations

from urllib.parse import quote


def board_address(app: str) -> str:
    """The display in the waiting room."""
    return f'/public/{quote(app)}'
