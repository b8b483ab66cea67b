"""What of a task somebody sees who has its link: the declared fields as text, and the photos among them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.operations.files import blobs_in
from apps.operations.world import FILES
from apps.received_files import IMAGES
from forms.capabilities.duplicates.distance import Point, point_of
from forms.capabilities.reply_link import is_withheld

if TYPE_CHECKING:
    from apps.operations.reply_links import LinkedTask
    from apps.operations.world import World
    from storage import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One field. photos: digests of pictures; point: where it is, for a map program."""

    label: str
    text: str
    photos: tuple[str, ...] = ()
    point: Point | None = None


def lines_of(found: LinkedTask, world: World, store: Store) -> list[Line]:
    """The declared fields that hold something, in the order of the declaration."""
    fields, values, photos = found.definition.fields, found.values, photos_of(found, store)
    told = ((fields[name], values.get(name)) for name in found.rules.shows if name in fields)
    return [
        Line(each.title, each.show(value, world), _among(photos, value), point_of(value))
        for each, value in told
        if value not in (None, '', []) and not is_withheld(each)
    ]


def photos_of(found: LinkedTask, store: Store) -> Mapping[str, Mapping[str, Any]]:
    """Digest -> file of every photo in the fields that are shown or asked.

    Never one over which boxes were painted in another record since: what is under them is for nobody outside.
    """
    names = (*found.rules.shows, *found.rules.asked(found.definition))
    named = blobs_in({name: found.values.get(name) for name in names})
    kept = ((blob, store.get(FILES, blob)) for blob in named)
    return {
        blob: each for blob, each in kept if each is not None and each['type'] in IMAGES and not each.get('covered')
    }


def _among(photos: Collection[str], value: Any) -> tuple[str, ...]:
    files = blobs_in({'': value}) if isinstance(value, list) else ()
    return tuple(each for each in files if each in photos)
