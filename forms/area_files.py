"""The GeoJSON files beside the definitions, as one definition uses them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from forms.drawn_layer import FOLDER, NotDrawable
from forms.map_layer import MapLayer, read_layer


@dataclass(slots=True)
class AreaFiles:
    """definitions: the folder in whose subfolder `areas` the files lie; None where there is none.

    used: file name -> digest of its content.
    """

    definitions: Path | None
    used: dict[str, str] = field(default_factory=dict)

    def layer(self, name: str) -> MapLayer | NotDrawable | None:
        """What is in the file, what is wrong with it, or None when there is no such file."""
        path = self.definitions / FOLDER / name if self.definitions else None
        if path is None or Path(name).name != name or not path.is_file():
            return None
        content = path.read_bytes()
        self.used[name] = hashlib.sha256(content).hexdigest()
        try:
            return read_layer(content)
        except NotDrawable as wrong:
            return wrong

    def names(self) -> tuple[str, ...]:
        """Names of the files that are there."""
        folder = self.definitions / FOLDER if self.definitions else None
        return tuple(sorted(each.name for each in folder.glob('*.geojson'))) if folder else ()
