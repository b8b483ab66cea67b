"""通知の発送: what an app sends to people outside, how far each text came, and one text from preview to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import background_tasks, run

from apps.addresses import app_address, notices_address
from apps.outbox.drafts import notices_of
from apps.outbox.notice import COLORS, STATES, UNSENT
from apps.outcome import Refused
from apps.screens.notices.event import EventPage
from apps.screens.refusal import draw_not_found
from apps.tags import icon, link, notice, tag
from forms.capabilities.notices import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apps.frame import Frame
    from apps.outbox.standing import EventStanding
    from apps.people import Person
    from forms.definition import AppDefinition

_SENT_BY = {AT_ONCE: '保存と同時に送ります。'}


def draw(frame: Frame, app: str, event: str) -> None:
    """The texts of the app, or the one that is called `event`."""
    person = frame.person()
    if person is None:
        return
    try:
        definition = frame.context.reading.definition(app, person, 'act')
        whole = frame.context.catalogue.get(app)
        if notices_of(whole) is None:
            raise Refused('not_found', detail=f'「{definition.title}」には通知の文がありません。')
    except Refused as refused:
        draw_not_found(frame, refused.detail)
        return
    frame.title(f'通知の発送 - {definition.title}', definition.title)
    with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
        link(definition.title, app_address(app))
        tag('span', '›', aria_hidden='true')
        if event:
            link('通知の発送', notices_address(app))
            tag('span', '›', aria_hidden='true')
        tag('span', event or '通知の発送', aria_current='page')
    if event:
        EventPage(frame, whole, event).draw()
    else:
        _draw_events(frame, whole, person)


def _draw_events(frame: Frame, definition: AppDefinition, person: Person) -> None:
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('h1', '通知の発送', 'page-title')
        tag('p', '1件の申込みに、同じ通知は1通だけです。2回押しても2通目は出ません。', 'page-lead')
    draw_trouble(frame)
    place = tag('div', '', 'notice-events')
    with place:
        tag('p', '数えています。', 'empty')

    async def fill() -> None:
        events = await run.io_bound(frame.context.outbox.events, definition.name, by=person)
        if place.is_deleted:
            return
        place.clear()
        with place:
            for each in events or ():
                _event(definition, each)

    background_tasks.create(fill())


def _event(definition: AppDefinition, event: EventStanding) -> None:
    with tag('section', '', 'card card-body notice-event', aria_label=event.text.name):
        with tag('h2', '', 'card-title'):
            icon('outgoing_mail')
            tag('span', event.text.name)
        tag('p', f'件名 {event.text.subject}', 'tile-note')
        if how := _SENT_BY.get(event.text.send):
            tag('p', how, 'tile-note')
        draw_counts(event.counts)
        with tag('div', '', 'notice-buttons'):
            waiting = event.counts.get(UNSENT, 0)
            text, look = (f'内容を確かめて送る({waiting:,}件)', 'solid') if waiting else ('送った相手を見る', 'outline')
            link(text, notices_address(definition.name, event.text.name), f'button {look}')


def draw_counts(counts: Mapping[str, int]) -> None:
    """A chip for every state that there is."""
    with tag('div', '', 'notice-counts'):
        if not counts:
            tag('span', '相手はまだいません', 'chip gray')
        for state, text in STATES.items():
            if number := counts.get(state):
                tag('span', f'{text} {number:,}', f'chip {COLORS[state]}')


def draw_trouble(frame: Frame) -> None:
    """Why no mail goes out at this moment."""
    sender = frame.context.outbox.sender
    if sender is None:
        notice('info', 'メールサーバーが設定されていません。手紙か差込ファイルで送れます。')
    elif sender.trouble:
        notice('warning', f'{sender.trouble}つながりしだい、待っている通知から順に送ります。')
