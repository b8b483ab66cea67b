"""Style sheets and scripts of the public pages, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from nicegui import app as server
from starlette.exceptions import HTTPException
from starlette.responses import Response

HERE = Path(__file__).parent
_KINDS = {'.css': 'text/css', '.js': 'text/javascript'}
_FOREVER = {'Cache-Control': 'public, max-age=31536000, immutable'}


def register() -> None:
    """Serve them to everybody; browsers keep them for a year."""

    @server.get('/public/files/{version}/{name}', include_in_schema=False)
    def file(version: str, name: str) -> Response:
        if name not in _places():
            raise HTTPException(404)
        return Response(_content(name), media_type=_KINDS[Path(name).suffix], headers=_FOREVER)


def file_address(name: str) -> str:
    """Where the browser finds a file (without the prefix of a proxy)."""
    return f'/public/files/{_version()}/{name}'


@cache
def _version() -> str:
    """One for all of them, because one script imports another."""
    return hashlib.sha256(''.join(_content(each) for each in _places()).encode()).hexdigest()[:12]


@cache
def _places() -> dict[str, Path]:
    """Every style sheet and script below this folder by its name; names are given once."""
    return {each.name: each for each in sorted(HERE.rglob('*')) if each.suffix in _KINDS}


@cache
def _content(name: str) -> str:
    """A style sheet brings the design tokens along."""
    text = _places()[name].read_text('utf-8')
    tokens = (HERE.parent / 'style' / 'tokens.css').read_text('utf-8')
    return text.replace('/* tokens */', tokens)
