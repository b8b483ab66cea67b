"""Photos on paper: two beside each other, as they were taken, each with its number and time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from apps.reading.shown import moment_text
from forms.field import Field
from forms.photo_pairs import Pair

Address = Callable[[str], str]
"""Digest of a file -> where the browser gets it."""


def photo_part(field: Field, photos: Iterable[Mapping[str, Any]], address: Address) -> str:
    """All photos of one field; '' without any."""
    figures = ''.join(_figures(field.title, list(photos), address))
    return f'<section class="part"><h2>{escape(field.title)}</h2><div class="photos">{figures}</div></section>' \
        if figures else ''  # fmt: skip


def pair_part(before: Field, after: Field, pairs: Sequence[Pair], address: Address) -> str:
    """Each pair in a row; a place is left free for a photo that is not taken yet. '' without any."""
    rows = ''.join(
        _beside(photo, f'{field.title} {number}/{len(pairs)}', address)
        for number, pair in enumerate(pairs, start=1)
        for field, photo in ((before, pair.before), (after, pair.after))
    )
    heading = escape(f'{before.title}と{after.title}')
    return f'<section class="part"><h2>{heading}</h2><div class="photos">{rows}</div></section>' if rows else ''


def _beside(photo: Mapping[str, Any] | None, caption: str, address: Address) -> str:
    if photo is not None:
        return figure(photo, caption, address)
    return f'<figure><div class="none">写真はまだありません</div><figcaption>{escape(caption)}</figcaption></figure>'


def _figures(title: str, photos: list[Mapping[str, Any]], address: Address) -> Iterator[str]:
    for number, photo in enumerate(photos, start=1):
        yield figure(photo, f'{title} {number}/{len(photos)}', address)


def figure(photo: Mapping[str, Any], caption: str, address: Address) -> str:
    """One photo as large as its place allows, nothing of it cut off."""
    words = ' '.join(filter(None, (caption, _taken(photo.get('taken_at')))))
    return (
        f'<figure><img src="{escape(address(str(photo["blob"])))}" alt="{escape(words)}">'
        f'<figcaption>{escape(words)}</figcaption></figure>'
    )


def _taken(at: Any) -> str:
    """at: as a photo field stores it (ISO with its zone), or None where the camera wrote nothing."""
    told = moment_text(at)
    return f'{told} 撮影' if told else ''
