"""Black boxes painted into a photo: new pixels in a new file, with nothing of the old ones left under them."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageDraw, ImageOps

from apps.outcome import Refused
from apps.received_photos import QUALITY, WRITTEN_AS, Photo

MOST_BOXES = 50
_READ = ('JPEG', 'PNG', 'WEBP', 'GIF')
_UNREADABLE = 'この写真には塗りつぶせません。'


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the photo as it is seen: 0 to 1 from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def is_inside(self) -> bool:
        """Whether it covers anything and lies in the photo; a hair over the edge is a finger's slip."""
        ends = (self.x, self.y, self.x + self.width, self.y + self.height)
        return self.width > 0 and self.height > 0 and all(-0.01 <= each <= 1.01 for each in ends)


def painted(content: BinaryIO, boxes: Iterable[Box]) -> Photo:
    """The photo as a new file of its kind. Raises Refused for boxes outside it and for what is no photo."""
    boxes = tuple(boxes)
    if not boxes or len(boxes) > MOST_BOXES or not all(each.is_inside for each in boxes):
        raise Refused('invalid', detail=f'塗りつぶす四角を写真の中に描いてください({MOST_BOXES}個まで)。')
    try:
        with Image.open(content, formats=_READ) as image:
            written_as = WRITTEN_AS[str(image.format)]
            paper = ImageOps.exif_transpose(image).convert('RGB')
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused('unsupported', detail=_UNREADABLE) from error
    brush = ImageDraw.Draw(paper)
    for each in boxes:
        brush.rectangle(_pixels(each, paper.width, paper.height), fill='black')
    paper.info = {}
    written = io.BytesIO()
    paper.save(written, written_as, quality=QUALITY, exif=b'')
    written.seek(0)
    return Photo(written, len(written.getbuffer()), Image.MIME[written_as])


def _pixels(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom, the last two included: rather a pixel more than one less."""
    left, top = math.floor(box.x * width), math.floor(box.y * height)
    right, bottom = math.ceil((box.x + box.width) * width) - 1, math.ceil((box.y + box.height) * height) - 1
    return max(0, left), max(0, top), min(width - 1, max(left, right)), min(height - 1, max(top, bottom))
