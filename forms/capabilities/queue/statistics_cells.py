"""The statistics as rows of cells: what the screen shows and what the workbook holds are the same lists."""

from __future__ import annotations

from collections.abc import Sequence

from forms.capabilities.queue.statistics import CLOSE, Accuracy, Row, Table

Cell = str | int | float | None
"""Text, a count, minutes with one decimal, or None where there is nothing to say."""

COUNTS = ('来庁(人)', '整理券(枚)', '用件(件)', '対応済', '帰った', '不在', '残り', 'うち閉庁')
TIMES = ('平均', '中央', '90%')
SPANS = ('待ち時間(分)', '移動(分)', '対応時間(分)')

ACCURACY = '見込みの確かさ'
NOTES = (
    '来庁は人、整理券は枚、用件は件で数えます。どの行も、整理券 = 対応済 + 帰った + 不在 + 残り です。',
    '「うち閉庁」は、帰ったのうち、閉庁までに呼ばれずに終わった枚数です。',
    '用件ごとの表では、用件が2つある整理券を両方の行に数えます。計の行は1枚を1回だけ数えます。',
    '時間は、押し忘れ(閉庁で終了)と繰越しの整理券を除いた平均、中央の値、10枚のうち9枚がおさまる値です。',
)


def head(table: Table) -> Sequence[str]:
    """One line of headings: 待ち時間(分) 平均 and so on."""
    return [table.head, *COUNTS, *(f'{span} {each}' for span in SPANS for each in TIMES)]


def lines(table: Table) -> Sequence[Sequence[Cell]]:
    """One line per row, the total last."""
    return [line(each) for each in (*table.rows, table.total)]


def line(row: Row) -> Sequence[Cell]:
    counts = (row.visits, row.tickets, row.items, row.served, row.left, row.absent, row.waiting, row.sent_home)
    times = [figure for each in (row.wait, row.way, row.service) for figure in (each.mean, each.median, each.p90)]
    return [row.label, *counts, *times]


def accuracy_head() -> Sequence[str]:
    return ['見込み', '値']


def accuracy_lines(accuracy: Accuracy) -> Sequence[Sequence[Cell]]:
    """What the estimates were worth, as name and figure; parts in percent with one decimal."""
    return [
        ['見込みを伝えて呼んだ整理券(枚)', accuracy.count],
        ['見込みの誤差の平均(分)', accuracy.mean_error],
        ['見込みのかたより(分、＋は長く伝えすぎ)', accuracy.bias],
        [f'誤差が{CLOSE}分以内(%)', _percent(accuracy.near)],
        ['伝えた幅に入った(%)', _percent(accuracy.inside)],
    ]


def _percent(part: float | None) -> float | None:
    return None if part is None else round(part * 100, 1)
