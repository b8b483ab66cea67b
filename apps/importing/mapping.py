"""Which column goes where: proposed from headers and from earlier imports, changeable, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from apps.importing.table import Column, folded_header
from apps.importing.targets import Target

Chosen = Mapping[int, str]
"""Place of a column in the sheet, from 0 -> key of a target; columns that are not taken in are missing."""

_DERIVED = ('_年度', '_和暦', '_行数', '_記入行数')
"""Endings of columns that the data export adds and that say nothing new."""


def proposed(columns: Sequence[Column], targets: Mapping[str, Target], earlier: Mapping[str, str]) -> dict[int, str]:
    """Column -> target, each target once; also targets that are closed, so that it can be told why.

    earlier: folded header -> key, as the last import of this app had it. That counts most, then the exact name, then
    the name without regard to its spelling.
    """
    found: dict[int, str] = {}
    for meant in (_earlier(earlier), _exact(targets), _folded(targets)):
        for column in columns:
            if column.at in found or not column.header or column.header.endswith(_DERIVED):
                continue
            key = meant(column.header)
            if key in targets and key not in found.values():
                found[column.at] = key
    return found


def wrong_with(chosen: Chosen, columns: Iterable[Column], targets: Mapping[str, Target]) -> list[str]:
    """Japanese sentences; empty when the mapping can be used."""
    headers = {column.at: column.header or f'{column.at + 1}列目' for column in columns}
    unknown = [key for key in chosen.values() if key not in targets]
    mistakes = [f'「{key}」という取り込み先はありません。選び直してください。' for key in unknown]
    for key, count in Counter(chosen.values()).items():
        if count > 1 and key in targets:
            both = '」と「'.join(headers.get(at, '') for at, one in chosen.items() if one == key)
            mistakes.append(f'「{both}」が、どちらも「{targets[key].label}」になっています。1つだけにしてください。')
    if all(targets[key].closed for key in chosen.values() if key in targets):
        mistakes.append('取り込む列がありません。列ごとに取り込み先を選んでください。')
    return mistakes


def remembered(chosen: Chosen, columns: Iterable[Column]) -> dict[str, str]:
    """Folded header -> key, to be proposed the next time."""
    return {folded_header(each.header): chosen[each.at] for each in columns if each.header and each.at in chosen}


def _earlier(earlier: Mapping[str, str]) -> Callable[[str], str]:
    return lambda header: earlier.get(folded_header(header), '')


def _exact(targets: Mapping[str, Target]) -> Callable[[str], str]:
    words = {word: each.key for each in reversed(targets.values()) for word in each.spellings}
    return lambda header: words.get(header, '')


def _folded(targets: Mapping[str, Target]) -> Callable[[str], str]:
    """A merged header is known by its last level too: 申出者／氏名."""
    words = {folded_header(word): each.key for each in reversed(targets.values()) for word in each.spellings}
    return lambda header: words.get(folded_header(header)) or words.get(folded_header(header.rpartition('／')[2]), '')
