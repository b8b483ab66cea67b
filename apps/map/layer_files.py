"""The areas and routes of map views, read from their files as the browser draws them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from forms.drawn_layer import FOLDER, DrawnLayer, Feature, NotDrawable, features_of

logger = logging.getLogger(__name__)


class LayerFiles:
    """Read again when a file has changed; asked from any thread.

    definitions: the folder of definitions, in whose subfolder `areas` the files lie.
    """

    def __init__(self, definitions: Path) -> None:
        self._folder = definitions / FOLDER
        self._kept: dict[str, tuple[tuple[int, int], list[Feature]]] = {}
        self._reading = Lock()

    def drawn(self, layers: Iterable[DrawnLayer]) -> list[dict[str, Any]]:
        """For showLayers() of map_face.js. Of a feature's attributes only the text to be shown goes along.

        A file that was fine when the definition was read and is not now leaves its layer empty, and says so.
        """
        return [self._drawn(each) for each in layers]

    def _drawn(self, layer: DrawnLayer) -> dict[str, Any]:
        told = {'title': layer.title, 'color': layer.color, 'line': layer.line, 'on': layer.on, 'problem': ''}
        try:
            found = self._features(layer.file)
        except (OSError, NotDrawable) as error:
            logger.warning('the layer %s cannot be read: %s', layer.file, error)
            told['problem'] = f'「{layer.file}」を読めないため、表示していません。'
            found = []
        features = [
            {'type': 'Feature', 'geometry': each['geometry'], 'properties': _text(each['properties'], layer.text)}
            for each in found
        ]
        return {**told, 'data': {'type': 'FeatureCollection', 'features': features}}

    def _features(self, name: str) -> list[Feature]:
        path = self._folder / Path(name).name
        stat = path.stat()
        version = (stat.st_mtime_ns, stat.st_size)
        with self._reading:
            kept = self._kept.get(name)
            if kept is None or kept[0] != version:
                kept = self._kept[name] = (version, list(features_of(path.read_bytes())))
            return kept[1]


def _text(properties: Mapping[str, Any], name: str) -> dict[str, str]:
    value = properties.get(name) if name else None
    return {} if value is None or isinstance(value, dict | list) else {'text': str(value)}
