"""The sheets of a record, each one press from the print window."""

from __future__ import annotations

from apps.addresses import sheet_address, sheet_excel_address
from apps.panel import RecordScene, record_panel
from apps.tags import icon, link, tag
from forms.capabilities.sheets import KEY, ONE_RECORD, Sheets


@record_panel(KEY)
def sheets(scene: RecordScene) -> None:
    """In a tab of its own: what is being looked at stays."""
    offered = scene.definition.capabilities.get(KEY)
    named = offered.of(ONE_RECORD) if isinstance(offered, Sheets) else ()
    if not named:
        return
    with tag('section', '', 'card card-body sheets', aria_labelledby='sheets-title'):
        tag('h2', '紙に印刷する', 'card-title', id='sheets-title')
        with tag('ul', '', 'sheet-links'):
            for each in named:
                address = sheet_address(scene.definition.name, scene.record.id, each.name, printing=True)
                with tag('li'):
                    with link('', address, 'button outline', target='_blank', rel='noopener'):
                        icon('print')
                        tag('span', each.name)
                    if each.excel:
                        file = sheet_excel_address(scene.definition.name, scene.record.id, each.name)
                        with link('', file, 'button quiet', target='_blank', rel='noopener'):
                            icon('table_chart')
                            tag('span', f'{each.name}(Excel)')
