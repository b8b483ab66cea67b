"""What a camera wrote beside the picture is taken off before a photo is kept: the place, the device and more.

The picture is turned upright first, because that too stood beside it. When it was taken is told to the sender, who may
put it into the record.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from PIL import ExifTags, Image, ImageOps

from apps.clock import TOKYO, stamp
from apps.outcome import Refused

FORMATS = {'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WEBP'}
"""What can be written anew. A GIF holds nothing of the kind; HEIC cannot be read without a patented codec."""

MOST_PIXELS = 100_000_000
QUALITY = 90
_PICTURE = frozenset(
    'icc_profile transparency gamma dpi jfif jfif_version jfif_unit jfif_density progressive progression srgb'
    ' background loop duration timestamp interlace aspect adobe adobe_transform'.split()
)
"""What Pillow tells of a file that belongs to the picture itself; anything else was written beside it."""

_UNREADABLE = '写真を読み取れません。撮り直すか、別の写真を選んでください。'


@dataclass(frozen=True, slots=True)
class Photo:
    """content: from its beginning. taken_at: '2026-04-01T09:00:00+09:00', '' when the camera did not say."""

    content: BinaryIO
    size: int
    taken_at: str = ''


def without_traces(content: BinaryIO, size: int, kind: str) -> Photo:
    """The photo without what was written beside the picture; the same file when nothing was, or when it is none.

    Raises Refused for a picture that is too large, or that cannot be read but seems to carry such notes.
    """
    content.seek(0)
    if kind not in FORMATS:
        return Photo(content, size)
    try:
        with Image.open(content, formats=[FORMATS[kind]]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused('too_large', detail='写真の画素数が多すぎます。小さくしてから選んでください。')
            return _cleaned(image, content, size)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        content.seek(0)
        if b'Exif' in content.read():
            raise Refused('unsupported', detail=_UNREADABLE) from error
        content.seek(0)
        return Photo(content, size)


def _cleaned(image: Image.Image, content: BinaryIO, size: int) -> Photo:
    notes = image.getexif()
    if not notes and not (image.info.keys() - _PICTURE):
        content.seek(0)
        return Photo(content, size)
    several = getattr(image, 'n_frames', 1) > 1 and image.format == 'WEBP'
    upright = image if several else ImageOps.exif_transpose(image)
    profile = image.info.get('icc_profile')
    written = io.BytesIO()
    upright.info = {name: value for name, value in upright.info.items() if name in _PICTURE}
    kind = 'JPEG' if image.format == 'MPO' else image.format  # two pictures of one phone camera; the first is kept
    upright.save(written, kind, quality=QUALITY, icc_profile=profile, exif=b'', save_all=several)
    written.seek(0)
    return Photo(written, len(written.getbuffer()), _taken_at(notes))


def _taken_at(notes: Image.Exif) -> str:
    """Cameras write '2026:04:01 09:00:00', Japanese time here unless they say another."""
    inner = notes.get_ifd(ExifTags.IFD.Exif)
    text = str(inner.get(ExifTags.Base.DateTimeOriginal) or '')
    offset = str(inner.get(ExifTags.Base.OffsetTimeOriginal) or '')
    try:
        taken = datetime.strptime(text, '%Y:%m:%d %H:%M:%S').replace(tzinfo=TOKYO)
        return stamp(datetime.fromisoformat(taken.replace(tzinfo=None).isoformat() + offset) if offset else taken)
    except ValueError:
        return ''
