"""The part of a map view that lives in the browser: the map, its legend, and the list beside it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from nicegui.element import Element

from apps.addresses import prefix_of
from apps.api.maps import SETTINGS
from apps.map import modules as _modules  # noqa: F401 - serves what map_pane.js imports
from forms.definition import AppDefinition
from forms.view import View


class MapPane(Element, component='map_pane.js'):
    """Asks the API by itself; told only what for."""

    def __init__(self, definition: AppDefinition, view: View) -> None:
        super().__init__()
        prefix = prefix_of(self.client.request)
        here = f'{prefix}/api/v1/apps/{quote(definition.name)}/map'
        self._view = view.name
        self.props.update(
            {
                'api': here,
                'query': '',
                'settings': prefix + SETTINGS,
                'layers': f'{here}/layers?{urlencode({"view": view.name})}' if view.layers else '',
                'label': f'{definition.title} {view.name}',
                'place': definition.fields[view.by].title,
            }
        )

    def show(self, query: Mapping[str, str]) -> None:
        """These filters and words from now on. query: as it may stand in an address."""
        self.props['query'] = urlencode({'view': self._view, **query})

    def refresh(self) -> None:
        """Records of the app have changed."""
        self.run_method('refresh')
