"""What the public form itself gets of the released reports: links to them, and where likely same ones are asked for."""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import Any

from apps.public.addresses import reports_address, status_address
from apps.public.form.open_form import OpenForm
from apps.public.reports.released import rules_of
from apps.public.reports.words import words


def links(form: OpenForm, prefix: str, *, easy: bool) -> str:
    """As HTML; '' where the app tells nothing."""
    rules, said, query = rules_of(form.definition), words(easy), '?lang=easy' if easy else ''
    if rules is None:
        return ''
    drawn = [(reports_address(form.address), said.link)]
    if rules.by_number:
        drawn.append((status_address(form.address), said.look_up))
    return ''.join(
        f'<p class="own-link"><a href="{escape(prefix + to + query)}">{escape(text)}</a></p>' for to, text in drawn
    )


def settings(form: OpenForm, prefix: str, *, easy: bool) -> dict[str, Any]:
    """For public_form.js: {'near': …} where the form asks for a place by which others can be found."""
    rules = rules_of(form.definition)
    if rules is None or not rules.location or rules.location not in form.form.asked(form.definition):
        return {}
    here = prefix + reports_address(form.address)
    return {
        'near': {
            'url': f'{here}/near',
            'meToo': f'{here}/me-too' if rules.me_too else '',
            'location': rules.location,
            'category': rules.category,
            'words': asdict(words(easy)),
        }
    }
