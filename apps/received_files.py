"""Which uploaded files are received: recognised by what is in them, never by what the sender calls them."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

HEAD_BYTES = 4096
"""How much of a file `recognise` needs to see."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b'\xff\xd8\xff', 'image/jpeg'),
    (b'\x89PNG\r\n\x1a\n', 'image/png'),
    (b'GIF87a', 'image/gif'),
    (b'GIF89a', 'image/gif'),
    (b'%PDF-', 'application/pdf'),
)
_PACKED = {
    '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    '.zip': 'application/zip',
}
_OLD_OFFICE = {
    '.doc': 'application/msword',
    '.xls': 'application/vnd.ms-excel',
    '.ppt': 'application/vnd.ms-powerpoint',
}
_ENDINGS = {'image/jpeg': ('.jpg', '.jpeg'), 'image/png': ('.png',), 'image/webp': ('.webp',)}
_TEXT = {'.txt': 'text/plain', '.csv': 'text/csv'}
IMAGES = frozenset({'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic'})
SHOWN_INLINE = frozenset({'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf'})
"""What a browser may show itself; everything else is offered as a download."""


def recognise(head: bytes, name: str) -> str | None:
    """Content type of a file that begins with `head`, or None when such files are not received.

    The ending of `name` decides only between kinds that share their first bytes (Word and Excel are both ZIP).
    """
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b'RIFF' and head[8:12] == b'WEBP':
        return 'image/webp'
    if head[4:8] == b'ftyp' and head[8:12] in {b'heic', b'heix', b'mif1', b'msf1'}:
        return 'image/heic'
    ending = PurePosixPath(name.lower()).suffix
    if head.startswith(b'PK\x03\x04'):
        return _PACKED.get(ending)
    if head.startswith(b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'):
        return _OLD_OFFICE.get(ending)
    return _TEXT.get(ending) if _is_text(head) else None


def is_what_it_seems(content: BinaryIO, kind: str) -> bool:
    """Whether a packed file can be opened, and a Word, Excel or PowerPoint file is one, without programs in it."""
    if kind not in _PACKED.values():
        return True
    try:
        with zipfile.ZipFile(content) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    if kind == _PACKED['.zip']:
        return True
    return '[Content_Types].xml' in names and not any(each.lower().endswith('vbaproject.bin') for each in names)


def with_ending(name: str, kind: str) -> str:
    """The name of a photo with the ending of what is in it: «a.png» that holds a JPEG is offered as «a.jpg»."""
    endings = _ENDINGS.get(kind, ())
    path = PurePosixPath(name)
    return name if not endings or path.suffix.lower() in endings else f'{path.stem}{endings[0]}'


def safe_name(name: str) -> str:
    """The sender's file name without folders, control characters and signs that mean something to Windows."""
    last = PureWindowsPath(name.replace('\0', '')).name
    cleaned = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]', '_', last).strip(' .')
    return cleaned[-120:] or 'file'


def _is_text(head: bytes) -> bool:
    if b'\0' in head:
        return False
    for encoding in ('utf-8', 'cp932'):
        try:
            head[: HEAD_BYTES - 4].decode(encoding, errors='strict')
        except UnicodeDecodeError as error:
            if error.start < len(head[: HEAD_BYTES - 4]) - 4:
                continue
        return True
    return False
