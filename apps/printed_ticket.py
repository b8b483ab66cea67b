"""The ticket on paper: A4 or the roll of a receipt printer; a document that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

PAPERS: Mapping[str, str] = {'80': 'レシート 80mm', '58': 'レシート 58mm', 'a4': 'A4'}
"""As the address and the device's cookie say it -> as people read it."""

# A roll is cut after every ticket, so its page is as high as the ticket; print_ticket measures that.
_STYLE = """
* { box-sizing: border-box }
body { margin: 0; background: #e8e8ec; color: #000; font: 400 11pt/1.5 "Noto Sans JP", "BIZ UDPGothic", sans-serif }
p { margin: 0; word-break: auto-phrase; text-wrap: balance }
.whole { white-space: nowrap }
.tools { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 12px 16px; background: #fff }
.tools button { min-height: 48px; padding: 0 24px; border: 0; border-radius: 8px; background: #0017c1; color: #fff;
  font: inherit; font-weight: 700; cursor: pointer }
.tools a { display: inline-flex; align-items: center; min-height: 44px; padding: 0 12px; border: 1px solid #949494;
  border-radius: 8px; color: #00118f; text-decoration: none }
.tools a[aria-current] { border: 2px solid #0017c1; background: #e8f1fe; font-weight: 700 }
.ticket { margin: 4mm auto; background: #fff; text-align: center; overflow-wrap: anywhere; break-inside: avoid }
.hall, .other, .hint { font-size: 1em }
.section { font-size: 1.5em; font-weight: 700; line-height: 1.3 }
.number { font-weight: 700; line-height: 1.1; white-space: nowrap; font-variant-numeric: tabular-nums }
.waiting { font-size: 1.25em; font-weight: 700 }
.qr { display: block; margin: 0 auto }
.hint { line-height: 1.35 }

.paper-80 .ticket { width: 72mm; padding: 3mm 1mm 5mm; font-size: 10.5pt }
.paper-80 .number { font-size: 62pt }
.paper-80 .qr { width: 30mm }
.paper-58 .ticket { width: 48mm; padding: 2mm 0 4mm; font-size: 9pt }
.paper-58 .number { font-size: 44pt }
.paper-58 .qr { width: 26mm }
.paper-80 .ticket + .ticket, .paper-58 .ticket + .ticket { break-before: page }

.paper-a4 .ticket { width: 180mm; height: 146mm; padding: 8mm 4mm 0; font-size: 13pt; border-bottom: 1px dashed #000 }
.paper-a4 .number { font-size: 116pt; line-height: 1 }
.paper-a4 .qr { width: 28mm }
@page { margin: 0 }
@media print {
  body { background: none }
  .tools { display: none }
  .ticket { margin: 0 auto }
}
"""

_SCRIPT = """
const paper = document.documentElement.dataset.paper
const height = Math.max(...[...document.querySelectorAll('.ticket')].map((each) => each.offsetHeight))
const size = paper === 'a4' ? 'A4 portrait' : `${paper}mm ${Math.ceil((height * 25.4) / 96) + 2}mm`
document.head.append(Object.assign(document.createElement('style'), { textContent: `@page { size: ${size} }` }))
document.querySelector('.tools button').addEventListener('click', () => window.print())
if (new URLSearchParams(location.search).has('print')) addEventListener('load', () => setTimeout(() => window.print()))
"""


@dataclass(frozen=True, slots=True)
class PrintedTicket:
    """One ticket. received: when; before, expected: people and minutes in words, '' when it waits no more."""

    number: str
    section: str
    received: str
    before: str
    expected: str
    others: tuple[str, ...] = ()


def ticket_paper(
    tickets: Iterable[PrintedTicket], *, title: str, paper: str, qr: str, nonce: str
) -> str:
    """An HTML document. title: of the app; paper: of PAPERS; qr: picture of the phone page's address, or ''."""
    sheets = ''.join(_ticket(each, title, qr) for each in tickets)
    choices = ''.join(
        f'<a href="?paper={key}"{" aria-current=true" if key == paper else ""}>{name}</a>'
        for key, name in PAPERS.items()
    )
    return (
        f'<!doctype html><html lang="ja" class="paper-{paper}" data-paper="{paper}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>整理券 {escape(title)}</title><style>{_STYLE}</style></head>'
        f'<body><div class="tools"><button type="button">印刷する</button><span>この端末の用紙</span>{choices}</div>'
        f'{sheets}<script nonce="{escape(nonce)}">{_SCRIPT}</script></body></html>'
    )


def _ticket(one: PrintedTicket, title: str, qr: str) -> str:
    whole = '、'.join(f'<span class="whole">{escape(each)}</span>' for each in one.others)
    others = f'<p class="other">ほかの番号: {whole}</p>' if whole else ''
    waiting = ''.join(f'<p class="waiting">{escape(each)}</p>' for each in (one.before, one.expected) if each)
    phone = (
        f'<img class="qr" src="{escape(qr)}" alt="順番を見るページのQRコード">'
        '<p class="hint">スマホで順番が見られます<br>Check your turn on your phone</p>'
        if qr
        else ''
    )
    return (
        f'<section class="ticket"><p class="hall">{escape(title)}</p><p class="section">{escape(one.section)}</p>'
        f'<p class="number">{escape(one.number)}</p><p class="received">{escape(one.received)}</p>'
        f'{waiting}{others}{phone}</section>'
    )
