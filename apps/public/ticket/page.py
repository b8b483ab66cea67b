"""The page of a ticket: plain HTML, one language at a time, drawn and kept up to date by ticket_page.js."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from apps.public.addresses import board_address, ticket_address
from apps.public.files import file_address
from apps.public.ticket.words import LANGUAGES, Words
from apps.reading.ticket_picture import Picture
from forms.capabilities.queue import Queue

if TYPE_CHECKING:
    from forms.definition import AppDefinition


def ticket_page(
    definition: AppDefinition, code: str, picture: Picture, *, language: str, prefix: str
) -> HTMLResponse:
    """The page as it stands now; the title of the app is what visitors know as the name of the counter."""
    said, title = LANGUAGES[language], definition.title
    here = prefix + ticket_address(code)
    settings = {'words': asdict(said), 'tickets': picture, 'here': here, 'names': _names(definition, language)}
    body = f"""<p id="lost" class="lost" role="alert" hidden></p>
<p id="called" class="called" role="alert" hidden></p>
<div id="tickets" class="tickets"></div>
<p id="fresh" class="fresh"></p>
<noscript><p class="note">{escape(said.no_script)}</p></noscript>
<div class="after">
<button id="notify" type="button" class="notify">{escape(said.notify)}</button>
<p class="note" id="notified" role="status"></p>
<p class="note">{escape(said.keep_open)}</p>
<p><a href="{escape(prefix + board_address(definition.name))}">{escape(said.board)}</a></p>
</div>"""
    head = f'<h1>{escape(title)}</h1>{_languages(here, language)}'
    return _html(said, f'{said.page} - {title}', head, body, prefix, settings=settings)


def _names(definition: AppDefinition, language: str) -> dict[str, str]:
    """Section -> its name in this language, where the definition tells one."""
    queue = definition.capabilities['queue']
    assert isinstance(queue, Queue)
    return {each.name: each.english for each in queue.sections if each.english} if language == 'en' else {}


def unknown_page(language: str, prefix: str) -> HTMLResponse:
    """A code of another day, or of none: nobody learns which."""
    said = LANGUAGES[language]
    others = [each for key, each in LANGUAGES.items() if key != language]
    body = _paragraphs(said) + ''.join(f'<div lang="{each.code}">{_paragraphs(each, level=2)}</div>' for each in others)
    return _html(said, said.unknown, '', body, prefix, status=404)


def _paragraphs(said: Words, level: int = 1) -> str:
    return f'<h{level}>{escape(said.unknown)}</h{level}><p>{escape(said.unknown_what)}</p>'


def _languages(here: str, language: str) -> str:
    links = ''.join(
        f'<a href="{escape(here)}?lang={key}" lang="{each.code}"'
        f'{" aria-current=" + chr(34) + "page" + chr(34) if key == language else ""}>{escape(each.language)}</a>'
        for key, each in LANGUAGES.items()
    )
    return f'<nav class="languages" aria-label="ことば / Language">{links}</nav>'


def _html(  # noqa: PLR0913 - the parts of a page
    said: Words,
    title: str,
    head: str,
    body: str,
    prefix: str,
    *,
    settings: dict[str, object] | None = None,
    status: int = 200,
) -> HTMLResponse:
    nonce = secrets.token_urlsafe(16)
    script = ''
    if settings is not None:
        # '<' may not stand in a script element: a section's name could close it.
        kept = json.dumps(settings, ensure_ascii=False).replace('<', '\\u003c')
        source = escape(prefix + file_address('ticket_page.js'))
        script = (
            f'<script type="application/json" id="settings" nonce="{nonce}">{kept}</script>'
            f'<script type="module" src="{source}"></script>'
        )
    content = f"""<!doctype html>
<html lang="{said.code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<link rel="stylesheet" href="{escape(prefix + file_address('ticket_page.css'))}">
</head>
<body>
<header class="head">{head}</header>
<main>
{body}
</main>
{script}
</body>
</html>
"""
    policy = (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = {'Content-Security-Policy': policy, 'Cache-Control': 'no-store'}
    return HTMLResponse(content, status, headers)
