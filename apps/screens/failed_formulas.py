"""Formulas that failed on records, for leaders: on which record, what went wrong, and the piece that did."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from apps.addresses import record_address
from apps.tags import icon, link, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apps.reading.failed_formulas import FailedFormula


def draw_failed_formulas(failed: Iterable[FailedFormula]) -> None:
    """A card for each app; nothing at all when every formula works."""
    for title, found in groupby(failed, key=lambda each: each.app_title):
        _app(title, list(found))


def _app(title: str, failed: list[FailedFormula]) -> None:
    with tag('section', '', 'card card-body record-section'):
        with tag('h2', '', 'card-title'):
            icon('calculate')
            tag('span', f'「{title}」で計算できなかった式')
            tag('span', f'{len(failed)}件', 'count alert')
        tag('p', '式の代わりに安全な値を使ったので、レコードは開けます。')
        tag('p', '式を直すか、レコードの値を直して保存すると、ここから消えます。')
        with tag('ol', '', 'problem-list'):
            for each in failed:
                _formula(each)


def _formula(failed: FailedFormula) -> None:
    with tag('li', '', 'problem'):
        with tag('span', '', 'problem-place'):
            if failed.record_id:
                link(failed.record or '(名前なし)', record_address(failed.app, failed.record_id))
            else:
                tag('span', '登録前の入力')
        tag('span', f'{failed.place}: {failed.error}', 'problem-text')
        with tag('code', '', 'problem-formula'):
            tag('span', failed.before)
            tag('mark', failed.piece)
            tag('span', failed.after)
        tag('span', failed.at, 'problem-code')
