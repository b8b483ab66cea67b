"""The document around printed sheets: one page size, what stands in every page's margin, the button that prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from forms.capabilities.sheets import ACROSS, Sheet

_CSS = Path(__file__).with_name('sheet.css')
_MARGINS = '15mm 12mm 15mm 15mm'
_SCRIPT = """
document.querySelector('.tools button').addEventListener('click', () => window.print())
const asked = new URLSearchParams(location.search).has('print')
if (asked) addEventListener('load', () => setTimeout(() => window.print()))
"""


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet as HTML. foot: what the margin of each of its pages says on the left (the record's number)."""

    body: str
    foot: str


@dataclass(frozen=True, slots=True)
class Margins:
    """What every page says: class of confidentiality ('' for none); when it was printed and by whom."""

    marking: str
    printed: str


def sheets_page(papers: Sequence[Paper], sheet: Sheet, margins: Margins, *, back: str, nonce: str) -> str:
    """An HTML document. back: address of the screen it was opened from.

    nonce: of its only script. With `?print` in its address it opens the print window when every photo is there.
    """
    articles = ''.join(
        f'<article class="sheet" style="page: sheet{place}">{paper.body}'
        f'<p class="foot">{escape(margins.printed)} {escape(margins.marking)}</p></article>'
        for place, paper in enumerate(papers)
    )
    count = f'<span>{len(papers)}部</span>' if len(papers) > 1 else ''
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(sheet.heading)}</title>'
        f'<style>{_pages(papers, sheet.direction, margins)}{_css()}</style></head>'
        f'<body class="{sheet.direction}"><div class="tools"><button type="button">印刷する</button>{count}'
        f'<a href="{escape(back)}">画面に戻る</a></div><main>{articles}</main>'
        f'<script nonce="{escape(nonce)}">{_SCRIPT}</script></body></html>'
    )


def _pages(papers: Sequence[Paper], direction: str, margins: Margins) -> str:
    """Named pages, because only they let the margin of each record's pages say whose they are."""
    across = ' landscape' if direction == ACROSS else ' portrait'
    common = (
        f'@page {{ size: A4{across}; margin: {_MARGINS}; '
        f'@top-right {{ content: {_text(margins.marking)}; font: 700 9pt sans-serif }} '
        f'@bottom-right {{ content: {_text(margins.printed)}; font: 8pt sans-serif }} }}'
    )
    own = ''.join(
        f'@page sheet{place} {{ @bottom-left {{ '
        f'content: counter(page) " / " counter(pages) {_text(f"　{paper.foot}")}; font: 8pt sans-serif }} }}'
        for place, paper in enumerate(papers)
    )
    return common + own


def _text(words: str) -> str:
    """A CSS string. What people typed must neither end it nor the style element."""
    plain = ''.join(each if each.isalnum() or each in ' -_.,:()' else f'\\{ord(each):x} ' for each in words)
    return f'"{plain}"'


@cache
def _css() -> str:
    return _CSS.read_text('utf-8')
