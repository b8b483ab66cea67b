"""What a record says, section by section, as tables on paper; nothing is shortened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from typing import Any

from apps.operations.world import World
from apps.reading import Shown
from forms.definition import AppDefinition, Section, columns_of
from forms.field import Field, Masked
from forms.fields.rows import ROW, stored_rows

_SHORT = 60
"""Characters that a cell of half the width holds in three lines; what is longer gets the whole width."""
_FITS_A_PAGE = 600
"""A longer text may be broken over two pages; a shorter one goes on the next as a whole."""


def fact_tables(
    definition: AppDefinition, shown: Shown, world: World, *, only: Collection[str], without: Collection[str]
) -> str:
    """One table per section. only: names of fields, all when empty; without: those that stand elsewhere or are hidden.

    Blank fields are there too, so that something can be written in by hand, except those that are asked only sometimes.
    """
    parts = [
        (section.title, list(_fields(section.fields, section, shown, only, without))) for section in definition.sections
    ]
    return ''.join(_section(title, fields, shown, world) for title, fields in parts if fields)


def _fields(
    fields: Iterable[Field], section: Section, shown: Shown, only: Collection[str], without: Collection[str]
) -> Iterator[Field]:
    for top in fields:
        for field in (top, *top.companions()):
            if field.TYPE in {'note', 'hidden'} or field.name in without or (only and field.name not in only):
                continue
            if field.name in shown.texts or not (field.relevant or section.relevant or field.retired):
                yield field


def _section(title: str, fields: Iterable[Field], shown: Shown, world: World) -> str:
    heading = f'<h2>{escape(title)}</h2>' if title else ''
    rows = ''.join(_rows((each, *_content(each, shown, world)) for each in fields))
    return (
        f'<section class="part">{heading}<table class="facts"><colgroup><col class="name"><col><col class="name"><col>'
        f'</colgroup>{rows}</table></section>'
    )


def _rows(facts: Iterable[tuple[Field, str, bool]]) -> Iterator[str]:
    """Two short facts side by side, a long one over the whole width. facts: (field, HTML, whether it is wide)."""
    waiting: tuple[Field, str] | None = None
    for field, content, wide in facts:
        if not wide and waiting is not None:
            yield f'<tr>{_cell(*waiting)}{_cell(field, content)}</tr>'
            waiting = None
        elif not wide:
            waiting = field, content
        else:
            if waiting is not None:
                yield f'<tr>{_cell(*waiting, span=3)}</tr>'
                waiting = None
            long = ' class="long"' if len(content) > _FITS_A_PAGE else ''
            yield f'<tr{long}>{_cell(field, content, span=3)}</tr>'
    if waiting is not None:
        yield f'<tr>{_cell(*waiting, span=3)}</tr>'


def _cell(field: Field, content: str, span: int = 1) -> str:
    over = f' colspan="{span}"' if span > 1 else ''
    return f'<th scope="row">{escape(field.title)}</th><td{over}>{content}</td>'


def _content(field: Field, shown: Shown, world: World) -> tuple[str, bool]:
    """(HTML of the value, whether it wants the whole width)."""
    value, text = shown.values.get(field.name), shown.texts.get(field.name, '')
    if isinstance(value, Masked) or field.name in shown.covered:
        return escape(text), False
    if field.value_type.kind == 'table' and columns_of(field):
        return (_table(field, value, world) if value else ''), True
    if field.TYPE == 'location' and isinstance(value, Mapping) and value.get('place') and value.get('lat') is not None:
        return escape(f'{text}\n緯度 {value["lat"]:.6f} 経度 {value["lon"]:.6f}'), True
    return escape(text), field.width == 'full' or len(text) > _SHORT or '\n' in text


def _table(field: Field, value: Any, world: World) -> str:
    """A subtable or checklist; a checklist begins with its rows' names and omits blank columns."""
    rows = stored_rows(value)
    columns = {
        name: each
        for name, each in columns_of(field).items()
        if field.TYPE != 'checklist' or each.required is True or any(row.get(name) is not None for row in rows)
    }
    master = {each[ROW]: each for each in field.browser().get('rows') or ()}
    first = [str(field.browser().get('rowLabel') or '')] if master else []
    titles = (*first, *(each.title for each in columns.values()))
    head = ''.join(f'<th scope="col">{escape(each)}</th>' for each in titles)
    return (
        f'<table class="inner"><thead><tr>{head}</tr></thead><tbody>'
        + ''.join(f'<tr>{_row(row, columns, master, world)}</tr>' for row in rows)
        + '</tbody></table>'
    )


def _row(row: Mapping[str, Any], columns: Mapping[str, Field], master: Mapping[str, Any], world: World) -> str:
    told = master.get(str(row.get(ROW)), {})
    name = f'<th scope="row">{escape(str(told.get("label") or row.get(ROW)))}</th>' if master else ''
    texts = ((each, row.get(column)) for column, each in columns.items())
    return name + ''.join(f'<td>{escape(each.show(value, world) if value is not None else "")}</td>'
                          for each, value in texts)  # fmt: skip
