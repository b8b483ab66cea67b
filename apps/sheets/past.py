"""The last changes of a record as lines on paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from apps.reading import Entry

FIRST = '登録'
"""Who made the record stands at its head; what was there at first has been changed since or stands on the sheet."""
_LONGEST = 40
"""Characters of a value in a line of the history; the whole of it stands in its field or on the screen."""


def past_part(entries: Sequence[Entry], most: int) -> str:
    """entries: newest first, of which `most` are printed; how many more there are is told."""
    entries = [each for each in entries if each.what != FIRST]
    if not entries or most <= 0:
        return ''
    lines = ''.join(
        f'<tr><td>{escape(each.at)}</td><td>{escape(each.by)}</td><td>{escape(each.what)}</td>'
        f'<td>{escape(_changes(each))}</td></tr>'
        for each in entries[:most]
    )
    left = len(entries) - most
    more = f'<p class="more">ほか{left}件は画面で見られます。</p>' if left > 0 else ''
    heads = ''.join(
        f'<th scope="col" class="{width}">{each}</th>'
        for each, width in (('日時', 'when'), ('職員', 'who'), ('したこと', 'what'), ('変わったところ', ''))
    )
    return (
        f'<section class="part"><h2>変更履歴</h2><table class="lines"><thead><tr>{heads}</tr></thead>'
        f'<tbody>{lines}</tbody></table>{more}</section>'
    )


def _changes(entry: Entry) -> str:
    return '、'.join(
        ' '.join(filter(None, (each.label, f'{_short(each.before)} →' if each.before else '', _short(each.after))))
        for each in entry.changes
    )


def _short(text: str) -> str:
    plain = ' '.join(text.split())
    return (plain if len(plain) <= _LONGEST else f'{plain[:_LONGEST]}…') or '(空)'
