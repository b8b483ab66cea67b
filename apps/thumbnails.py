"""Small pictures of photos, made once and kept beside the photo itself, so that they go when it goes."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from PIL import Image, ImageOps

SIDE = 320
"""Pixels of the longer side: twice what a list of photos shows, for fine screens."""

QUALITY = 80
MOST_PIXELS = 100_000_000
ENDING = '.thumb'
_READ = ('JPEG', 'PNG', 'WEBP', 'GIF')


def thumbnail_of(photo: Path) -> Path | None:
    """The JPEG file, made now when it is not there; None when no small picture can be made of this file."""
    made = photo.with_name(photo.name + ENDING)
    if made.exists():
        return made
    part = photo.with_name(f'.{secrets.token_hex(8)}.part')
    try:
        with Image.open(photo, formats=_READ) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft('RGB', (SIDE * 2, SIDE * 2))
            small = ImageOps.exif_transpose(image)
            small.thumbnail((SIDE, SIDE))
            _on_white(small).save(part, 'JPEG', quality=QUALITY, exif=b'')
        os.replace(part, made)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    finally:
        part.unlink(missing_ok=True)
    return made


def _on_white(image: Image.Image) -> Image.Image:
    """JPEG knows no transparency."""
    whole = image.convert('RGBA')
    ground = Image.new('RGBA', whole.size, 'white')
    return Image.alpha_composite(ground, whole).convert('RGB')
