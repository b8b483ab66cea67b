"""An app's page: its head, the faces of its capabilities, the tabs of its views, and the view that is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nicegui import ui

from apps.addresses import (
    app_address,
    call_address,
    import_address,
    new_address,
    notices_address,
    permissions_address,
    query_of,
    retention_address,
    route_address,
)
from apps.outcome import Refused
from apps.panel import AppScene, app_panels
from apps.people import Person, may
from apps.reading import view_of
from apps.screens.refusal import draw_not_found
from apps.screens.view_screen import ViewScene, view_screens
from apps.searched_words import KEY
from apps.tags import icon, link, tag

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition
    from forms.view import View


def draw(frame: Frame, app: str, view_name: str) -> None:
    """The app's page with the view of that name, its first view for ''."""
    person = frame.person()
    if person is None:
        return
    try:
        definition = frame.context.reading.definition(app, person)
        view = view_of(definition, view_name or (definition.views[0].name if definition.views else ''))
    except Refused as refused:
        draw_not_found(frame, refused.detail)
        return
    frame.title(f'{definition.title} {view.name}'.strip(), definition.title)
    _head(definition, person, handles_retention=frame.context.retention.may(app, person))
    # A panel tells of all records of the app; who sees only some of them gets none.
    panels = app_panels(definition) if frame.context.reading.sight(definition, person).sees_all else ()
    for panel in panels:
        panel(AppScene(frame.context, definition, frame.person, frame.listen, view))
    tabs = Tabs(definition, view)
    tabs.carry(query_of(frame.path).get(KEY, ''))
    _view(frame, definition, view, tabs)


def _head(definition: AppDefinition, person: Person, *, handles_retention: bool) -> None:
    with tag('div', '', 'page-head'):
        with tag('span', '', 'app-mark', aria_hidden='true'):
            icon(definition.icon)
        with tag('div', '', 'page-head-words'):
            tag('h1', definition.title, 'page-title')
            if definition.description:
                tag('p', definition.description, 'page-lead')
        if 'notices' in definition.capabilities and may(person, definition, 'act'):
            with link('', notices_address(definition.name), 'button outline large'):
                icon('outgoing_mail')
                tag('span', '通知の発送')
        if 'route' in definition.capabilities:
            with link('', route_address(definition.name), 'button plain'):
                icon('route')
                tag('span', '今日の道順')
        if may(person, definition, 'define'):
            with link('', permissions_address(definition.name), 'button plain'):
                icon('visibility')
                tag('span', '権限と見え方')
        if handles_retention:
            with link('', retention_address(definition.name), 'button plain'):
                icon('auto_delete')
                tag('span', '個人情報の消去')
        if may(person, definition, 'import'):
            with link('', import_address(definition.name), 'button plain'):
                icon('upload_file')
                tag('span', '取り込み')
        takes_calls = 'call' in definition.capabilities
        if may(person, definition, 'create') and takes_calls:
            with link('', call_address(definition.name), 'button solid large'):
                icon('call')
                tag('span', '電話を受ける')
        if may(person, definition, 'create'):
            with link('', new_address(definition.name), f'button {"outline" if takes_calls else "solid"} large'):
                icon('add')
                tag('span', '新しく登録する')


class Tabs:
    """The views of an app. What is being searched for goes along from one list to the next."""

    def __init__(self, definition: AppDefinition, current: View) -> None:
        self._definition = definition
        self._lists: dict[ui.link, View] = {}
        shown = [each for each in definition.views if each.type in view_screens()]
        if len(shown) < 2:
            return
        icons = {
            'board': 'view_kanban',
            'summary': 'table_chart',
            'calendar': 'calendar_month',
            'map': 'map',
            'gallery': 'photo_library',
        }
        with tag('nav', '', 'tabs', aria_label='一覧の切り替え'):
            for each in shown:
                address = view_address(definition, each)
                with link('', address, 'tab', aria_current='page' if each.name == current.name else None) as tab:
                    if each.type in icons:
                        icon(icons[each.type])
                    tag('span', each.name)
                if each.type in {'list', 'map'}:
                    self._lists[tab] = each

    def carry(self, words: str) -> None:
        """words: the key of what is searched for now."""
        for tab, view in self._lists.items():
            tab.props['href'] = view_address(self._definition, view, {KEY: words} if words else {})


def _view(frame: Frame, definition: AppDefinition, view: View, tabs: Tabs) -> None:
    kind = view_screens().get(view.type)
    if kind is None:
        tag('p', 'この一覧は、この画面ではまだ見られません。', 'empty')
        return

    words = frame.context.searched_words

    def hidden(query: Mapping[str, str]) -> dict[str, str]:
        return words.hidden(frame.account, query, private_parts(definition))

    def address(query: Mapping[str, str]) -> str:
        return view_address(definition, view, hidden(query))

    def own(path: str) -> dict[str, str]:
        return words.shown(frame.account, _own(path))

    def go(query: Mapping[str, str]) -> None:
        ui.navigate.to(address(query))

    shown = frame.path
    frame.keep_list(definition.name, shown)
    screen = kind(ViewScene(frame.context, definition, view, own(shown), frame.person, address, go, hidden))

    def follow(path: str) -> None:
        same_view = query_of(path).get('view', '') == query_of(shown).get('view', '')
        if same_view and path.partition('?')[0] == shown.partition('?')[0]:
            frame.keep_list(definition.name, path)
            tabs.carry(query_of(path).get(KEY, ''))
            screen.follow(own(path))

    screen.draw()
    frame.follow(follow)
    frame.listen(screen.happened)


def view_address(definition: AppDefinition, view: View, query: Mapping[str, str] | None = None) -> str:
    """Where a view is; the first one needs no name, so that every view has one address."""
    is_first = not definition.views or definition.views[0].name == view.name
    return app_address(definition.name, '' if is_first else view.name, query)


def private_parts(definition: AppDefinition) -> list[str]:
    """The parts of a query that stay out of addresses: search words, and filters by what is known of a person."""
    return ['q', *(f'filter.{name}' for name, field in definition.fields.items() if field.privacy)]


def _own(path: str) -> dict[str, str]:
    """The query without the name of the view."""
    return {key: value for key, value in query_of(path).items() if key != 'view'}
