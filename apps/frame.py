"""The frame around every staff screen: rail, bar on small screens, who is signed in, and the routing inside."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from nicegui import ui

from apps.addresses import NEW_PASSWORD, SIGN_IN, app_address, prefix_of
from apps.bell import Bell
from apps.live import AccountChanged, DefinitionsChanged, Notified, OperatorChanged
from apps.people import Person
from apps.rail import Rail, operator_button
from apps.screens.greeting import draw_greeting
from apps.security import session_token
from apps.sessions import REPORTED_EVERY
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
        """Who may act here at this moment. Else the browser is sent to the door, or its page is covered."""
        session = self.context.sessions.find(self._token)
        if session is None or (self._account and session.account.account != self._account):
            self.client.open(f'{SIGN_IN}?{urlencode({"to": self.path})}')
            return None
        if session.barred == 'password':
            self.client.open(NEW_PASSWORD)
        elif session.barred:
            self.client.run_javascript('window.screenLocked?.()')
        return None if session.barred else session.account.person

    @property
    def token(self) -> str:
        """What opens the session of this page; for saying which of a person's sessions is this one."""
        return self._token

    @property
    def account(self) -> str:
        """Who works on this page now."""
        return self._account

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
        self.context.sessions.touch(self._token)
        self._guard_events()
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
                    self._bell = Bell(self.context)
                    self._bar_operator = tag('div', '', 'topbar-operator')
                if self.context.sessions.take_greeting(self._token):
                    draw_greeting(self.context, person)
                with tag('main', '', 'page', id='main'):
                    Screens(self, routes(self))
        self._draw_operator()
        self._show_rail(self.path)
        self.client.on_delete(self.context.live.subscribe(self._happened))
        self.client.sub_pages_router.on_path_changed(self._path_changed)

    # ---- what happens meanwhile

    def _happened(self, happening: object) -> None:
        if isinstance(happening, AccountChanged) and happening.account == self._account:
            self._account_changed()
        elif isinstance(happening, OperatorChanged) and happening.before == self._token:
            self._operator_changed(happening)
        elif isinstance(happening, DefinitionsChanged):
            self._show_rail(self.path)
        elif isinstance(happening, Notified) and happening.account == self._account:
            self._count_unread()
        for listener in tuple(self._listeners):
            listener(happening)

    def _count_unread(self) -> None:
        person = self.person()
        if person is not None:
            self._rail.tell(self._bell.count(person))

    def _account_changed(self) -> None:
        """New rights hold from the next action; a session that is over takes its page along."""
        if self.context.sessions.find(self._token) is None:
            self.client.open(SIGN_IN)
        else:
            self._show_rail(self.path)

    def _operator_changed(self, happening: OperatorChanged) -> None:
        """Somebody else goes on at this device; other pages of the session before are not theirs."""
        session = self.context.sessions.find(happening.token)
        if happening.page != self.client.id or session is None:
            return
        self._token, self._account = happening.token, session.account.account
        self._draw_operator()
        self._show_rail(self.path)

    def _guard_events(self) -> None:
        """What a page sends whose session is locked or over reaches no handler, whatever the handler asks itself."""
        reach = self.client.handle_event

        def handle_event(msg: dict[str, Any]) -> None:
            if self.person() is not None:
                reach(msg)

        self.client.handle_event = handle_event  # type: ignore[method-assign]

    def _draw_operator(self) -> None:
        """Tell the script of the lock who sits here, and say it on small screens too."""
        session = self.context.sessions.find(self._token)
        if session is None:
            return
        shared = bool(session.device)
        self._bar_operator.clear()
        with self._bar_operator:
            operator_button(session.account.name, shared=shared)
            tag(
                'div',
                id='operator',
                hidden=True,
                data_account=session.account.account,
                data_shared='yes' if shared else None,
                data_idle=int(self.context.sessions.idle(session).total_seconds()),
                data_reported=int(REPORTED_EVERY.total_seconds()),
                data_prefix=prefix_of(self.client.request),
            )

    def _path_changed(self, path: str) -> None:
        self._show_rail(path)
        for follower in tuple(self._followers):
            follower(path)

    def _show_rail(self, path: str) -> None:
        person = self.person()
        if person is not None:
            session = self.context.sessions.find(self._token)
            self._rail.draw(person, shared=bool(session and session.device))
            self._rail.count(person)
            self._rail.tell(self._bell.count(person))
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
