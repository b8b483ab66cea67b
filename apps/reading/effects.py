"""What an app saves, figure by figure: as the panel over a summary tells it and as the workbook holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.filters import between
from apps.reading.narrowing import main_date
from forms.capabilities.effect import DONE_SECONDS, LONGEST_SECONDS, SECONDS, Effect, Saved, Spent
from forms.definition import AppDefinition
from forms.japanese.fiscal import fiscal_year_range
from storage import Store

HOW = (
    '受付は入力画面で入れ始めてから保存するまで、完了は記録を開いてから完了にするまでを、自動で測っています。'
    f'職員が時間を入力することはありません。{LONGEST_SECONDS // 3600}時間を超えたもの(開いたまま席を離れたもの)と、'
    '取り込んだものは数えません。下書きにして中断した間は入れません。'
)
"""What the figures rest on, and what they leave out."""

UNMEASURED = '未測定'


@dataclass(frozen=True, slots=True)
class Figure:
    """work: 受付, 完了 or 紙. value: None where nothing was measured. digits: decimals that mean something."""

    work: str
    name: str
    value: float | None
    unit: str
    note: str
    digits: int = 0

    @property
    def text(self) -> str:
        """As people read it."""
        if self.value is None:
            return UNMEASURED
        return f'{self.value:,.{self.digits}f}{self.unit}'


def effect_of(store: Store, definition: AppDefinition, year: int) -> list[Figure]:
    """Over the records of one fiscal year, by their main date."""
    rules = definition.capabilities['effect']
    assert isinstance(rules, Effect)
    first, last = fiscal_year_range(year, definition.fiscal_start)
    by = main_date(definition) or '_created_at'
    workflow: Any = definition.capabilities.get('workflow')
    fields = (SECONDS, DONE_SECONDS, *((workflow.field,) if workflow is not None else ()))
    period = between(by, first.isoformat(), last.isoformat())
    return figures(rules.saved(definition, store.find(definition.name, period, limit=None, fields=fields).docs))


def figures(saved: Saved) -> list[Figure]:
    """Reception, completion where it is told, paper; in the order of reading."""
    count = saved.reception.count
    found = [*_spent('受付', saved.reception)]
    if saved.completion is not None:
        found += _spent('完了', saved.completion)
    if saved.sheets:
        found.append(Figure('紙', '減った紙', saved.sheets, '枚', f'{count:,}件の合計'))
    return found


def _spent(work: str, spent: Spent) -> Iterator[Figure]:
    yield Figure(work, '以前の時間', spent.before, '分', '1件あたり', _digits(spent.before))
    if spent.planned:
        yield Figure(work, '見込みの時間', spent.planned, '分', '1件あたり', _digits(spent.planned))
    if spent.median is None:
        yield Figure(work, 'いまの時間', None, '分', f'{spent.count:,}件のうち、測った記録がありません')
        return
    of = f'{spent.count:,}件のうち{spent.measured:,}件'
    yield Figure(work, 'いまの時間', spent.median, '分', f'{of}で測った中央値', 1)
    yield Figure(work, '9割の記録はこれ以内', spent.most, '分', f'測った{spent.measured:,}件のうち', 1)
    hours = spent.hours or 0.0
    yield Figure(work, '減った時間' if hours >= 0 else '増えた時間', abs(hours), '時間', f'{spent.count:,}件の合計')


def _digits(minutes: float) -> int:
    return 0 if minutes == int(minutes) else 1
