"""What is answered to a map: for those signed in and, where a page for everybody shows a map, for everybody."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from apps.map.maps import Maps
from apps.map.tiles.tile import Box
from apps.outcome import Refused

NOTHING_THERE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">'
    '<rect width="256" height="256" fill="#f1f4f7"/>'
    '<path d="M0 .5h256M0 128.5h256M.5 0v256M128.5 0v256" stroke="#dde4ea"/></svg>'
)
"""A quiet grid in place of a tile that is not there; a picture that fails would be a fault in the browser's console."""

_FOR_A_DAY = 'private, max-age=86400'
_FOR_AN_HOUR = 'private, max-age=3600'


def tile_response(maps: Maps, place: tuple[int, int, int], request: Request) -> Response:
    """A tile by (zoom, column, row); the browser asks again after a day, and gets it again when it has changed."""
    found = maps.tile(*place)
    if found is None:
        headers = {'Cache-Control': _FOR_AN_HOUR, 'X-Tile': 'missing'}
        return Response(NOTHING_THERE, media_type='image/svg+xml', headers=headers)
    headers = {'Cache-Control': _FOR_A_DAY, 'ETag': f'"{found.tag}"'}
    if headers['ETag'] in request.headers.get('if-none-match', ''):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.kind, headers=headers)


def names_told(maps: Maps, box: str, zoom: int) -> dict[str, Any]:
    """The names for a map of a box, as map_face.js asks for them. Raises Refused."""
    found = maps.names(box_of(box), zoom)
    keys = ('name', 'kind', 'latitude', 'longitude')
    return {'places': [{key: getattr(each, key) for key in keys} for each in found]}


def box_of(text: str) -> Box:
    """«south,west,north,east». Raises Refused."""
    try:
        south, west, north, east = (float(each) for each in text.split(','))
    except ValueError as error:
        raise Refused('invalid', detail='範囲は 南,西,北,東 の順に、緯度と経度で書きます。') from error
    if not (-90 <= south <= north <= 90 and -540 <= west <= east <= 540):
        raise Refused('invalid', detail='範囲は 南,西,北,東 の順に、緯度と経度で書きます。')
    return south, west, north, east
