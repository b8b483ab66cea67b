"""What of a task somebody sees who has its link: the declared fields as text, and the photos among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.operations.files import blobs_in
from forms.capabilities.duplicates.distance import Point, point_of
from forms.capabilities.reply_link import is_withheld

if TYPE_CHECKING:
    from apps.operations.reply_links import LinkedTask
    from apps.operations.world import World


@dataclass(frozen=True, slots=True)
class Line:
    """One field. photos: digests of pictures; point: where it is, for a map program."""

    label: str
    text: str
    photos: tuple[str, ...] = ()
    point: Point | None = None


def lines_of(found: LinkedTask, world: World) -> list[Line]:
    """The declared fields that hold something, in the order of the declaration."""
    fields, values = found.definition.fields, found.values
    told = ((fields[name], values.get(name)) for name in found.rules.shows if name in fields)
    return [
        Line(each.title, each.show(value, world), _pictures(value), point_of(value))
        for each, value in told
        if value not in (None, '', []) and not is_withheld(each)
    ]


def blobs_told(found: LinkedTask) -> Mapping[str, Any]:
    """The files in the fields that are shown or asked."""
    names = (*found.rules.shows, *found.rules.asked(found.definition))
    return blobs_in({name: found.values.get(name) for name in names})


def _pictures(value: Any) -> tuple[str, ...]:
    return tuple(blobs_in({'': value})) if isinstance(value, list) else ()
