"""What reception sees after sending: the numbers of this visit, very large, and the way to the next person."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from apps.addresses import app_address, record_address
from apps.panel import DoneScene
from apps.tags import button, icon, link, tag
from forms.capabilities.queue.tickets import WAITING


def draw_issued(scene: DoneScene) -> None:
    """One large number per section, with how many are before this person there."""
    definition = scene.definition
    queue: Any = definition.capabilities['queue']
    waiting = [each.ticket for each in scene.context.waiting_rooms.of(definition.name).lines()]
    with tag('div', '', 'card issued'):
        tag('h2', '受付番号', 'issued-title', id='done', tabindex='-1')
        with tag('ul', '', 'issued-numbers'):
            for ticket in queue.tickets_of(scene.record.values):
                before = [
                    each
                    for each in waiting
                    if each.section == ticket.section and each.status == WAITING and each.place < ticket.place
                ]
                with tag('li', '', 'issued-number'):
                    tag('span', ticket.section, 'issued-section')
                    tag('strong', ticket.name, 'issued-name')
                    tag('span', f'前に{len(before)}人' if before else '次にお呼びします', 'issued-before')
        with tag('div', '', 'issued-steps'):
            with button('', scene.again, 'button solid large'):
                icon('add')
                tag('span', '次の受付')
            link('この受付を見る', record_address(definition.name, scene.record.id), 'button outline')
            link('呼び出しへ', app_address(definition.name), 'button plain')
    ui.run_javascript('document.getElementById("done")?.focus()')
