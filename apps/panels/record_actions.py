"""The buttons of the actions on one record, where their dialogs open, what was refused, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from apps.outcome import Refused
from apps.panel import RecordScene
from apps.panels.action_dialog import UNKNOWN, ActionDialog, draw_closed
from apps.tags import button, notice, tag
from forms.capability import Offer

MEANWHILE = '見ているあいだに、ほかの人が変更しました。新しい内容を確かめてください。'


class RecordActions:
    """Drawn as a part of a panel; the panel is drawn anew after every change of the record."""

    def __init__(self, scene: RecordScene) -> None:
        self._scene = scene
        self._undo_request = str(uuid4())

    def draw_place(self) -> None:
        """Where refusals and dialogs appear; before the buttons."""
        self._news = tag('div', '', 'workflow-news')
        self._place = tag('div')

    def draw(self, offers: Sequence[Offer], labels: Mapping[str, str] | None = None) -> None:
        """The main action large, the others quieter, those that are closed with the reason. labels: other words."""
        words = labels or {}
        open_now = sorted((each for each in offers if not each.closed), key=lambda each: not each.main)
        with tag('div', '', 'action-buttons'):
            for index, offer in enumerate(open_now):
                look = 'solid large' if index == 0 and offer.main else 'outline' if offer.main else 'quiet'
                button(words.get(offer.name, offer.label), self._dialog(offer).press, f'button wide {look}')
            for offer in offers:
                if offer.closed:
                    draw_closed(offer)

    async def undo(self) -> None:
        """Take back the last action on the record as it was drawn."""
        person = self._scene.person()
        if person is None:
            return
        record = self._scene.record
        try:
            await self._scene.context.operations.undo(
                self._scene.definition.name, record.id, by=person, request_id=self._undo_request, if_rev=record.rev
            )
        except Refused as refused:
            self._refuse(MEANWHILE if refused.kind == 'conflict' else refused.detail or UNKNOWN)
        else:
            self._scene.refresh()

    def _dialog(self, offer: Offer) -> ActionDialog:
        scene = self._scene
        return ActionDialog(
            scene,
            scene.record.id,
            offer,
            self._place,
            done=scene.refresh,
            refused=self._refuse,
            hold=scene.hold,
            if_rev=scene.record.rev,
            opened_at=scene.opened_at,
        )

    def _refuse(self, text: str) -> None:
        if not self._news.is_deleted:
            self._news.clear()
            with self._news:
                notice('error', text)
