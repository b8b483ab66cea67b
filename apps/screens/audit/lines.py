"""Entries of the audit as lines: when, who, what, where."""

from __future__ import annotations

from collections.abc import Iterable

from apps.addresses import record_address
from apps.audit_trail import Entry
from apps.reading.shown import moment_text
from apps.tags import link, tag


def draw_lines(entries: Iterable[Entry]) -> None:
    """One card per entry, readable on a phone as well as in a long column."""
    with tag('ul', '', 'card audit-lines'):
        for each in entries:
            with tag('li', '', 'audit-line'):
                tag('time', moment_text(each.at.isoformat()), 'audit-at', datetime=each.at.isoformat())
                with tag('div', '', 'audit-who'):
                    tag('strong', each.name or each.account or '(サインイン前)')
                    if each.name and each.account:
                        tag('span', each.account, 'account-id')
                with tag('div', '', 'audit-what'):
                    tag('strong', each.what)
                    _place(each)
                    for name, text in each.details:
                        tag('span', f'{name} {text}', 'tile-note')


def _place(entry: Entry) -> None:
    """The page behind the link asks for itself whether this person may see the record."""
    if entry.record and entry.app:
        link(f'{entry.app_title} {entry.record[:8]}…', record_address(entry.app, entry.record), title=entry.record)
    elif entry.app:
        tag('span', entry.app_title)
