"""The map's modules for the browser: under which names and addresses pages find them."""

from __future__ import annotations

from pathlib import Path

from nicegui import __version__
from nicegui.dependencies import esm_modules, register_esm
from nicegui.elements.leaflet import leaflet as _leaflet  # noqa: F401 - names «nicegui-leaflet»

FOLDER = Path(__file__).parent
MODULES = 'madoguchi-map'
"""Every page of NiceGUI may import `madoguchi-map/map_face.js`."""

LEAFLET = 'nicegui-leaflet'

# The address carries the time of the newest file, so that no browser goes on with modules of an older release.
register_esm(MODULES, FOLDER, max_time=max(path.stat().st_mtime for path in FOLDER.glob('*.[jc]s*')))


def imports(prefix: str) -> dict[str, str]:
    """The entries for the import map of a page without NiceGUI. prefix: of a proxy that serves us under a folder."""
    found: dict[str, str] = {}
    for name in (MODULES, LEAFLET):
        key = next(key for key, module in esm_modules.items() if module.name == name)
        address = f'{prefix}/_nicegui/{__version__}/esm/{key}/'
        found |= {f'{name}/': address, name: f'{address}index.js'}
    del found[MODULES]
    return found
