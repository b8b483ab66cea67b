"""Taking an action from a button: at once, or after a question, or with the fields it asks in the entry form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote
from uuid import uuid4

from apps.form.form import EntryForm
from apps.outcome import Refused
from apps.panels.asked_form import asked_form
from apps.people import Person
from apps.tags import button, icon, notice, tag
from forms.form_context import form_context

if TYPE_CHECKING:
    from apps.context import AppContext
    from forms.capability import Offer, Values
    from forms.definition import AppDefinition

UNKNOWN = '結果を確認できません。もう一度押しても二重にはなりません。'


class Scene(Protocol):
    """Where an action is taken from: a record's page, a board, a console."""

    @property
    def context(self) -> AppContext: ...

    @property
    def definition(self) -> AppDefinition: ...

    @property
    def person(self) -> Callable[[], Person | None]: ...


class ActionDialog:
    """The way from one button to one taken action. place: an empty element in which the dialog may be drawn.

    done: called after the action was taken. refused(text): nothing happened, and why. hold: called with True while the
    dialog is open, with False when it has closed. if_rev: the revision the person sees, None for whatever it is at.
    opened_at: when the person opened the record; else the form that the action asks for begins the time.
    """

    def __init__(  # noqa: PLR0913 - what is done, to what, and who wants to hear of it
        self,
        scene: Scene,
        record_id: str,
        offer: Offer,
        place: Any,
        *,
        done: Callable[[], object],
        refused: Callable[[str], object],
        hold: Callable[[bool], None] = lambda _: None,
        if_rev: int | None = None,
        opened_at: datetime | None = None,
    ) -> None:
        self._scene = scene
        self._record_id = record_id
        self._offer = offer
        self._place = place
        self._done = done
        self._refused = refused
        self._hold = hold
        self._if_rev = if_rev
        self._opened_at = opened_at
        # Made with the button, so that an impatient second press is the same request.
        self._request_id = str(uuid4())

    async def press(self) -> None:
        """The button was pressed."""
        if self._offer.asks or self._offer.confirm:
            self._open()
        else:
            await self._act()

    async def _act(self) -> None:
        person = self._scene.person()
        if person is None:
            return
        try:
            await self._scene.context.operations.act(
                self._scene.definition.name,
                self._record_id,
                self._offer.name,
                self._offer.given,
                by=person,
                request_id=self._request_id,
                if_rev=self._if_rev,
                opened_at=self._opened_at,
            )
        except Refused as refused:
            if refused.kind != 'unknown_outcome':
                self._request_id = str(uuid4())
            self._close()
            self._refused(refused.detail or UNKNOWN)
            return
        self._close()
        self._done()

    # ---- the dialog

    def _open(self) -> None:
        person = self._scene.person()
        if person is None:
            return
        self._place.clear()
        self._hold(True)
        with self._place, tag('dialog', '', 'dialog', aria_label=self._offer.label) as self._dialog:
            tag('h2', self._offer.label, 'dialog-title')
            if self._offer.confirm:
                tag('p', self._offer.confirm, 'dialog-lead')
            if self._offer.asks:
                self._draw_form(person)
            else:
                with tag('div', '', 'dialog-buttons'):
                    button('やめる', self._close, 'button outline')
                    button(self._offer.label, self._act, 'button solid')
        self._dialog.on('close', self._close, args=[])
        self._dialog.run_method('showModal')

    def _draw_form(self, person: Person) -> None:
        definition, context = self._scene.definition, self._scene.context
        try:
            values: Values = context.reading.record(definition.name, self._record_id, by=person).values
        except Refused as refused:
            notice('error', refused.detail)
            return
        moment = context.reading.moment(person)
        action = f'{quote(self._record_id, safe="")}/actions/{quote(self._offer.name)}'
        acts_on = {'record': self._record_id, 'action': self._offer.name}
        form = {**asked_form(definition, self._offer, values, moment), 'acts_on': acts_on}
        EntryForm(
            form,
            # Drafts of this action are its own: neither the record's form nor an empty one may take them up.
            record_id=f'{self._record_id}/{self._offer.name}',
            rev=self._if_rev,
            began_at=self._opened_at,
            takes_focus=True,
            user_key=person.account,
            submit_url=f'/api/v1/apps/{quote(definition.name)}/records/{action}',
            context=form_context(definition, form, moment),
            save_label=self._offer.label,
            cancel_label='やめる',
            on_saved=lambda _: self._taken(),
            on_cancel=self._close,
        )

    def _taken(self) -> None:
        self._close()
        self._done()

    def _close(self) -> None:
        if not self._place.is_deleted:
            self._place.clear()
        self._hold(False)


def draw_closed(offer: Offer) -> None:
    """An action that cannot be taken now, with the reason; no button that does nothing."""
    with tag('div', '', 'closed-action'):
        icon('lock')
        with tag('div'):
            tag('strong', offer.label)
            tag('span', offer.closed)
