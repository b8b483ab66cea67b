"""Formulas that failed on records, as leaders read them: in which app, on which record, for which field, and why."""

from __future__ import annotations

from dataclasses import dataclass

from apps.formula_failures import Failed
from apps.operations.world import World
from apps.reading.shown import moment_text
from forms.definition import AppDefinition, columns_of
from forms.evaluation import FormulaFailure
from forms.setting import settings_of


@dataclass(frozen=True, slots=True)
class FailedFormula:
    """record: what people call it; record_id is '' when it was refused before it was one. place: 「人数」の計算.

    before + piece + after are the formula as written; the piece failed.
    """

    app: str
    app_title: str
    record_id: str
    record: str
    place: str
    error: str
    before: str
    piece: str
    after: str
    at: str


def told(failed: Failed, definition: AppDefinition, world: World) -> FailedFormula:
    """The failure in words."""
    failure = failed.failure
    source = failure.source
    start, end = (failure.start, failure.end) if failure.start >= 0 else (0, len(source))
    title = world.record_title(definition.name, failed.record_id) if failed.record_id else ''
    return FailedFormula(
        definition.name,
        definition.title,
        failed.record_id,
        title or '',
        place_of(definition, failure),
        failure.error,
        source[:start],
        source[start:end],
        source[end:],
        moment_text(failed.at),
    )


def place_of(definition: AppDefinition, failure: FormulaFailure) -> str:
    """Where a formula stands, in the words of the manual: 「移動履歴」の「移動日」の入力条件."""
    name, _, rest = failure.field.partition('.')
    if field := definition.fields.get(name):
        column = columns_of(field).get(rest)
        settings = settings_of(type(column or field))
        use = settings[failure.use].label.removesuffix('式') if failure.use in settings else failure.use
        return f'「{field.title}」の{f"「{column.title}」の" if column else ""}{use}'
    match name, rest.partition('.')[0]:
        case 'sections', index:
            return f'見出し「{definition.sections[int(index)].title}」の表示条件'
        case 'views', index:
            return f'一覧「{definition.views[int(index)].name}」の条件'
        case 'on_change', _:
            return f'変わったときの規則の「{failure.use}」の行の初期値'
    capability = definition.capabilities.get(name)
    return f'「{capability.TITLE if capability else name}」の「{failure.use}」'
