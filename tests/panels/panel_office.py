"""The people and records that the tests of panels and looks work with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from apps.people import Person

SHIPPED = Path(__file__).resolve().parents[2] / 'apps' / 'definitions'
CLERK = Person('taro', '見本 太郎', ('staff',), ('道路管理課',))
NEIGHBOUR = Person('hanako', '例示 花子', ('staff',), ('住宅政策課',))


def road(**values: Any) -> dict[str, Any]:
    """A road request."""
    usual = {'受付方法': '電話', '種別': '舗装', '危険度': '通常', '場所': '見本町1丁目', '内容': '穴があいている。'}
    return {**usual, '受付日': '2026-11-02', **values}


def visit(*items: str, **values: Any) -> dict[str, Any]:
    """Somebody at the counter."""
    return {'用件': list(items), '受付方法': '来庁', **values}


def application(number: int, **values: Any) -> dict[str, Any]:
    """An application for the lottery, each of another person."""
    usual = {
        '氏名': '見本 太郎',
        'フリガナ': 'ミホン タロウ',
        '生年月日': f'1990-01-{number + 1:02}',
        '電話番号': f'090-0000-{number:04}',
        '住まい': '市内',
        '第1希望': '午前の部',
        '人数': 2,
    }
    return {**usual, **values}
