"""The rule of an app in one or two Japanese sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.operations.personal import retention_of
from apps.reading.shown import label_of

if TYPE_CHECKING:
    from forms.definition import AppDefinition

_PERIODS = {
    'fiscal_years': 'その年度が終わってから{number}年',
    'years': '{number}年',
    'months': '{number}か月',
    'days': '{number}日',
}


def in_words(definition: AppDefinition) -> str:
    """「完了日」から…たったレコードの、氏名、電話番号を消します。"""
    retention = retention_of(definition)
    assert retention is not None
    unit = next(each for each in _PERIODS if getattr(retention.after, each))
    period = _PERIODS[unit].format(number=getattr(retention.after, unit))
    start = str(retention.after.from_)
    named = f'「{label_of(definition, start)}」' if start in definition.fields else f'「{start}」の日'
    fields = '、'.join(label_of(definition, path) for path in retention.gone(definition))
    coarse = ''.join(f'{label_of(definition, name)}は、およその位置だけを残します。' for name in retention.coarse)
    how = '承認を待たずに、毎日消します。' if retention.automatic else ''
    return f'{named}から{period}を過ぎた、終わったレコードの {fields} を消します。{coarse}件数や日付は残ります。{how}'
