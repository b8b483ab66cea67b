"""Areas and routes that a map view lays over its ground: a GeoJSON file (RFC 7946) beside the definitions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass
from typing import Any, Final

from forms.field import setting

FOLDER: Final = 'areas'
COLORS: Final = ('purple', 'blue', 'green', 'orange', 'red', 'gray')
LINES: Final = ('solid', 'dashed', 'dotted', 'long')
_DEPTH: Final = {
    'Point': 0, 'MultiPoint': 1, 'LineString': 1, 'MultiLineString': 2, 'Polygon': 2, 'MultiPolygon': 3
}  # fmt: skip
"""Kind of geometry -> how deep its positions lie."""

_JAPAN: Final = ((20, 46), (122, 154))
"""Latitudes and longitudes of the country with all its islands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLayer:
    """One entry of `layers` of a map view."""

    title: str = setting(MISSING, label='凡例の言葉', help='凡例に出る言葉。')
    file: str = setting(MISSING, label='ファイル', help='areas フォルダーのGeoJSON。例 routes.geojson')
    color: str = setting('purple', label='色', help='線と面の色。', choices=COLORS)
    line: str = setting('solid', label='線', help='solid 実線、dashed 破線、dotted 点線、long 長破線。', choices=LINES)
    text: str = setting(label='出す属性', help='指したときに出す属性(properties)の名前。なければ出しません。')
    on: bool = setting(True, label='はじめから表示', help='false なら、凡例で選んだときに出ます。')


class NotDrawable(ValueError):
    """A file that is no layer. text, advice: what is wrong and what to do about it (Japanese)."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice


Feature = Mapping[str, Any]


def features_of(content: bytes) -> Sequence[Feature]:
    """The features of a file, each {'type', 'geometry', 'properties'}, judged whole. Raises NotDrawable.

    Degrees of WGS 84 (or JGD, which differs by less than a pin), longitude first, as RFC 7946 asks.
    """
    try:
        written = json.loads(content.decode('utf-8-sig'), parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        advice = 'GISソフトから GeoJSON で書き出すか、別のファイルにしてください。'
        raise NotDrawable('JSON(UTF-8)ではありません。', advice) from error
    found = [_feature(each) for each in _listed(written)]
    if not found:
        raise NotDrawable('図形が1つもありません。', '図形のあるファイルにするか、この行を消してください。')
    _judge_places([place for each in found for place in positions(each['geometry'])])
    return found


def properties_of(features: Sequence[Feature]) -> list[str]:
    """Names of the attributes, as they first occur."""
    return list(dict.fromkeys(name for each in features for name in each['properties']))


def positions(geometry: Mapping[str, Any]) -> Iterator[Sequence[float]]:
    """Every position [longitude, latitude] of a geometry."""
    if geometry['type'] == 'GeometryCollection':
        for each in geometry['geometries']:
            yield from positions(each)
    else:
        yield from _flat(geometry['coordinates'], _DEPTH[geometry['type']])


def _no_number(name: str) -> None:
    raise ValueError(name)


def _listed(written: Any) -> Sequence[Any]:
    kind = written.get('type') if isinstance(written, dict) else None
    if kind == 'FeatureCollection' and isinstance(written.get('features'), list):
        return list(written['features'])
    if kind == 'Feature':
        return [written]
    if kind in _DEPTH or kind == 'GeometryCollection':
        return [{'type': 'Feature', 'properties': {}, 'geometry': written}]
    raise NotDrawable(
        'GeoJSONの形(FeatureCollection)ではありません。',
        'GISソフトから GeoJSON で書き出すか、別のファイルにしてください。',
    )


def _feature(written: Any) -> Feature:
    geometry = written.get('geometry') if isinstance(written, dict) else None
    if not _is_geometry(geometry):
        told = '形の分からない図形があります。'
        raise NotDrawable(told, '点か線か面(Point、LineString、Polygon など)の図形だけにしてください。')
    properties = written.get('properties')
    return {
        'type': 'Feature',
        'geometry': geometry,
        'properties': properties if isinstance(properties, dict) else {},
    }


def _is_geometry(written: Any, *, inside: bool = False) -> bool:
    if not isinstance(written, dict):
        return False
    kind = written.get('type')
    if kind == 'GeometryCollection' and not inside:
        parts = written.get('geometries')
        return isinstance(parts, list) and all(_is_geometry(each, inside=True) for each in parts)
    return kind in _DEPTH and _is_nested(written.get('coordinates'), _DEPTH[kind])


def _is_nested(written: Any, depth: int) -> bool:
    if not isinstance(written, list) or not written:
        return False
    if depth:
        return all(_is_nested(each, depth - 1) for each in written)
    return len(written) >= 2 and all(isinstance(each, int | float) for each in written[:2])


def _flat(written: Any, depth: int) -> Iterator[Sequence[float]]:
    if not depth:
        yield written
        return
    for each in written:
        yield from _flat(each, depth - 1)


def _judge_places(places: Sequence[Sequence[float]]) -> None:
    """The two mistakes that GIS files are made with: another system of coordinates, and latitude first."""
    latitudes, longitudes = _JAPAN
    if any(abs(each[0]) > 180 or abs(each[1]) > 180 for each in places):
        told = '座標が緯度と経度ではありません(平面直角座標系などの数です)。'
        raise NotDrawable(told, '座標系をWGS 84 (EPSG:4326)か、JGD2011の経緯度(EPSG:6668)にして書き出してください。')
    within = [latitudes[0] <= each[0] <= latitudes[1] and longitudes[0] <= each[1] <= longitudes[1] for each in places]
    if all(within) or any(abs(each[1]) > 90 for each in places):
        advice = 'GeoJSONは経度を先に書きます。[136.6562, 36.5613] のように直すか、別のファイルにしてください。'
        raise NotDrawable('緯度と経度の順が逆です。', advice)
