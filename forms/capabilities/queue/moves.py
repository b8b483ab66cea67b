"""What a clerk can do with a ticket: the words on the buttons, from which status, and the steps it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.capabilities.queue.tickets import ABSENT, CALLED, COLLECT, HELD, SERVING, WAITING


@dataclass(frozen=True, slots=True)
class Move:
    """Something that can be done with a ticket. label: Japanese; from_: statuses; steps: what is added to the visit."""

    label: str
    from_: tuple[str, ...]
    steps: tuple[str, ...]
    main: bool = False
    confirm: str = ''


_SURE = 'この受付を取り消しますか。'

MOVES: Mapping[str, Move] = {
    'call': Move('呼び出す', (WAITING, ABSENT, HELD, COLLECT), ('called',), main=True),
    'recall': Move('もう一度呼ぶ', (CALLED,), ('recalled',)),
    'arrive': Move('対応を始める', (CALLED, WAITING, HELD, COLLECT), ('arrived',), main=True),
    'finish': Move('終える', (SERVING, CALLED), ('finished',), main=True),
    'absent': Move('不在にする', (CALLED,), ('absent',)),
    'hold': Move('保留にする', (WAITING, CALLED, SERVING), ('held',)),
    'resume': Move('列に戻す', (HELD, ABSENT, COLLECT), ('resumed',)),
    'collect': Move('後で受取り', (CALLED, SERVING), ('collecting',)),
    'transfer': Move('ほかの課へ回す', (WAITING, CALLED, SERVING, HELD), ('transferred',)),
    'add': Move('用件を足す', (CALLED, SERVING), ()),
    'cancel': Move('取り消す', (WAITING, CALLED, ABSENT, HELD, COLLECT), ('cancelled',), confirm=_SURE),
}

TAKES_COUNTER = frozenset(('call', 'arrive', 'transfer'))
"""Moves whose step names a counter."""

NEEDS_WORDS = frozenset(('call', 'transfer', 'add'))
"""Moves that ask for something: a counter, a target, items. What asks knows them; others leave these moves out."""
