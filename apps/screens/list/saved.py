"""The row of saved conditions over a list, and the little form that gives the present one a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nicegui.events import GenericEventArguments

from apps.addresses import app_address, query_of
from apps.saved_views import LONGEST_NAME, SavedViews
from apps.screens.view_screen import ViewScene
from apps.tags import button, icon, link, tag

_SEND_FORM = '(e) => { e.preventDefault(); emit(Object.fromEntries(new FormData(e.target))) }'


class SavedRow:
    """Drawn again whenever it changes. query: the present condition, {} when there is none to keep."""

    def __init__(self, scene: ViewScene, query: Callable[[], Mapping[str, str]]) -> None:
        self._scene = scene
        self._saved = SavedViews(scene.context.store)
        self._query = query
        self._naming = False
        self._place = tag('div', '', 'saved-views')

    def draw(self, mistake: str = '') -> None:
        """What is kept, and the offer to keep what is shown."""
        self._place.clear()
        person = self._scene.person()
        if person is None:
            return
        app = self._scene.definition.name
        kept = self._saved.of(person.account, app)
        self._place.visible = bool(kept or self._query())
        with self._place:
            if kept:
                tag('span', '保存した条件', 'saved-views-label')
            for each in kept:
                self._one(each.name, app_address(app, '', self._scene.hidden(each.query)))
            if self._naming:
                self._form(mistake)
            elif self._query():
                with button('', self._begin, 'button quiet'):
                    icon('bookmark_add')
                    tag('span', 'この条件を保存する')
                button('条件を消す', lambda: self._scene.go({}), 'button plain')

    def _one(self, name: str, address: str) -> None:
        with tag('span', '', 'saved-view'):
            link(name, address)
            with button('', lambda: self._forget(name), 'icon-button', aria_label=f'保存した条件「{name}」を消す'):
                icon('close')

    def _form(self, mistake: str) -> None:
        with tag('form', '', 'save-view-form') as form:
            with tag('div'):
                tag('label', '条件の名前', 'toolbar-label', for_='saved-view-name')
                box = tag(
                    'input', '', 'field-box', id='saved-view-name', name='name', required=True, autocomplete='off'
                )
                box.props.update({'maxlength': LONGEST_NAME, 'autofocus': True})
                if mistake:
                    tag('p', mistake, 'field-mistake', role='alert')
            tag('button', '保存する', 'button solid', type='submit')
            button('やめる', self._end, 'button plain')
        form.on('submit', self._keep, js_handler=_SEND_FORM)

    def _begin(self) -> None:
        self._naming = True
        self.draw()
        self._place.client.run_javascript('document.getElementById("saved-view-name")?.focus()')

    def _end(self) -> None:
        self._naming = False
        self.draw()

    def _keep(self, event: GenericEventArguments) -> None:
        given: Any = event.args if isinstance(event.args, dict) else {}
        person = self._scene.person()
        if person is None:
            return
        query = {**query_of(self._scene.address({})), **self._query()}
        app, name = self._scene.definition.name, str(given.get('name') or '')
        mistake = self._saved.save(person.account, app, name, query)
        self._naming = bool(mistake)
        self.draw(mistake)

    def _forget(self, name: str) -> None:
        person = self._scene.person()
        if person is not None:
            self._saved.forget(person.account, self._scene.definition.name, name)
            self.draw()
