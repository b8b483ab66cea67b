"""What a leader may write about a lottery: its sessions, who comes first, what is set aside, who holds more tickets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from datetime import datetime
from fractions import Fraction

from forms.field import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One event to be drawn for. waiting: length of its waiting list; -1 keeps everybody who got no place."""

    name: str = setting(label='回', help='希望の項目の選択肢と同じ言葉。')
    capacity: int = setting(0, label='定員', help='必ず書きます。当選できる人数。')
    waiting: int = setting(-1, label='補欠の数', help='書かなければ、外れた全員が順番のある補欠になります。')
    minimum: int = setting(0, label='最少の人数', help='当選者がこの人数に届かない回は、中止になります。')
    starts: datetime | None = setting(None, label='開始', help='例 2026-12-20 10:00。この時刻からは繰上げをしません。')


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """Who is drawn before whom: all of the first value, then all of the second."""

    field: str = setting(MISSING, label='項目', help='順位を決める、選択の項目。')
    order: tuple[str, ...] = setting(MISSING, label='順位', help='先に抽選する値から、選択肢の全部を並べます。')

    def of(self, value: object) -> int:
        """0 comes first; what is not in the order comes last."""
        return self.order.index(value) if value in self.order else len(self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Places in every session for those with priority, who compete for the other places as well."""

    field: str = setting(MISSING, label='項目', help='優先する人を見分ける、選択の項目。')
    values: tuple[str, ...] = setting(MISSING, label='優先する値', help='例 [市内]')
    share: str = setting(label='優先枠の割合', help='例 1/2 か 50%。端数は切り上げます。places とは一緒に書けません。')
    places: int = setting(0, label='優先枠の人数', help='どの回も同じ人数のとき。')
    unfilled: str = setting(
        'open', label='余った優先枠', help='open はほかの人に開き、keep は空けておきます。', choices=('open', 'keep')
    )
    waiting_order: str = setting(
        'priority',
        label='補欠の順番',
        help='priority は優先する人から、draw は抽選順のままです。',
        choices=('priority', 'draw'),
    )

    def portion(self) -> Fraction | None:
        """The share as a number, or None when it is not one between 0 and 1."""
        written = self.share.strip()
        try:
            portion = Fraction(written[:-1]) / 100 if written.endswith('%') else Fraction(written)
        except (ValueError, ZeroDivisionError):
            return None
        return portion if 0 < portion <= 1 else None

    def in_session(self, capacity: int) -> int:
        """How many places of a session are set aside; a fraction of a place is rounded up."""
        portion = self.portion()
        return -int(-capacity * portion // 1) if portion is not None else self.places


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How many tickets an application holds; its best one counts."""

    field: str = setting(label='項目', help='口数を決める、選択の項目。')
    tickets: Mapping[str, int] = setting({}, label='口数', help='値ごとの口数。例 {市内: 2}。ない値は1口です。')
    losses: str = setting(label='落選回数の項目', help='これまでの落選1回ごとに、1口ふやします。')
    most: int = setting(0, label='口数の上限', help='これより多い口数にはしません。')

    def of(self, value: object, losses: int) -> int:
        """At least one ticket."""
        count = self.tickets.get(str(value), 1) + max(losses, 0)
        return min(count, self.most) if self.most else count
