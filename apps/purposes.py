"""Why personal information leaves the office: the usual list. An office writes its own in `export_purposes`."""

from __future__ import annotations

PURPOSES = (
    '所管する事務の処理',
    '集計・統計の作成',
    '議会・監査への報告',
    '国・県への報告',
    '他課への提供(法令に基づく)',
    '委託先への提供(契約に基づく)',
    '本人からの開示請求への対応',
    'システムの移行・点検',
)
OTHER = 'その他'
"""Always offered besides the list; it needs a text of its own."""
