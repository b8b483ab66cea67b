"""Photos on the page of a record: small ones that open the viewer, before and after side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from nicegui import ui

from apps.addresses import file_address, prefix_of
from apps.reading.record_photos import RecordPhoto
from apps.reading.shown import moment_text
from apps.tags import icon, tag
from forms.definition import AppDefinition
from forms.field import Field, Value
from forms.photo_pairs import Pair, pairing, side_by_side

NOT_YET = 'まだありません'


@dataclass(frozen=True, slots=True)
class PhotoFace:
    """What the viewer needs besides the pictures. rev: the revision shown; known: blob -> what may be done with it."""

    app: str = ''
    record_id: str = ''
    rev: int = 0
    known: Mapping[str, RecordPhoto] = field(default_factory=dict)

    @staticmethod
    def of(app: str, record_id: str, rev: int, photos: Iterable[RecordPhoto]) -> PhotoFace:
        return PhotoFace(app, record_id, rev, {each.blob: each for each in photos})


NOTHING_TO_DO = PhotoFace()


def paired_fields(definition: AppDefinition, values: Mapping[str, Value]) -> dict[str, tuple[Field, Field]]:
    """(before, after) under the names of both, where there is at least one photo of the two."""
    found: dict[str, tuple[Field, Field]] = {}
    for pair in pairing(definition.fields):
        if any(values.get(each.name) for each in pair):
            found.update({each.name: pair for each in pair})
    return found


def draw_photos(owner: Field, photos: Value, face: PhotoFace = NOTHING_TO_DO) -> None:
    """The photos of one field, or of one cell."""
    with tag('ul', '', 'photos'):
        for number, each in enumerate(photos or (), start=1):
            with tag('li'):
                _draw_photo(owner, number, each, face)


def draw_pairs(before: Field, after: Field, values: Mapping[str, Value], face: PhotoFace = NOTHING_TO_DO) -> None:
    """One pair per line, with an empty place where one of them is not taken yet."""
    with tag('ol', '', 'photo-pairs'):
        for number, pair in enumerate(side_by_side(values.get(before.name), values.get(after.name)), start=1):
            with tag('li', '', 'photo-pair', data_photo_pair=True):
                _draw_half(before, number, pair, face, is_before=True)
                _draw_half(after, number, pair, face, is_before=False)


def _draw_half(owner: Field, number: int, pair: Pair, face: PhotoFace, *, is_before: bool) -> None:
    photo = pair.before if is_before else pair.after
    with tag('figure', '', 'photo-half'):
        tag('figcaption', f'{owner.title} {number}', 'photo-half-title')
        if photo is None:
            tag('p', NOT_YET, 'photo-missing')
        else:
            _draw_photo(owner, number, photo, face)


def _draw_photo(owner: Field, number: int, photo: Mapping[str, Any], face: PhotoFace) -> None:
    blob, known = str(photo['blob']), face.known.get(str(photo['blob']))
    title = known.title if known is not None else f'{owner.title} {number}枚目'
    taken = moment_text(photo.get('taken_at'))
    with tag(
        'a',
        '',
        'photo',
        href=served(file_address(blob)),
        target='_blank',
        rel='noopener',
        data_photo=title,
        data_taken=f'撮影 {taken}' if taken else None,
        data_redacted=photo.get('redacted') is True,
        **_deeds(blob, known, face),
    ):
        alt = f'{title} {photo.get("name", "")}'.strip()
        tag('img', src=served(file_address(blob, thumb=True)), alt=alt, loading='lazy')
        if photo.get('redacted'):
            with tag('span', '', 'photo-mark'):
                icon('format_color_fill')
                tag('span', '塗りつぶし済み')
    if taken:
        tag('span', f'撮影 {taken}', 'photo-taken')


def _deeds(blob: str, known: RecordPhoto | None, face: PhotoFace) -> dict[str, Any]:
    """What the viewer may do with this photo, as attributes of its link."""
    if known is None or not (known.may_redact or known.original):
        return {}
    address = f'/api/v1/apps/{quote(face.app)}/records/{quote(face.record_id, safe="")}/photos/{blob}'
    return {
        'data_address': served(address),
        'data_rev': str(face.rev),
        'data_may_redact': known.may_redact,
        'data_keeps': known.keeps_original,
        'data_original': served(file_address(known.original)) if known.original else None,
    }


def served(address: str) -> str:
    """The address as the browser must ask for it: behind a proxy it may begin with a folder."""
    return prefix_of(ui.context.client.request) + address
