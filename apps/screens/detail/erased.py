"""What a record says that had its personal data taken out, so that nobody looks for what is blank now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.operations.personal import ERASED
from apps.reading.shown import moment_text
from apps.tags import notice

if TYPE_CHECKING:
    from apps.context import AppContext


def draw_erased(context: AppContext, app: str, record_id: str) -> None:
    """Nothing for a record that still has all of it."""
    kept = context.store.get(app, record_id)
    mark = (kept or {}).get(ERASED)
    if mark:
        when = moment_text(mark['at'])
        notice('info', f'個人情報は、保存期間が過ぎたので消しました({when})。件数や日付、対応は残っています。')
