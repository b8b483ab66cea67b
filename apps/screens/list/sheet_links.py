"""The ways from a list onto paper: each sheet of the definition for what is ticked or shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apps.addresses import sheets_address
from apps.tags import icon, link, tag
from forms.capabilities.sheets import KEY, Sheet, Sheets
from forms.definition import AppDefinition


def sheets_in(definition: AppDefinition, type: str = '') -> tuple[Sheet, ...]:
    """The sheets of that type, '' for all."""
    sheets = definition.capabilities.get(KEY)
    if not isinstance(sheets, Sheets):
        return ()
    return sheets.of(type) if type else sheets.sheets


def draw_sheet_links(
    definition: AppDefinition, sheets: Iterable[Sheet], query: Mapping[str, str], classes: str = 'button outline'
) -> None:
    """Each in a tab of its own, with the print window. query: of `sheets_address`."""
    for each in sheets:
        address = sheets_address(definition.name, each.name, {**query, 'print': '1'})
        with link('', address, classes, target='_blank', rel='noopener'):
            icon('print')
            tag('span', f'{each.name}を印刷')
