"""The buttons that print: what is on the screen, or the sheet that the definition names first."""

from __future__ import annotations

from apps.addresses import sheet_address
from apps.tags import button, icon, link, tag
from forms.capabilities.sheets import KEY, ONE_RECORD, Sheets
from forms.definition import AppDefinition


def draw_print_button() -> None:
    """Opens the browser's own print window; the server is not asked. Style sheets say what comes onto paper."""
    with button('', None, 'button quiet') as printing:
        icon('print')
        tag('span', '印刷')
    printing.on('click', js_handler='() => window.print()')


def draw_record_print_button(definition: AppDefinition, record_id: str) -> None:
    """The first sheet of a record; its screen where the definition names no sheets."""
    sheets = definition.capabilities.get(KEY)
    first = next(iter(sheets.of(ONE_RECORD)), None) if isinstance(sheets, Sheets) else None
    if first is None:
        draw_print_button()
        return
    address = sheet_address(definition.name, record_id, first.name, printing=True)
    with link('', address, 'button quiet', target='_blank', rel='noopener'):
        icon('print')
        tag('span', f'{first.name}を印刷')
