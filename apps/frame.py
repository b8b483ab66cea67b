"""The frame around every staff screen: rail of apps, bar on small screens, who is signed in, and the routing inside."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from nicegui import ui

from apps.addresses import ACCOUNTS, HOME, PROBLEMS, SIGN_IN, SIGN_OUT, app_address, prefix_of
from apps.live import AccountChanged, DefinitionsChanged
from apps.people import ROLES, Person, may
from apps.security import session_token
from apps.tags import button, icon, link, tag

if TYPE_CHECKING:
    from nicegui import Client
    from nicegui.elements.mixins.text_element import TextElement

    from apps.context import AppContext
    from forms.definition import AppDefinition

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
        self._links: dict[str, ui.link] = {}
        self._current = ''
        self._definitions_changed = False

    # ---- what screens ask

    def person(self) -> Person | None:
        """Who is signed in at this moment; without a session the browser is sent to the sign-in page."""
        person = self.context.sessions.person(self._token)
        if person is None or (self._account and person.account != self._account):
            self.client.open(SIGN_IN)
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
        self._listen_to_the_house()
        tag('a', '本文へ移動', 'skip-link', href='#main')
        if self.context.settings.demo:
            _sample_banner()
        with tag('div', '', 'shell'):
            self._rail = tag('nav', '', 'rail', id='rail', aria_label='アプリの一覧')
            tag('div', '', 'rail-shade', data_rail_close=True)
            with tag('div', '', 'workplace'):
                with tag('div', '', 'topbar'):
                    _menu_button()
                    self._bar = tag('span', '', 'topbar-title')
                with tag('main', '', 'page', id='main'):
                    Screens(self, routes(self))
        self._fill_rail(person)
        self._mark_current(self.path)

    def _fill_rail(self, person: Person) -> None:
        self._rail.clear()
        self._links.clear()
        apps = [each for each in self.context.catalogue.all() if may(person, each, 'see')]
        with self._rail:
            _brand(self.context.settings.city)
            self._link('home', 'ホーム', HOME)
            for group, members in groupby(apps, key=lambda each: each.group):
                tag('div', group or 'アプリ', 'rail-group')
                for each in members:
                    self._link(each.icon, each.title, app_address(each.name))
            if 'leader' in person.roles or 'administrator' in person.roles:
                tag('div', '管理', 'rail-group')
            if 'leader' in person.roles:
                self._link('rule', '定義の誤り', PROBLEMS, len(self.context.catalogue.problems))
            if 'administrator' in person.roles:
                self._link('group', '利用者', ACCOUNTS)
            _foot(person, self.client)

    def _link(self, icon_name: str, text: str, address: str, count: int = 0) -> None:
        with link('', address, 'rail-link') as drawn:
            icon(icon_name)
            tag('span', text)
            if count:
                tag('span', str(count), 'count alert')
        self._links[address] = drawn

    def _mark_current(self, path: str) -> None:
        address = self._rail_address(path)
        for each, current in ((self._current, None), (address, 'page')):
            if drawn := self._links.get(each):
                drawn.props['aria-current'] = current
        self._current = address

    def _rail_address(self, path: str) -> str:
        plain = path.partition('?')[0].rstrip('/') or HOME
        inside = [each for each in self._links if each != HOME and (plain == each or plain.startswith(f'{each}/'))]
        return max(inside, key=len, default=plain if plain in self._links else '')

    # ---- what happens meanwhile

    def _listen_to_the_house(self) -> None:
        end = self.context.live.subscribe(self._happened)
        self.client.on_delete(end)
        self.client.sub_pages_router.on_path_changed(self._path_changed)

    def _happened(self, happening: object) -> None:
        if isinstance(happening, AccountChanged) and happening.account == self._account:
            self.client.open(SIGN_IN)
        elif isinstance(happening, DefinitionsChanged):
            self._definitions_changed = True
        for listener in tuple(self._listeners):
            listener(happening)

    def _path_changed(self, path: str) -> None:
        person = self.person()
        if person is None:
            return
        if self._definitions_changed:
            self._definitions_changed = False
            self._fill_rail(person)
        self._mark_current(path)
        for follower in tuple(self._followers):
            follower(path)


class Screens(ui.sub_pages):
    """The part of the page that changes with the address."""

    def __init__(self, frame: Frame, routes: dict[str, Builder]) -> None:
        self._frame = frame
        super().__init__(routes)

    def _render_page(self, match: object) -> bool:
        self._frame.leave()
        rendered = super()._render_page(match)  # type: ignore[arg-type]
        if not self._frame.client.sub_pages_router.is_initial_request:
            self._frame.client.run_javascript('window.screenChanged?.()')
        return rendered

    def _render_404(self) -> None:
        from apps.screens.refusal import draw_not_found

        draw_not_found(self._frame)

    def _render_error(self, error: Exception) -> None:
        from apps.screens.refusal import draw_failure

        draw_failure(self._frame, error)


def may_here(frame: Frame, definition: AppDefinition | None, deed: str) -> Person | None:
    """The person when they may do `deed` in this app now, else None (the handler then does nothing)."""
    person = frame.person()
    return person if person and definition and may(person, definition, deed) else None


def _sample_banner() -> None:
    tag('div', '見本データで動いています。本物の個人情報は入力しないでください。', 'sample-banner')


def _menu_button() -> TextElement:
    with button('', None, 'icon-button', aria_label='アプリの一覧を開く', aria_expanded='false') as drawn:
        icon('menu')
    drawn.props.update({'aria-controls': 'rail', 'data-rail-open': ''})
    return drawn


def _brand(city: str) -> None:
    with link('', HOME, 'rail-brand'):
        tag('span', '窓', 'rail-brand-mark', aria_hidden='true')
        with tag('span', '', 'rail-brand-words'):
            tag('span', '窓口', 'rail-brand-name')
            if city:
                tag('span', city, 'rail-brand-city')


def _foot(person: Person, client: Client) -> None:
    roles = '・'.join(ROLES[each] for each in person.roles if each in ROLES)
    with tag('div', '', 'rail-foot'):
        with tag('div', '', 'rail-person'):
            icon('account_circle')
            with tag('div', '', 'rail-person-words'):
                tag('div', person.name, 'rail-person-name')
                tag('div', ' / '.join(each for each in ('・'.join(person.sections), roles) if each), 'rail-person-role')
        with tag('form', '', 'rail-sign-out', method='post', action=f'{prefix_of(client.request)}{SIGN_OUT}'):
            with tag('button', '', 'rail-link', type='submit'):
                icon('logout')
                tag('span', 'サインアウト')
