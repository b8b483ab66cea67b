"""What reception sees after sending: the numbers of this visit, very large, and the way to the next person."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from apps.addresses import app_address, record_address
from apps.panel import DoneScene
from apps.tags import button, icon, link, tag
from forms.capabilities.queue.forecast import shown


def draw_issued(scene: DoneScene) -> None:
    """One large number per section, with how many are before this person there."""
    definition = scene.definition
    queue: Any = definition.capabilities['queue']
    room = scene.context.waiting_rooms.of(definition.name)
    with tag('div', '', 'card issued'):
        tag('h2', '受付番号', 'issued-title', id='done', tabindex='-1')
        with tag('ul', '', 'issued-numbers'):
            for ticket in queue.tickets_of(scene.record.values):
                line = [(each.record, each.ticket.name) for each in room.in_line(ticket.section)]
                place = (scene.record.id, ticket.name)
                before = line.index(place) if place in line else 0
                with tag('li', '', 'issued-number'):
                    tag('span', ticket.section, 'issued-section')
                    tag('strong', ticket.name, 'issued-name')
                    tag('span', f'前に{before}人' if before else '次にお呼びします', 'issued-before')
                    if ticket.expected is not None:
                        tag('span', f'見込み {shown(ticket.expected)}', 'issued-before')
        with tag('div', '', 'issued-steps'):
            with button('', scene.again, 'button solid large'):
                icon('add')
                tag('span', '次の受付')
            link('この受付を見る', record_address(definition.name, scene.record.id), 'button outline')
            link('呼び出しへ', app_address(definition.name), 'button plain')
    ui.run_javascript('document.getElementById("done")?.focus()')
