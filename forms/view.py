"""A view: a way to see many records (list, board, calendar, map, gallery, summary)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.drawn_layer import DrawnLayer
from forms.field import FormulaText, setting

VIEW_TYPES = ('list', 'board', 'calendar', 'map', 'gallery', 'summary')
GROUPINGS = ('year', 'fiscal_year', 'month', 'day')
_CALL = re.compile(r'(\w+)\((\w+)\)')


@dataclass(frozen=True, slots=True)
class Axis:
    """What a summary groups by or adds up: a field as it is (by ''), a part of a date (month) or a sum."""

    field: str
    by: str = ''


def axis(text: str) -> Axis | None:
    """'種別' -> Axis('種別'), 'month(受付日)' -> Axis('受付日', 'month'), 'count' -> Axis('', 'count'); else None."""
    if text == 'count':
        return Axis('', 'count')
    if found := _CALL.fullmatch(text):
        return Axis(found[2], found[1]) if found[1] in (*GROUPINGS, 'sum', 'average') else None
    return Axis(text) if text.isidentifier() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Columns, filter and order of one way to see an app's records.

    sort: field names, descending with a leading '-'. by: the field whose values make the columns of a board, the days
    of a calendar, the pins of a map. sign: whose choices tell the pins apart. layers: drawn over the map. rows,
    columns_by, value: the axes of a summary; an axis is a field name or one of GROUPINGS with a field, like
    month(受付日); value is count, sum(field) or average(field).
    """

    name: str = setting(label='一覧の名前', help='一覧の見出しに出る言葉。')
    type: str = setting(
        'list', label='種類',
        help='list 表、board ボード、calendar 予定表、map 地図、gallery 写真、summary 集計表。',
        choices=VIEW_TYPES,
    )
    columns: tuple[str, ...] = setting((), label='列', help='見せる項目。左から並びます。')
    filter: FormulaText | None = setting(None, label='条件', help='この式が成り立つ記録だけを出します。')
    filters: tuple[str, ...] = setting((), label='画面に出す絞り込み', help='見る人が絞り込める項目。年度 も書けます。')
    sort: tuple[str, ...] = setting((), label='並び順', help='例 [期限, -受付日]。- を付けると大きい(新しい)順です。')
    by: str = setting(label='分ける項目', help='ボードの列になる項目、予定表の日付、地図の位置。')
    sign: str = setting(label='印の項目', help='地図のピンの色と文字を決める、選択肢の項目。なければ状態です。')
    layers: tuple[DrawnLayer, ...] = setting((), label='重ねる図形', help='地図に重ねる区域や路線(GeoJSON)。')
    rows: str = setting(label='表側', help='集計表の行。項目名か、month(受付日) のような書き方。')
    columns_by: str = setting(label='表頭', help='集計表の列。行と同じ書き方です。')
    value: str = setting('count', label='数えるもの', help='count 件数、sum(項目) 合計、average(項目) 平均。')
    public: bool = setting(False, label='公開表示', help='true なら職員でない人も見ます。個人情報の項目は置けません。')
