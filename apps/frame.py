"""The frame around every staff screen: rail, bar on small screens, who is signed in, and the routing inside."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from apps.addresses import SIGN_IN, app_address
from apps.live import AccountChanged, DefinitionsChanged
from apps.people import Person
from apps.rail import Rail
from apps.security import session_token
from apps.tags import button, icon, tag

if TYPE_CHECKING:
    from nicegui import Client
    from nicegui.element import Element

    from apps.context import AppContext

logger = logging.getLogger(__name__)

Listener = Callable[[object], None]
Builder = Callable[..., None]


class Frame:
    """One open browser tab. Lives as long as its page; screens come and go inside it."""

    def __init__(self, context: AppContext) -> None:
        self.context = context
        self.client = ui.context.client
        self._token = session_token(self.client.request.scope)
        self._account = ''
        self._listeners: list[Listener] = []
        self._followers: list[Callable[[str], None]] = []
        self._lists: dict[str, str] = {}
        self._news = ''

    # ---- what screens ask

    def person(self) -> Person | None:
        """Who is signed in at this moment; without a session the browser is sent to the sign-in page."""
        person = self.context.sessions.person(self._token)
        if person is None or (self._account and person.account != self._account):
            self.client.open(f'{SIGN_IN}?{urlencode({"to": self.path})}')
            return None
        return person

    @property
    def path(self) -> str:
        """The address that is shown now, with its query."""
        return self.client.sub_pages_router.current_path

    def title(self, text: str, bar: str = '') -> None:
        """The title of the tab, and what the bar on small screens says (the same, unless given)."""
        ui.page_title(f'{text} - 窓口')
        self._bar.set_text(bar or text)

    def listen(self, listener: Listener) -> None:
        """Tell the screen that is being drawn of what happens (apps.live), until another one takes its place."""
        self._listeners.append(listener)

    def follow(self, follower: Callable[[str], None]) -> None:
        """Tell the screen that is being drawn when the address changes; it looks itself whether it is still meant."""
        self._followers.append(follower)

    def tell_next(self, text: str) -> None:
        """What the next screen should say first: how that ended which was done on this one."""
        self._news = text

    def take_news(self) -> str:
        """What the screen before left to be said, once."""
        text, self._news = self._news, ''
        return text

    def keep_list(self, app: str, path: str) -> None:
        """Remember how a list was looked at, for the way back to it from a record."""
        self._lists[app] = path

    def list_address(self, app: str) -> str:
        """The app's list as it was last looked at in this tab, with its search words and filters."""
        return self._lists.get(app, app_address(app))

    def begin(self, place: Element) -> None:
        """Put the focus on the heading inside `place`, which has just been drawn in the stead of something else."""
        heading = next((each for each in place.descendants() if each.tag == 'h1'), None)
        if heading is not None:
            self.client.run_javascript(f'window.screenChanged?.("{heading.html_id}")')

    def leave(self) -> None:
        """Another screen takes the place."""
        self._listeners.clear()
        self._followers.clear()

    # ---- drawing

    def draw(self, routes: Callable[[Frame], dict[str, Builder]]) -> None:
        """Everything around the screens, and the screen that the address asks for."""
        person = self.person()
        if person is None:
            return
        self._account = person.account
        _only_one_main(self.client)
        tag('a', '本文へ移動', 'skip-link', href='#main')
        if self.context.settings.demo:
            tag('div', '見本データで動いています。本物の個人情報は入力しないでください。', 'sample-banner')
        with tag('div', '', 'shell'):
            self._rail = Rail(self.context)
            tag('div', '', 'rail-shade', data_rail_close=True)
            with tag('div', '', 'workplace'):
                with tag('div', '', 'topbar'):
                    with button(
                        '', None, 'icon-button', aria_label='アプリの一覧を開く', aria_expanded='false'
                    ) as menu:
                        icon('menu')
                    menu.props.update({'aria-controls': 'rail', 'data-rail-open': ''})
                    self._bar = tag('span', '', 'topbar-title')
                with tag('main', '', 'page', id='main'):
                    Screens(self, routes(self))
        self._show_rail(self.path)
        self.client.on_delete(self.context.live.subscribe(self._happened))
        self.client.sub_pages_router.on_path_changed(self._path_changed)

    # ---- what happens meanwhile

    def _happened(self, happening: object) -> None:
        if isinstance(happening, AccountChanged) and happening.account == self._account:
            self.client.open(SIGN_IN)
        elif isinstance(happening, DefinitionsChanged):
            self._show_rail(self.path)
        for listener in tuple(self._listeners):
            listener(happening)

    def _path_changed(self, path: str) -> None:
        self._show_rail(path)
        for follower in tuple(self._followers):
            follower(path)

    def _show_rail(self, path: str) -> None:
        person = self.person()
        if person is not None:
            self._rail.draw(person)
            self._rail.count(person)
            self._rail.mark(path)


def _only_one_main(client: Client) -> None:
    """Quasar's page is a <main> too, around the rail as well: screen readers should find only ours."""
    assert client.content.parent_slot is not None
    client.content.parent_slot.parent.props['role'] = 'none'


class Screens(ui.sub_pages):
    """The part of the page that changes with the address."""

    def __init__(self, frame: Frame, routes: dict[str, Builder]) -> None:
        self._frame = frame
        super().__init__(routes)

    def _render_page(self, match: object) -> bool:
        self._frame.leave()
        rendered = super()._render_page(match)  # type: ignore[arg-type]
        if not self._frame.client.sub_pages_router.is_initial_request:
            self._frame.begin(self)
        return rendered

    def _render_404(self) -> None:
        from apps.screens.refusal import draw_not_found

        draw_not_found(self._frame)

    def _render_error(self, error: Exception) -> None:
        from apps.screens.refusal import draw_failure

        logger.error('the screen at %s failed', self._router.current_path.partition('?')[0], exc_info=error)
        draw_failure(self._frame)
