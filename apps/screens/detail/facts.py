"""What a record says, section by section, each kind of field in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from apps.addresses import file_address, record_address
from apps.operations.world import World
from apps.reading import Shown
from apps.screens.detail.photos import NOTHING_TO_DO, PhotoFace, draw_pairs, draw_photos, paired_fields, served
from apps.screens.list.columns import color_of
from apps.tags import icon, link, tag
from forms.definition import AppDefinition, Section, columns_of
from forms.field import Field, Masked
from forms.fields.rows import ROW, stored_rows

PRIVACY = {'personal': '個人情報', 'sensitive': '要配慮個人情報'}
BLANK = '未記入'


def draw_sections(
    definition: AppDefinition, shown: Shown, world: World, photos: PhotoFace = NOTHING_TO_DO
) -> None:
    """One card per section; sections without anything to show are left out. Photos that make a pair stand together."""
    pairs = paired_fields(definition, shown.values)
    for section in definition.sections:
        fields = list(_shown_fields(section, shown))
        if not fields:
            continue
        with tag('section', '', 'card card-body record-section'):
            tag('h2', section.title or definition.title, 'card-title')
            with tag('dl', '', 'facts'):
                for field in fields:
                    before, after = pairs.get(field.name, (None, None))
                    if before is not None and after is not None:
                        if field is before:
                            _draw_pairs_fact(before, after, shown, photos)
                    else:
                        draw_fact(definition, field, shown, world, photos)


def _draw_pairs_fact(before: Field, after: Field, shown: Shown, photos: PhotoFace) -> None:
    with tag('div', '', 'fact full'):
        tag('dt', f'{before.title}と{after.title}')
        with tag('dd'):
            draw_pairs(before, after, shown.values, photos)


def draw_fact(
    definition: AppDefinition, field: Field, shown: Shown, world: World, photos: PhotoFace = NOTHING_TO_DO
) -> None:
    """One field: its name, who may read it with care, and its value."""
    value = shown.values.get(field.name)
    with tag('div', '', 'fact full' if value is not None and _is_wide(field) else 'fact'):
        with tag('dt'):
            tag('span', field.title)
            if field.privacy:
                tag('span', PRIVACY[field.privacy], f'privacy {field.privacy}')
        with tag('dd'):
            if value is None:
                tag('span', shown.texts.get(field.name, BLANK), 'blank')
            elif isinstance(value, Masked) or field.name in shown.covered:
                tag('span', shown.texts.get(field.name, ''), 'covered')
            else:
                _draw_value(definition, field, value, shown.texts.get(field.name, ''), world, photos)


def _is_wide(field: Field) -> bool:
    return field.width == 'full' or field.value_type.kind == 'table' or field.TYPE in {'photo', 'attachment'}


def _shown_fields(section: Section, shown: Shown) -> Iterator[Field]:
    """Blank fields are shown too, so that one sees what is missing, except those that are asked only sometimes."""
    for top in section.fields:
        for field in (top, *top.companions()):
            if field.TYPE in {'note', 'hidden'}:
                continue
            if field.name in shown.texts or not (field.relevant or section.relevant or field.retired):
                yield field


def _draw_value(  # noqa: PLR0913, PLR0917 - a field's value and all that it is shown with
    definition: AppDefinition, field: Field, value: Any, text: str, world: World, photos: PhotoFace
) -> None:
    if field.TYPE == 'photo':
        draw_photos(field, value, photos)
    elif field.TYPE == 'attachment':
        _files(value)
    elif field.TYPE in {'subtable', 'checklist'}:
        _rows(field, value, world, photos)
    elif field.TYPE == 'lookup':
        _lookup(field, value, text, world)
    elif field.TYPE == 'location':
        _place(value, text)
    elif field.TYPE == 'url' and urlsplit(text).scheme in {'http', 'https'}:
        tag('a', text, href=text, target='_blank', rel='noopener noreferrer')
    elif color := color_of(definition, field.name, value):
        tag('span', text, f'chip {color}')
    else:
        tag('span', text)


def _files(value: Any) -> None:
    with tag('ul', '', 'files'):
        for each in value:
            address = served(file_address(each['blob']))
            with tag('li'), tag('a', '', 'file', href=address, target='_blank', rel='noopener'):
                icon('attach_file')
                tag('span', f'{each.get("name", "ファイル")} ({_size(each.get("size", 0))})')


def _size(count: int) -> str:
    return f'{count / 1_000_000:.1f}MB' if count >= 1_000_000 else f'{max(1, round(count / 1000))}KB'


def _lookup(field: Field, value: Any, text: str, world: World) -> None:
    app = str(getattr(field, 'app', ''))
    if world.record_title(app, value) is None:
        tag('span', text)
    else:
        link(text or '(名前なし)', record_address(app, value))
    if noted := world.record_notes(app, str(value), getattr(field, 'show_', ())):
        tag('div', ' / '.join(noted), 'fact-note')


def _place(value: Any, text: str) -> None:
    tag('span', text)
    if isinstance(value, Mapping) and value.get('lat') is not None and value.get('place'):
        tag('div', f'緯度 {value["lat"]:.6f} 経度 {value["lon"]:.6f}', 'fact-note')


def _rows(field: Field, value: Any, world: World, photos: PhotoFace) -> None:
    """A subtable or checklist as a table; a checklist begins with its rows' names and omits blank columns."""
    rows = stored_rows(value)
    columns = {
        name: each
        for name, each in columns_of(field).items()
        if field.TYPE != 'checklist' or each.required is True or any(row.get(name) is not None for row in rows)
    }
    master = {each[ROW]: each for each in field.browser().get('rows') or ()}
    heading = [str(field.browser().get('rowLabel') or '')] if master else []
    marks = {'_by': '追加した人'} if getattr(field, 'append_only', False) else {}
    with (
        tag('div', '', 'rows-frame', tabindex='0', role='region', aria_label=f'{field.title}の表'),
        tag('table', '', 'rows'),
    ):
        with tag('thead'), tag('tr'):
            for title in (*heading, *(each.title for each in columns.values()), *marks.values()):
                tag('th', title, scope='col')
        with tag('tbody'):
            for row in rows:
                with tag('tr'):
                    if master:
                        told = master.get(row.get(ROW), {})
                        tag('th', str(told.get('label') or row.get(ROW)), scope='row')
                    for name, column in columns.items():
                        with tag('td', '', data_label=column.title):
                            _cell(column, row.get(name), world, photos)
                    for mark, label in marks.items():
                        tag('td', world.staff_name(str(row.get(mark, ''))) or '', data_label=label)


def _cell(column: Field, value: Any, world: World, photos: PhotoFace) -> None:
    if value is None:
        return
    if column.TYPE == 'photo':
        draw_photos(column, value, photos)
        return
    choice = column.choices.get(value) if hasattr(column, 'choices') and isinstance(value, str) else None
    if choice is not None and choice.color:
        tag('span', choice.title, f'chip {choice.color}')
    else:
        tag('span', column.show(value, world))
