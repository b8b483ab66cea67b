"""The phone screen: a caller is on the line, and what they say is typed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.form.call_form import CallForm
from apps.outcome import Refused
from apps.panels.asked_form import with_answers
from apps.screens.refusal import draw_not_allowed, draw_not_found
from apps.tags import link, tag
from forms.call_form import call_form
from forms.capabilities.call import KEY, Call
from forms.form_context import form_context

if TYPE_CHECKING:
    from apps.frame import Frame


def draw(frame: Frame, app: str) -> None:
    """The phone screen of an app that has one, for who may register there."""
    person = frame.person()
    if person is None:
        return
    reading = frame.context.reading
    try:
        definition = reading.definition(app, person, 'create')
    except Refused as refused:
        (draw_not_allowed if refused.kind == 'forbidden' else draw_not_found)(frame, refused.detail)
        return
    sight = reading.sight(definition, person)
    call = sight.definition.capabilities.get(KEY)
    if not isinstance(call, Call):
        draw_not_found(frame, 'このアプリには、電話受付の画面がありません。')
        return
    frame.title(f'電話を受ける - {definition.title}', definition.title)
    with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
        link(definition.title, frame.list_address(app))
        tag('span', '›', aria_hidden='true')
        tag('span', '電話を受ける', aria_current='page')
    tag('h1', f'{definition.title}の電話を受ける', 'page-title call-title')
    moment = reading.moment(person)
    decided = call.decided(sight.definition, moment)
    hidden, readonly = sight.hidden(None) | sight.masked(None), sight.readonly(None)
    form = with_answers(call_form(sight.definition, call, decided, left_out=hidden, readonly=readonly), decided)
    CallForm(form, sight.definition, user_key=person.account, context=form_context(sight.definition, form, moment))
