"""The form by which the audit is taken along: format and purpose, for what was searched."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from apps.addresses import prefix_of
from apps.audit_trail import Asked
from apps.purposes import OTHER
from apps.tags import icon, tag


def draw_export_form(purposes: Sequence[str], asked: Asked) -> None:
    """An ordinary form: the browser gets the file by itself."""
    address = prefix_of(ui.context.client.request) + '/api/v1/audit/export'
    with tag('form', '', 'export-form', method='get', action=address, target='_blank'):
        for name in ('since', 'until', 'person', 'kind', 'app', 'record'):
            tag('input', type='hidden', name=name, value=str(getattr(asked, name) or ''))
        with tag('div', '', 'export-purpose'):
            tag('label', '書き出す目的', 'toolbar-label', for_='audit-purpose')
            with tag('select', '', 'field-box', id='audit-purpose', name='purpose', required=True):
                tag('option', '選んでください', value='')
                for each in (*purposes, OTHER):
                    tag('option', each, value=each)
            with tag('div', '', 'export-other'):
                tag('label', f'{OTHER}の目的', 'toolbar-label', for_='audit-other')
                tag('input', '', 'field-box', id='audit-other', name='other', type='text', maxlength=150)
        with tag('div', '', 'dialog-buttons'):
            for format, text in (('csv', 'CSVで書き出す'), ('xlsx', 'Excelで書き出す')):
                look = 'solid' if format == 'xlsx' else 'outline'
                with tag('button', '', f'button {look}', type='submit', name='format', value=format):
                    icon('download')
                    tag('span', text)
