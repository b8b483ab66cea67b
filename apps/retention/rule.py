"""The rule of an app in one or two Japanese sentences."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from apps.operations.personal import retention_of
from apps.reading.shown import label_of
from forms.japanese.era import wareki

if TYPE_CHECKING:
    from forms.definition import AppDefinition

_WORD = re.compile(r'\w+')
_PERIODS = {
    'fiscal_years': '数えて、その年度が終わってから{number}年',
    'years': '{number}年',
    'months': '{number}か月',
    'days': '{number}日',
}


def in_words(definition: AppDefinition) -> str:
    """「完了日」から5年を過ぎた、終わったレコードの氏名、電話番号を消します。件数や日付は残ります。"""
    retention = retention_of(definition)
    assert retention is not None
    unit = next(each for each in _PERIODS if getattr(retention.after, each))
    period = _PERIODS[unit].format(number=getattr(retention.after, unit))
    words = _WORD.findall(str(retention.after.from_))
    named = 'か'.join(f'「{label_of(definition, each)}」' for each in words if each in definition.fields)
    fields = '、'.join(label_of(definition, path) for path in retention.gone(definition))
    coarse = ''.join(f'{label_of(definition, name)}は、およその位置だけを残します。' for name in retention.coarse)
    how = '承認を待たずに、毎日消します。' if retention.automatic else ''
    return f'{named}から{period}を過ぎた、終わったレコードの、{fields}を消します。{coarse}件数や日付は残ります。{how}'


def day_text(day: str) -> str:
    """'2032-03-31' -> '令和14年3月31日(水)'."""
    return wareki(date.fromisoformat(day))
