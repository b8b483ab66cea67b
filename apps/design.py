"""The style sheet and the scripts of the frame, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from nicegui import app
from starlette.exceptions import HTTPException
from starlette.responses import Response

HERE = Path(__file__).parent
_SCRIPTS = ('frame.js', 'operator.js', 'operator_dialog.js', 'photo_viewer.js', 'photo_boxes.js')
_KINDS = {'screens.css': 'text/css', **dict.fromkeys(_SCRIPTS, 'text/javascript')}
_FOREVER = {'Cache-Control': 'public, max-age=31536000, immutable'}


def register() -> None:
    """Serve them to everybody, signed in or not; browsers keep them for a year."""

    @app.get('/design/{version}/{name}', include_in_schema=False)
    def design(name: str) -> Response:
        if name not in _KINDS:
            raise HTTPException(404)
        return Response(content(name), media_type=_KINDS[name], headers=_FOREVER)


def design_address(name: str) -> str:
    """Where the browser finds screens.css or a script (without the prefix of a proxy)."""
    return f'/design/{_version()}/{name}'


@cache
def _version() -> str:
    """One for all of them, because one script imports another."""
    return hashlib.sha256(''.join(content(each) for each in _KINDS).encode()).hexdigest()[:12]


@cache
def content(name: str) -> str:
    """A script, or every file of apps/style as one: tokens, then the frame, then the screens."""
    if name in _SCRIPTS:
        return (HERE / name).read_text('utf-8')
    files = sorted(
        (HERE / 'style').glob('*.css'), key=lambda each: (each.stem != 'tokens', each.stem != 'shell', each.stem)
    )
    return '\n'.join(each.read_text('utf-8') for each in files)
