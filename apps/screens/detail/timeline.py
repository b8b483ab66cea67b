"""The history of a record: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Sequence

from apps.reading import Entry
from apps.tags import icon, tag

FIRST = 8


def draw_timeline(entries: Sequence[Entry]) -> None:
    """Newest first; older ones are there on demand."""
    with tag('section', '', 'card card-body record-section'):
        with tag('h2', '', 'card-title'):
            icon('history')
            tag('span', '変更履歴')
        _list(entries[:FIRST])
        if len(entries) > FIRST:
            with tag('details', '', 'more'):
                tag('summary', f'前の{len(entries) - FIRST}件も見る')
                _list(entries[FIRST:])


def _list(entries: Sequence[Entry]) -> None:
    with tag('ol', '', 'timeline'):
        for entry in entries:
            with tag('li'):
                with tag('div', '', 'timeline-head'):
                    tag('strong', entry.what)
                    tag('span', f'{entry.by} {entry.at}', 'when')
                if entry.reason:
                    tag('div', f'理由: {entry.reason}')
                if entry.erased:
                    tag('div', '内容は消去されています。', 'when')
                _changes(entry)


def _changes(entry: Entry) -> None:
    """The first entry of a record would repeat all of it, so only later ones tell their fields."""
    if entry.what == '登録' or not entry.changes:
        return
    with tag('ul', '', 'changes'):
        for each in entry.changes:
            with tag('li'):
                tag('span', f'{each.label}: ', 'change-label')
                tag('span', each.before or '(なし)', 'change-before')
                tag('span', ' から ', 'visually-hidden')
                tag('span', '→', 'change-arrow', aria_hidden='true')
                tag('span', each.after or '(なし)', 'change-after')
