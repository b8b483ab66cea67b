"""The pages around a public form, as plain HTML: they work behind any proxy and open no line to the server."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from html import escape
from typing import Any

from nicegui import __version__
from starlette.responses import HTMLResponse

from apps.form.form import module_address
from apps.map.modules import imports as map_imports
from apps.public.files import file_address
from apps.public.form.words import words

STYLES = ('public_form.css', 'public_reports.css')
VUE = f'/_nicegui/{__version__}/static/vue.esm-browser.prod.js'


def html_page(  # noqa: PLR0913 - the parts of a page
    *,
    title: str,
    head: str,
    body: str,
    prefix: str,
    easy: bool = False,
    settings: dict[str, Any] | None = None,
    script: str = 'public_form.js',
) -> HTMLResponse:
    """A whole page. head: inside the header. settings: for the script, which draws into #place; None: no script."""
    nonce = secrets.token_urlsafe(16)
    sheets = (escape(prefix + file_address(each)) for each in STYLES)
    styles = '\n'.join(f'<link rel="stylesheet" href="{each}">' for each in sheets)
    scripts = _scripts(settings, script, prefix, nonce) if settings is not None else ''
    content = f"""<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
{styles}
</head>
<body>
<a class="skip" href="#place">本文へ</a>
<header class="head"><div class="inside">{head}</div></header>
<main class="inside">
{body}
<div id="place"></div>
<noscript><p class="note">{escape(words(easy).no_script)}</p></noscript>
</main>
{scripts}
</body>
</html>
"""
    policy = (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    return HTMLResponse(content, headers={'Content-Security-Policy': policy, 'Cache-Control': 'no-store'})


def told(easy: bool) -> dict[str, str]:
    """The words for the script."""
    return asdict(words(easy))


def _scripts(settings: dict[str, Any], script: str, prefix: str, nonce: str) -> str:
    # '<' may not stand in a script element: a label could close it.
    kept = json.dumps(settings, ensure_ascii=False).replace('<', '\\u003c')
    mount = prefix + module_address('mount.js')
    imports = json.dumps({'imports': {'vue': prefix + VUE, 'madoguchi/mount': mount, **map_imports(prefix)}})
    return f"""<script type="importmap" nonce="{nonce}">{imports}</script>
<script type="application/json" id="settings" nonce="{nonce}">{kept}</script>
<script type="module" src="{escape(prefix + file_address(script))}"></script>"""
