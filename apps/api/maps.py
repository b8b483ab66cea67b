"""What a map asks for while somebody looks at it: its settings, names of places, and tiles; for those signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from apps.addresses import prefix_of
from apps.api.answers import person_of
from apps.map.answers import names_told, tile_response

if TYPE_CHECKING:
    from apps.context import AppContext

SETTINGS = '/api/v1/map'
PLACES = '/api/v1/map/places'
TILES = '/tiles'


def register(router: APIRouter, context: AppContext) -> None:
    """These addresses are for our own pages; programs get coordinates from the records themselves."""

    @router.get(SETTINGS, include_in_schema=False)
    def settings(request: Request) -> dict[str, Any]:
        person_of(request)
        prefix = prefix_of(request)
        return context.maps.settings(prefix + TILES, prefix + PLACES)

    @router.get(PLACES, include_in_schema=False)
    def places(
        request: Request,
        box: Annotated[str, Query(max_length=100)],
        zoom: Annotated[int, Query(ge=0, le=24)],
    ) -> dict[str, Any]:
        person_of(request)
        return names_told(context.maps, box, zoom)

    @router.get(TILES + '/{zoom}/{column}/{row}', include_in_schema=False)
    def tile(request: Request, zoom: int, column: int, row: int) -> Response:
        person_of(request)
        return tile_response(context.maps, (zoom, column, row), request)
