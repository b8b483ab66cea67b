"""A list of many records on paper: heads on every page, every row, totals at the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from apps.reading.lists import IN_LISTS, shown_columns
from apps.reading.shown import label_of
from apps.sheets.chosen import MOST_ROWS, Chosen
from apps.sheets.page import Paper
from forms.capabilities.sheets import Sheet
from forms.definition import AppDefinition


def list_sheet(chosen: Chosen, sheet: Sheet) -> tuple[Paper, int]:
    """The sheet and how many records stand on it. Raises Refused when they are too many to be printed."""
    definition, reading = chosen.definition, chosen.context.reading
    seen = reading.seen(definition, chosen.view, chosen.wanted.filters, chosen.by, chosen.wanted.masks)
    wanted = sheet.columns or shown_columns(definition, chosen.view)
    columns = [name for name in wanted if name in definition.fields or name.startswith('_')]
    rows = [seen.row(each, columns) for each in chosen.docs(MOST_ROWS)]
    cells = ''.join(_row(place, each.cells, columns, definition) for place, each in enumerate(rows, start=1))
    heads = ''.join(f'<th scope="col">{escape(label_of(definition, name))}</th>' for name in columns)
    fields, veiled = definition.fields, seen.sight.veiled
    summed = {each for each in sheet.totals if each in fields and not seen.world.masks_field(fields[each])} - veiled
    total = _total(definition, columns, summed, [each.values for each in rows]) if sheet.totals else ''
    count = f'{len(rows):,}件'
    words = '、'.join((chosen.view.name, *chosen.words, '選んだ記録' if chosen.picked else '', count))
    intro = f'<p class="intro">{escape(sheet.intro)}</p>' if sheet.intro else ''
    body = (
        f'<h1>{escape(sheet.heading)}</h1><p class="conditions">{escape(words.replace("、、", "、"))}</p>{intro}'
        f'<table class="list"><thead><tr><th scope="col" class="place-in-list">番</th>{heads}</tr></thead>'
        f'<tbody>{cells}{total}</tbody></table>'
    )
    return Paper(body, f'{sheet.heading} {count}'), len(rows)


def revealed(chosen: Chosen, sheet: Sheet) -> list[str]:
    """Personal data that stands on the list as it is, because the person had it shown before they printed."""
    fields = chosen.definition.fields
    columns = sheet.columns or shown_columns(chosen.definition, chosen.view)
    plain = IN_LISTS - chosen.wanted.masks
    return [name for name in columns if name in fields and fields[name].privacy in plain]


def _row(place: int, cells: Mapping[str, str], columns: Iterable[str], definition: AppDefinition) -> str:
    told = ''.join(f'<td{_class(definition, name)}>{escape(cells.get(name, ""))}</td>' for name in columns)
    return f'<tr><td class="place-in-list">{place}</td>{told}</tr>'


def _total(
    definition: AppDefinition, columns: Sequence[str], summed: Collection[str], values: Sequence[Mapping[str, Any]]
) -> str:
    """The last row. summed: columns of which nothing is kept from this person; a total would tell it."""
    told = ''.join(
        f'<td class="figure">{escape(_sum(definition, name, values)) if name in summed else ""}</td>'
        for name in columns
    )
    return f'<tr class="total"><th scope="row">計</th>{told}</tr>'


def _sum(definition: AppDefinition, name: str, values: Sequence[Mapping[str, Any]]) -> str:
    figures = [each[name] for each in values if each.get(name) is not None]
    total = sum((Decimal(str(each)) for each in figures), Decimal(0))
    plain = int(total) if total == total.to_integral_value() else float(total)
    return definition.fields[name].show(plain)


def _class(definition: AppDefinition, name: str) -> str:
    field = definition.fields.get(name)
    return ' class="figure"' if field is not None and field.value_type.kind == 'number' else ''
