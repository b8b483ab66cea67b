"""A photo is drawn anew before it is kept: only the picture stays, upright, and nothing that was hidden in the file.

The place, the device and everything else that a camera writes goes with it. When it was taken is told to the sender,
who may put it into the record.
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from PIL import ExifTags, Image, ImageCms, ImageOps

from apps.clock import TOKYO, stamp
from apps.outcome import Refused

WRITTEN_AS = {'JPEG': 'JPEG', 'MPO': 'JPEG', 'PNG': 'PNG', 'WEBP': 'WEBP', 'GIF': 'PNG'}
"""What Pillow calls a file -> as what it is kept. MPO: two pictures of one phone camera, of which the first is kept."""

_READ_AS = {'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WEBP', 'image/gif': 'GIF'}
MOST_PIXELS = 64_000_000
"""More than the largest phone camera writes; a small file that unfolds to more is meant to do harm."""

QUALITY = 90
_AT_ONCE = threading.BoundedSemaphore(2)
"""A picture of that size takes 250 MB while it is drawn."""

HEIC = (
    'HEIC形式の写真は受け取れません。iPhoneやiPadでは「設定」→「カメラ」→「フォーマット」で'
    '「互換性優先」を選ぶと、JPEGで撮れます。'
)
_UNREADABLE = '写真を読み取れません。撮り直すか、別の写真を選んでください。'
_TOO_MANY_PIXELS = '写真の画素数が多すぎます。小さくしてから選んでください。'
_MOVES = '動く画像は受け取れません。動かない写真を選んでください。'


@dataclass(frozen=True, slots=True)
class Photo:
    """content: from its beginning. type: as it is kept. taken_at: '2026-04-01T09:00:00+09:00', '' when not written."""

    content: BinaryIO
    size: int
    type: str
    taken_at: str = ''


def drawn_anew(content: BinaryIO, kind: str) -> Photo:
    """The photo as it is kept. kind: as apps.received_files recognises it.

    Raises Refused for a picture that is too large, that moves, or that cannot be read to its end.
    """
    if kind == 'image/heic':
        raise Refused('unsupported', detail=HEIC)
    content.seek(0)
    try:
        with _AT_ONCE, Image.open(content, formats=[_READ_AS[kind]]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused('too_large', detail=_TOO_MANY_PIXELS)
            if image.format != 'MPO' and getattr(image, 'n_frames', 1) > 1:
                raise Refused('unsupported', detail=_MOVES)
            return _drawn(image)
    except Image.DecompressionBombError as error:
        raise Refused('too_large', detail=_TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError, OverflowError) as error:
        raise Refused('unsupported', detail=_UNREADABLE) from error


def _drawn(image: Image.Image) -> Photo:
    written_as = WRITTEN_AS[str(image.format)]
    notes = image.getexif()
    upright = _in_plain_colours(ImageOps.exif_transpose(image))
    upright.info = {name: value for name, value in upright.info.items() if name == 'transparency'}
    written = io.BytesIO()
    upright.save(written, written_as, quality=QUALITY, exif=b'')
    written.seek(0)
    return Photo(written, len(written.getbuffer()), Image.MIME[written_as], _taken_at(notes))


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """The colours as the camera meant them, without its profile, which could hide anything."""
    profile = image.info.get('icc_profile')
    if not profile or image.mode not in {'RGB', 'RGBA', 'CMYK'}:
        return image
    mode = 'RGB' if image.mode == 'CMYK' else image.mode
    try:
        theirs, ours = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile('sRGB')
        return ImageCms.profileToProfile(image, theirs, ours, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image


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
