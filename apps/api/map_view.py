"""The map of a view: pins and clusters for a box and a zoom, the list beside them, and what is laid over the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request

from apps.addresses import prefix_of, record_address
from apps.api.answers import person_of
from apps.api.described import described
from apps.api.listing import FILTER, filters_on_screen, unreadable
from apps.api.noted import note_look
from apps.api.shapes import LayersTold, MapTold
from apps.map.answers import box_of
from apps.operations.world import readable
from apps.outcome import Refused
from apps.reading.map_picture import MOST_ROWS, Look, MapPicture, Sign, Spot, sign_text, signs_of, words_of
from apps.reading.narrowing import deadline_field
from apps.reading.seen import Seen
from apps.reading.shown import Row
from apps.searched_words import KEY
from forms.message import Message

if TYPE_CHECKING:
    from apps.context import AppContext

_MAP = """地図の一覧の、範囲の中のピンとまとまり、そばの一覧です。条件は画面と同じ `filter.項目名=値` で書きます。

範囲(`box`)も大きさ(`size`)もなければ、ピンは返さず、全体の範囲だけを返します。座標は世界測地系(WGS 84)の度です。
"""
_TAG = 'レコード'
_KNOWN = frozenset({'view', 'q', KEY, 'box', 'zoom', 'size', 'where', 'offset', 'limit'})


def register(router: APIRouter, context: AppContext) -> None:
    @router.get(
        '/api/v1/apps/{app}/map', response_model=MapTold, **described('地図', 'read', _TAG, text=_MAP)
    )
    def picture(  # noqa: PLR0913, PLR0917 - query parameters
        request: Request,
        app: str,
        view: Annotated[str, Query(description='地図の一覧の名前')],
        q: Annotated[str, Query(max_length=200, description='検索の言葉')] = '',
        box: Annotated[str, Query(max_length=100, description='南,西,北,東 の順の度')] = '',
        zoom: Annotated[int, Query(ge=0, le=24, description='地図の細かさ。大きいほど細かい')] = 15,
        size: Annotated[
            str, Query(pattern=r'^(\d{2,4},\d{2,4})?$', description='全体のピンを返すための、地図の幅,高さ(画素)')
        ] = '',
        where: Annotated[
            Literal['all', 'box', 'none'],
            Query(description='一覧に出すもの。all 全部、box 範囲の中、none 位置のないもの'),
        ] = 'all',
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
        limit: Annotated[int, Query(ge=0, le=MOST_ROWS, description='一覧の件数')] = 50,
    ) -> dict[str, Any]:
        _refuse_unknown(request)
        person = person_of(request)
        given = context.searched_words.shown(person.account, request.query_params)
        words = given.get('q', '')
        seen = context.map_views.seen(app, view, filters_on_screen(given), by=person)
        pixels = tuple(int(each) for each in size.split(',')) if size else None
        look = Look(box_of(box) if box else None, zoom, pixels, where, offset, limit)
        try:
            found = context.map_views.picture(seen, look, words)
        except ValueError as error:
            raise unreadable(error) from error
        shown = [row for row, _, _ in found.rows] + [each.row for each in found.spots if each.row is not None]
        if person.reach is not None:
            note_look(context, person, app, (each.values for each in shown))
        return map_told(seen, found, prefix_of(request))

    @router.get(
        '/api/v1/apps/{app}/map/layers', response_model=LayersTold, **described('地図に重ねる区域や路線', 'read', _TAG)
    )
    def layers(
        request: Request, app: str, view: Annotated[str, Query(description='地図の一覧の名前')]
    ) -> dict[str, Any]:
        seen = context.map_views.seen(app, view, {}, by=person_of(request))
        return {'layers': context.layer_files.drawn(seen.view.layers)}


def _refuse_unknown(request: Request) -> None:
    """A misspelt filter must not come back as every record there is."""
    unknown = [name for name in request.query_params if name not in _KNOWN and not name.startswith(FILTER)]
    if unknown:
        texts = [Message(name, 'unknown_parameter', f'「{name}」という指定はありません。') for name in unknown]
        raise Refused('invalid', texts)


def map_told(seen: Seen, found: MapPicture, prefix: str) -> dict[str, Any]:
    """As MapTold. prefix: of a proxy that serves us under a folder."""
    signs = {each.value: each for each in signs_of(seen)}
    return {
        'total': found.total,
        'placed': found.placed,
        'box': found.box,
        'seen': found.seen,
        'zoom': found.zoom,
        'signs': [
            {**_sign(each), 'label': each.label, 'count': found.counts[each.value]}
            for each in signs.values()
            if found.counts.get(each.value)
        ],
        'pins': [_pin(seen, each, signs, prefix) for each in found.spots],
        'listed': found.listed,
        'rows': [{**_row(seen, row, signs, prefix), 'lat': lat, 'lon': lon} for row, lat, lon in found.rows],
    }


def _pin(seen: Seen, spot: Spot, signs: dict[str, Sign], prefix: str) -> dict[str, Any]:
    """As map_face.js draws it."""
    if spot.row is not None:
        told = _row(seen, spot.row, signs, prefix)
        lines = [told['status'], *(f'{label} {text}' for label, text in told['cells'])]
        return {**told, 'lat': spot.lat, 'lon': spot.lon, 'words': '\n'.join(each for each in lines if each)}
    known = [(signs.get(value), count) for value, count in spot.parts.items()]
    parts = sorted(known, key=lambda each: -each[1])
    words = '、'.join(f'{sign.label} {count:,}' for sign, count in parts if sign)
    return {
        'id': f'{spot.lat:.6f},{spot.lon:.6f},{spot.count}',
        'lat': spot.lat,
        'lon': spot.lon,
        'count': spot.count,
        'title': f'{spot.count:,}件',
        'words': words,
        'parts': [{'count': count, 'color': sign.color if sign else 'blue'} for sign, count in parts],
        'box': spot.box,
    }


def _row(seen: Seen, row: Row, signs: dict[str, Sign], prefix: str) -> dict[str, Any]:
    definition = seen.definition
    value, status = sign_text(seen, row)
    due = deadline_field(definition)
    text = readable(definition.fields[due], row.values[due], seen.world) if due and row.values.get(due) else ''
    return {
        'id': row.id,
        'title': row.title or '(名前なし)',
        'address': prefix + record_address(definition.name, row.id),
        'status': status,
        **_sign(signs.get(value)),
        'due': text,
        'overdue': row.overdue,
        'cells': words_of(seen, row),
    }


def _sign(sign: Sign | None) -> dict[str, str]:
    if sign is None:
        return {'sign': '', 'shape': 'drop', 'color': 'blue'}
    return {'sign': sign.letter, 'shape': sign.shape, 'color': sign.color}
