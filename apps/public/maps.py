"""What the maps on pages for everybody ask for; answered only while an app has such a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from apps.addresses import prefix_of
from apps.map.answers import names_told, tile_response
from apps.public.addresses import FORMS

if TYPE_CHECKING:
    from apps.context import AppContext

MAPS = '/public/maps'
SETTINGS = f'{MAPS}/settings'
PLACES = f'{MAPS}/places'
TILES = f'{MAPS}/tiles'


def register(server: FastAPI, context: AppContext) -> None:
    """settings: for openMap() in map_face.js, also below each public form, where its fields look for it."""

    def admit() -> None:
        """Tiles are bought or lent for a purpose: whoever may see no map of ours gets none of them."""
        apps = context.catalogue.all()
        if not any(each.maps_for_everybody(app) for app in apps for each in app.capabilities.values()):
            raise HTTPException(404)

    @server.get(SETTINGS, include_in_schema=False)
    @server.get(FORMS + '/{address}/api/map', include_in_schema=False)
    def settings(request: Request) -> dict[str, Any]:
        admit()
        prefix = prefix_of(request)
        return context.maps.settings(prefix + TILES, prefix + PLACES)

    @server.get(PLACES, include_in_schema=False)
    def places(
        box: Annotated[str, Query(max_length=100)], zoom: Annotated[int, Query(ge=0, le=24)]
    ) -> dict[str, Any]:
        admit()
        return names_told(context.maps, box, zoom)

    @server.get(TILES + '/{zoom}/{column}/{row}', include_in_schema=False)
    def tile(request: Request, zoom: int, column: int, row: int) -> Response:
        admit()
        return tile_response(context.maps, (zoom, column, row), request)
