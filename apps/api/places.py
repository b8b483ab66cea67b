"""The city's places by what is typed: town, crossing, bridge, pole, facility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import described

if TYPE_CHECKING:
    from apps.context import AppContext

MOST = 20
LONGEST = 200
_TEXT = (
    '1行の言葉から場所を探します。'
    'かな、全角と半角、旧字、丁目と番地の書き方、電柱番号のハイフンの違いは気にしません。'
)


class PlaceTold(BaseModel):
    name: str
    kana: str
    kind: Annotated[str, Field(description='町名、交差点、橋、施設、電柱番号など')]
    latitude: Annotated[float, Field(description='緯度(度、WGS 84)')]
    longitude: Annotated[float, Field(description='経度(度、WGS 84)')]
    further: Annotated[bool, Field(description='入力の方が細かい住所で、この場所はそれを含む広い場所')]


class PlacesTold(BaseModel):
    places: list[PlaceTold]


def register(router: APIRouter, context: AppContext) -> None:
    @router.get(
        '/api/v1/apps/{app}/places',
        response_model=PlacesTold,
        **described('場所の検索', 'read', '入力の助け', text=_TEXT),
    )
    def places(
        request: Request,
        app: str,
        q: Annotated[str, Query(max_length=LONGEST, description='探す言葉')] = '',
        limit: Annotated[int, Query(ge=1, le=MOST, description='件数')] = 8,
    ) -> dict[str, Any]:
        context.reading.definition(app, person_of(request))
        return places_told(context, q, limit)


def places_told(context: AppContext, text: str, limit: int) -> dict[str, Any]:
    """{'places'} for whoever may ask, best first."""
    gazetteer = context.places.gazetteer()
    return {
        'places': [
            {
                'name': each.name,
                'kana': each.kana,
                'kind': each.kind,
                'latitude': each.latitude,
                'longitude': each.longitude,
                'further': gazetteer.goes_further(text, each),
            }
            for each in gazetteer.search(text, limit)
        ]
    }
