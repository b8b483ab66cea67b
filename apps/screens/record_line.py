"""A record as one line that leads to it: its title, its status, its deadline."""

from __future__ import annotations

from apps.addresses import record_address
from apps.operations.world import readable
from apps.reading.narrowing import deadline_field
from apps.reading.shown import Row
from apps.screens.list.columns import color_of
from apps.tags import link, tag
from forms.definition import AppDefinition


def draw_record_line(definition: AppDefinition, row: Row) -> None:
    """One item of a list of records; open where the `ul` is open."""
    with tag('li'), link('', record_address(definition.name, row.id), 'record-link'):
        tag('span', row.title or '(名前なし)', 'record-link-title')
        status = getattr(definition.capabilities.get('workflow'), 'field', '')
        if status and row.values.get(status):
            shown = readable(definition.fields[status], row.values[status], None)
            tag('span', shown, f'chip {color_of(definition, status, row.values[status])}'.strip())
        deadline = deadline_field(definition)
        if deadline and row.values.get(deadline):
            text = readable(definition.fields[deadline], row.values[deadline], None)
            tag('span', text, 'overdue' if row.overdue else 'record-link-due')
