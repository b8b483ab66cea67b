"""Small real pictures: what is received is opened."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def picture(colour: str = 'red', kind: str = 'PNG', size: tuple[int, int] = (4, 3), **more: Any) -> bytes:
    """One colour, as a file of that kind."""
    written = io.BytesIO()
    Image.new('RGB', size, colour).save(written, kind, **more)
    return written.getvalue()
