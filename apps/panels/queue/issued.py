"""What reception sees after sending: the numbers of this visit, very large, the way onto paper, and the next person."""

from __future__ import annotations

from nicegui import ui

from apps.addresses import app_address, prefix_of, record_address, tickets_address
from apps.panel import DoneScene
from apps.public.addresses import ticket_address
from apps.public.ticket.address import phone_address
from apps.qr_code import qr_picture
from apps.tags import button, icon, link, tag
from forms.capabilities.queue import Queue
from forms.capabilities.queue.forecast import shown


def draw_issued(scene: DoneScene) -> None:
    """One large number per section, with how many are before this person there."""
    definition, record = scene.definition, scene.record
    queue = definition.capabilities['queue']
    assert isinstance(queue, Queue)
    with tag('div', '', 'card issued'):
        tag('h2', '受付番号', 'issued-title', id='done', tabindex='-1')
        with tag('div', '', 'issued-all'):
            _draw_numbers(scene, queue)
            if queue.phone:
                _draw_phone(scene)
        with tag('div', '', 'issued-steps'):
            with button('', scene.again, 'button solid large'):
                icon('add')
                tag('span', '次の受付')
            paper = tag('div', '', 'issued-paper', aria_hidden='true')
            printing = button('', lambda: _print(scene, paper), 'button outline large')
            with printing:
                icon('print')
                tag('span', '整理券を印刷')
            link('この受付を見る', record_address(definition.name, record.id), 'button outline large')
            link('呼び出しへ', app_address(definition.name), 'button plain large')
        if queue.ticket != 'none':
            _print(scene, paper)
    ui.run_javascript('document.getElementById("done")?.focus()')


def _draw_numbers(scene: DoneScene, queue: Queue) -> None:
    room = scene.context.waiting_rooms.of(scene.definition.name)
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


def _draw_phone(scene: DoneScene) -> None:
    """Who has no printer shows the screen: the visitor takes the code along with the camera."""
    request = ui.context.client.request
    assert request is not None
    app, record = scene.definition.name, scene.record.id
    address = phone_address(scene.context, request, app, record)
    here = ticket_address(scene.context.own_codes.in_address(app, record))
    with tag('div', '', 'issued-phone'):
        with link('', here, '', target='_blank', rel='noopener'):
            tag('img', '', 'issued-qr', src=qr_picture(address), alt='順番を見るページを開く(QRコード)')
        tag('p', 'スマートフォンで読み取ると、順番が見られます。')


def _print(scene: DoneScene, place: ui.element) -> None:
    """In a page of its own, out of sight, which opens the browser's print window by itself."""
    address = tickets_address(scene.definition.name, scene.record.id)
    place.clear()
    with place:
        source = f'{prefix_of(ui.context.client.request)}{address}?print=1'
        tag('iframe', '', 'print-page', src=source, title='整理券', tabindex='-1')
