"""Handing the audit out: for a stated purpose, noted itself before the file goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from apps.audit_trail import TRAIL_KINDS, Asked
from apps.excel.audit_file import FORMATS, write_audit_file
from apps.excel.purpose import said
from apps.outcome import Refused
from apps.people import Person

if TYPE_CHECKING:
    from apps.context import AppContext

_NAMES = {
    'since': 'この日から',
    'until': 'この日まで',
    'person': '利用者',
    'kind': '内容',
    'app': 'アプリ',
    'record': 'レコード',
}


def export_audit(  # noqa: PLR0913 - what, where to, why, for whom
    context: AppContext, path: Path, asked: Asked, purpose: str, format: str, *, by: Person
) -> int:
    """Write what was asked for to `path`; returns how many entries. Blocking: call it in a thread.

    Raises Refused: who may not look, no purpose, an unknown format, too many for one sheet.
    """
    kept = said(purpose, context.settings.export_purposes)
    if not kept:
        raise Refused('invalid', detail=_refusal(context.settings.export_purposes))
    if format not in FORMATS:
        known = '、'.join(FORMATS)
        raise Refused('invalid', detail=f'「{format}」という形式はありません。{known} から選んでください。')
    entries = context.trail.every(asked, by=by)
    now = context.clock.now()
    facts = [('目的', kept), ('出力日時', now.replace(tzinfo=None, microsecond=0)), ('出力した人', by.name)]
    try:
        count = write_audit_file(path, entries, [*facts, ('条件', _told(asked) or 'すべて')], format)
    except ValueError as error:
        raise Refused('invalid', detail=str(error)) from error
    try:
        context.audit.note_blocking(
            'audit_export', by, app=asked.app, purpose=kept, count=count, format=format, filters=_told(asked)
        )
    except Refused:
        path.unlink()
        raise
    return count


def _told(asked: Asked) -> str:
    values = {**asdict(asked), 'kind': TRAIL_KINDS.get(asked.kind, '')}
    return '、'.join(f'{_NAMES[name]} {value}' for name, value in values.items() if value)


def _refusal(listed: Sequence[str]) -> str:
    words = '、'.join(f'「{each}」' for each in listed)
    return f'監査記録を書き出す目的を、{words}から選ぶか、「その他: 理由」の形で入力してください。'
