"""Letters as one page each: A4, the address where the window of an envelope is when the sheet is folded in three."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from apps.outbox.notice import Notice

# 長形3号 with a window: 22 mm from the left, 12 mm from the top, 90 x 45 mm; the block stays inside it.
_STYLE = """
@page { size: A4 portrait; margin: 0 }
* { box-sizing: border-box }
body { margin: 0; background: #e8e8ec; color: #1a1a1c; font: 11pt/1.8 "Noto Sans JP", "BIZ UDPGothic", sans-serif }
.tools { display: flex; gap: 16px; align-items: center; padding: 12px 24px; background: #fff }
.tools button { min-height: 44px; padding: 0 24px; font: inherit; cursor: pointer }
.letter { position: relative; width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 105mm 25mm 20mm;
  background: #fff; break-after: page; overflow-wrap: anywhere }
.letter:last-of-type { break-after: auto }
.to { position: absolute; left: 26mm; top: 15mm; width: 82mm; height: 39mm; overflow: hidden; line-height: 1.5 }
.to .name { margin-top: 3mm; font-size: 13pt }
.from { position: absolute; right: 25mm; top: 62mm; text-align: right }
h1 { margin: 0 0 8mm; font-size: 14pt; text-align: center }
.body { white-space: pre-wrap }
@media print { body { background: none } .tools { display: none } .letter { margin: 0 } }
"""


def letters_page(letters: Iterable[Notice], *, city: str, owner: str, day: str, nonce: str) -> str:
    """An HTML document that needs nothing from elsewhere. nonce: of its only script, which prints."""
    pages = ''.join(_letter(each, city, owner, day) for each in letters)
    return (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>手紙</title><style>{_STYLE}</style></head>'
        f'<body><div class="tools"><button type="button">印刷する</button>'
        f'<span>A4の紙に、1人1枚で印刷します。三つ折りにすると、窓つき封筒(長形3号)の窓にあて先が出ます。</span></div>'
        f'{pages}<script nonce="{escape(nonce)}">'
        "document.querySelector('.tools button').addEventListener('click', () => window.print())"
        '</script></body></html>'
    )


def _letter(one: Notice, city: str, owner: str, day: str) -> str:
    postal = f'〒{one.postal}' if one.postal else ''
    name = f'{one.addressee} 様' if one.addressee else ''
    return (
        '<section class="letter">'
        f'<div class="to"><div>{escape(postal)}</div><div>{escape(one.address)}</div>'
        f'<div class="name">{escape(name)}</div></div>'
        f'<div class="from"><div>{escape(day)}</div><div>{escape(city)}</div><div>{escape(owner)}</div></div>'
        f'<h1>{escape(one.subject)}</h1><div class="body">{escape(one.body)}</div></section>'
    )
