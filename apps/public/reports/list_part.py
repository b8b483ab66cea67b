"""The list of released reports as plain HTML: it works without scripts, on every screen, and cuts nothing off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

from apps.public.addresses import form_address, reports_address, status_address
from apps.public.form.open_form import OpenForm
from apps.public.reports.pins import status_words
from apps.public.reports.released import ReleasedReports, Spot, filtered
from apps.public.reports.words import Words, words
from forms.capabilities.public_reports import PublicReports

PAGE: Final = 20


def where_asked(query: Mapping[str, str]) -> dict[str, str]:
    """category, status and page, as somebody asked for them; what makes no sense counts as not asked."""
    page = query.get('page', '')
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return {'category': query.get('category', '')[:100], 'status': query.get('status', '')[:100], 'page': f'{number}'}


@dataclass(frozen=True, slots=True)
class ListPart:
    """prefix: of a proxy. easy: in easy Japanese."""

    reports: ReleasedReports
    form: OpenForm
    rules: PublicReports
    prefix: str
    easy: bool

    @property
    def said(self) -> Words:
        return words(self.easy)

    @property
    def here(self) -> str:
        return self.prefix + reports_address(self.form.address)

    def html(self, spots: Sequence[Spot], asked: Mapping[str, str]) -> str:
        """Everything of the page that stands without scripts. asked: as `where_asked` tells it."""
        wanted = filtered(spots, asked)
        pages = max(1, -(-len(wanted) // PAGE))
        page = min(max(1, int(asked['page'])), pages)
        shown = wanted[(page - 1) * PAGE : page * PAGE]
        found = (self.reports.told(self.form.definition, self.rules, spot) for spot in shown)
        told = [each for each in found if each is not None]
        first = (page - 1) * PAGE
        counted = self.said.range.format(first=first + 1, last=first + len(told), count=f'{len(wanted):,}')
        listed = (
            f'<p class="count" role="status">{escape(counted)}</p>'
            f'<ol class="reports">{"".join(map(self._item, told))}</ol>'
        )
        return (
            f'<p class="intro">{escape(self.said.lead)}</p>{self._links()}{self._filters(spots, asked)}{self._map()}'
            + (listed if told else f'<p class="note" role="status">{escape(self.said.none)}</p>')
            + self._pages(page, pages, asked)
        )

    def _links(self) -> str:
        query = '?lang=easy' if self.easy else ''
        links = [(form_address(self.form.address), self.said.report)]
        if self.rules.by_number:
            links.append((status_address(self.form.address), self.said.look_up))
        drawn = ''.join(
            f'<li><a href="{escape(self.prefix + to + query)}">{escape(text)}</a></li>' for to, text in links
        )
        return f'<ul class="reports-links">{drawn}</ul>'

    def _map(self) -> str:
        """Filled by the script; without it the list tells the same."""
        if not self.rules.location:
            return ''
        return '<div id="reports-map"></div><div id="chosen" aria-live="polite"></div>'

    def _filters(self, spots: Sequence[Spot], asked: Mapping[str, str]) -> str:
        """Only what there is can be chosen, each with how many there are."""
        field = self.form.definition.fields[self.rules.category]
        statuses = status_words(self.form.definition, self.rules)
        categories = Counter(each.category for each in spots)
        standings = Counter(each.status for each in spots)
        every = ('', self.said.every, len(spots))
        kinds = [(value, field.show(value), count) for value, count in sorted(categories.items()) if value]
        states = [(value, text, standings[value]) for value, text in statuses.items() if standings[value]]
        drawn = _box('category', self.said.category, [every, *kinds], asked['category'])
        drawn += _box('status', self.said.status, [every, *states], asked['status'])
        lang = '<input type="hidden" name="lang" value="easy">' if self.easy else ''
        button = f'<button class="button outline" type="submit">{escape(self.said.narrow)}</button>'
        return f'<form class="reports-filters" method="get" action="{escape(self.here)}">{drawn}{lang}{button}</form>'

    def _item(self, told: Mapping[str, Any]) -> str:
        lines = ''.join(
            f'<div><dt>{escape(each["label"])}</dt><dd>{escape(each["text"])}</dd></div>' for each in told['lines']
        )
        number, said = escape(told['number']), self.said
        many = f'<p>{escape(said.reports.format(count=told["reports"]))}</p>' if told['reports'] > 1 else ''
        return (
            f'<li class="card report" id="report-{number}"><h2>{escape(told["category"])}'
            f' <span class="report-status">{escape(told["status"])}</span></h2>'
            f'<p class="report-when">{escape(said.number)} {number} / {escape(said.day)} {escape(told["date"])}</p>'
            f'<dl class="lines">{lines}</dl>{many}{self._me_too(told)}</li>'
        )

    def _me_too(self, told: Mapping[str, Any]) -> str:
        if not self.rules.me_too:
            return ''
        counted = self.said.me_too_count.format(count=told['meToo']) if told['meToo'] else ''
        button = (
            f'<button class="button outline" type="button" data-me-too="{escape(told["number"])}" hidden>'
            f'{escape(self.said.me_too)}</button>'
        )
        return f'<p class="me-too"><span data-count>{escape(counted)}</span>{button}</p>'

    def _pages(self, page: int, pages: int, asked: Mapping[str, str]) -> str:
        parts = []
        for to, text, rel in ((page - 1, self.said.earlier, 'prev'), (page + 1, self.said.later, 'next')):
            if 1 <= to <= pages:
                query = {key: asked[key] for key in ('category', 'status') if asked[key]} | {'page': str(to)}
                address = f'{self.here}?{urlencode(query | ({"lang": "easy"} if self.easy else {}))}'
                words_ = escape(text.format(size=PAGE))
                parts.append(f'<a class="button outline" rel="{rel}" href="{escape(address)}">{words_}</a>')
        return f'<nav class="reports-pages" aria-label="ページ">{"".join(parts)}</nav>' if parts else ''


def _box(name: str, label: str, options: Sequence[tuple[str, str, int]], chosen: str) -> str:
    """options: (value, text, how many)."""
    drawn = ''.join(
        f'<option value="{escape(value)}"{" selected" if chosen == value else ""}>{escape(text)}({count:,})</option>'
        for value, text, count in options
    )
    return (
        f'<div><label for="by-{name}">{escape(label)}</label>'
        f'<select id="by-{name}" name="{name}">{drawn}</select></div>'
    )
