"""The switch of a list that shows personal data in plain text; pressing it is noted, what is shown is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from apps.reading import IN_LISTS, ON_RECORD
from apps.screens.view_screen import ViewScene
from apps.tags import button

SHOW, COVER = '個人情報を表示する', '個人情報を伏せる'


class Revealing:
    """Drawn where something of the list is masked that this person may read. It holds until the screen is left."""

    def __init__(self, scene: ViewScene, names: Iterable[str], on_change: Callable[[], None]) -> None:
        self._scene = scene
        self._on_change = on_change
        self.masks = IN_LISTS
        person, definition = scene.person(), scene.definition
        veiled = scene.context.reading.sight(definition, person).veiled if person is not None else frozenset()
        shown = {*names, *definition.record_title}
        self._covers = [
            name for name, each in definition.fields.items()
            if name in shown and name not in veiled and each.privacy in IN_LISTS - ON_RECORD
        ]  # fmt: skip

    def draw(self) -> None:
        """Nothing where there is nothing to reveal."""
        if not self._covers:
            return
        self._button = button(SHOW, self._press, 'button plain')

    async def _press(self) -> None:
        person = self._scene.person()
        if person is None:
            return
        if self.masks == IN_LISTS:
            app, view = self._scene.definition.name, self._scene.view.name
            await self._scene.context.audit.note('reveal', person, app=app, view=view, fields=self._covers)
            self.masks = ON_RECORD
        else:
            self.masks = IN_LISTS
        self._button.set_text(SHOW if self.masks == IN_LISTS else COVER)
        self._on_change()
