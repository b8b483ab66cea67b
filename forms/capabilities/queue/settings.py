"""What a leader may write under `queue:` about sections, priority, appointments, staffing and closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from forms.field import setting

ORDINARY = 5
"""Rank of everybody who is in no class; classes go before and have ranks 1 to 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Fewer or more counters at certain hours, known in advance (lunch by turns)."""

    from_: time = setting(time(12), label='から', help="例 '12:00'")
    to: time = setting(time(13), label='まで', help="例 '13:00'")
    counters: int = setting(1, label='開いている窓口の数', help='その時間に呼び出す窓口の数。')


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSection:
    """One list of people waiting. name: as in the groups of the items; prefix: before the number on the ticket."""

    name: str = setting(label='課', help='用件の項目の分類と同じ言葉。')
    prefix: str = setting(label='番号の頭の字', help='整理券の番号の前に付く字。例 住')
    reading: str = setting('', label='頭の字の読み', help='待合の表示が声で言う言葉。例 じゅうたく')
    english: str = setting('', label='英語の名前', help='スマートフォンの英語のページに出る名前。例 Housing Section')
    start: int = setting(1, label='始まりの番号', help='その日の最初の番号。')
    end: int = setting(0, label='終わりの番号', help='その日の最後の番号。なければ限りがありません。')
    after_end: str = setting(
        'continue',
        label='番号を使い切ったら',
        help='continue は続きの番号を出し、close は受付を止めます。',
        choices=('continue', 'close'),
    )
    counters: tuple[str, ...] = setting((), label='窓口', help='呼び出せる窓口の名前。例 [1番, 2番]')
    minutes: int = setting(10, label='1人の対応のめやす(分)', help='まだ記録がない日に、待ち時間の見込みに使います。')
    staffing: tuple[Staffing, ...] = setting((), label='時間帯の体制', help='昼休みなど、窓口の数が変わる時間。')

    @property
    def places(self) -> tuple[str, ...]:
        """The counters; a section that names none has one, so that somebody can be called to it."""
        return self.counters or ('窓口',)

    def open_at(self, moment: datetime) -> int:
        """How many counters call people at this time of the day."""
        for each in self.staffing:
            if each.from_ <= moment.time() < each.to:
                return each.counters
        return len(self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherItem:
    """An item in free words. text: its field; section: the field that says which section takes it."""

    text: str = setting(label='内容の項目', help='用件を自由に書く項目。')
    section: str = setting(label='担当課の項目', help='その他の用件をどの課が受けるかを選ぶ項目。')


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityClass:
    """People who go first, told by a value of the reception. rank: 1 goes before 2."""

    name: str = setting(label='区分の名前', help='呼び出しの画面に出る言葉。例 優先')
    field: str = setting(label='項目', help='理由や受付の方法を選ぶ項目。')
    values: tuple[str, ...] = setting((), label='値', help='この値のとき、この区分になります。')
    rank: int = setting(1, label='順位', help='1から4。小さいほど先です。')

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether this reception belongs to the class."""
        chosen = values.get(self.field)
        return bool(set(chosen if isinstance(chosen, list) else [chosen]) & set(self.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """Who goes first, and how often at most while somebody else has waited longer."""

    classes: tuple[PriorityClass, ...] = setting((), label='区分', help='先に呼ぶ人の区分。')
    in_a_row: int = setting(
        2, label='続けて先に呼ぶ人数', help='先に待っている人がいるとき、続けて追い越せる人数。その次は順番の人です。'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """People with a time. From `early` minutes before it they wait, until `late` minutes after it they go first."""

    time: str = setting(label='予約の時刻の項目', help='時刻か日時の項目。空なら予約ではありません。')
    early: int = setting(0, label='何分前から呼ぶか', help='この分より前は、待っている人に数えず、呼びません。')
    late: int = setting(
        15, label='何分後まで先に呼ぶか', help='これより遅れたら、その時刻に並んだものとして順番に呼びます。'
    )
    rank: int = setting(2, label='順位', help='1から4。小さいほど先です。')


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What becomes at the end of the day of those who are still there."""

    waiting: str = setting(
        'end',
        label='待っている人',
        help='end は「閉庁で終了」にし、carry は次の日に繰り越します。',
        choices=('end', 'carry'),
    )
    collect: str = setting(
        'carry',
        label='後で受け取る人',
        help='end は「閉庁で終了」にし、carry は次の日に繰り越します。',
        choices=('end', 'carry'),
    )
