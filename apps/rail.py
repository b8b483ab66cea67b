"""The rail: every app a person sees, how much of their own work in it is late, who they are, and the way out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from nicegui import ui
from tinydb import where

from apps.addresses import ACCOUNTS, AUDIT, HOME, ME, NOTIFICATIONS, OWNERS, PROBLEMS, SIGN_OUT, app_address, prefix_of
from apps.people import ROLES, Person
from apps.reading.narrowing import deadline_field
from apps.tags import icon, link, tag

if TYPE_CHECKING:
    from nicegui.elements.mixins.text_element import TextElement

    from apps.context import AppContext
    from forms.definition import AppDefinition

_LATE = '件のあなたの仕事が期限を過ぎています'
UNREAD = '件の読んでいないお知らせがあります'
_MISTAKES = '件の誤りがあります'


class Rail:
    """Draws itself into the place that is open; drawn again when the definitions changed."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._place = tag('nav', '', 'rail', id='rail', aria_label='アプリの一覧')
        self._links: dict[str, ui.link] = {}
        self._counts: dict[str, TextElement] = {}
        self._current = ''
        self._drawn: tuple[tuple[str, ...], ...] = ()

    def draw(self, person: Person, *, shared: bool = False) -> None:
        """All of it, but only when it would say something else than before: the keyboard may be in it.

        shared: on a device on which the next person goes on without signing out.
        """
        apps = self._context.reading.apps(person)
        who = (person.account, person.name, *person.roles, *person.sections, 'shared' if shared else '')
        wanted = (who, *((each.name, each.group, each.icon, each.title) for each in apps))
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self._place.clear()
        self._links.clear()
        self._counts.clear()
        self._current = ''
        with self._place:
            _brand(self._context.settings.city)
            self._link('home', 'ホーム', HOME)
            self._link('notifications', 'お知らせ', NOTIFICATIONS, UNREAD)
            for group, members in groupby(apps, key=lambda each: each.group):
                tag('div', group or 'アプリ', 'rail-group')
                for each in members:
                    self._link(each.icon, each.title, app_address(each.name), _LATE)
            looks_back = self._context.trail.may_look(person)
            if looks_back or {'leader', 'administrator'} & set(person.roles):
                tag('div', '管理', 'rail-group')
            if 'leader' in person.roles:
                self._link('rule', '定義の誤り', PROBLEMS, _MISTAKES)
            if 'administrator' in person.roles:
                self._link('group', '利用者', ACCOUNTS)
            if looks_back:
                self._link('receipt_long', '監査記録', AUDIT)
            if {'leader', 'administrator'} & set(person.roles):
                self._link('domain', '所管のないアプリ', OWNERS)
            self._foot(person, shared)

    def count(self, person: Person) -> None:
        """Bring the numbers up to date."""
        for each in self._context.reading.apps(person):
            self._show_count(app_address(each.name), my_late(self._context, each, person))
        self._show_count(PROBLEMS, len(self._context.catalogue.problems))

    def tell(self, unread: int) -> None:
        """How many notifications wait to be read."""
        self._show_count(NOTIFICATIONS, unread)

    def mark(self, path: str) -> None:
        """Show which entry the address belongs to."""
        address = self._entry_of(path)
        for each, current in ((self._current, None), (address, 'page')):
            if drawn := self._links.get(each):
                drawn.props['aria-current'] = current
        self._current = address

    def _foot(self, person: Person, shared: bool) -> None:
        roles = '・'.join(ROLES[each] for each in person.roles if each in ROLES)
        with tag('div', '', 'rail-foot'):
            with link('', ME, 'rail-link rail-person', aria_label=f'{person.name} 自分の設定') as me:
                icon('account_circle')
                with tag('div', '', 'rail-person-words'):
                    tag('div', person.name, 'rail-person-name')
                    told = (each for each in ('・'.join(person.sections), roles) if each)
                    tag('div', ' / '.join(told), 'rail-person-role')
            self._links[ME] = me
            with tag('button', '', 'rail-link rail-operator', type='button', data_operator=True):
                icon('switch_account' if shared else 'lock')
                tag('span', '担当者を切り替える' if shared else '画面をロックする')
            address = prefix_of(ui.context.client.request) + SIGN_OUT
            with tag('form', '', 'rail-sign-out', method='post', action=address, data_person=person.account):
                with tag('button', '', 'rail-link', type='submit'):
                    icon('logout')
                    tag('span', 'サインアウト')

    def _link(self, icon_name: str, text: str, address: str, counted: str = '') -> None:
        """counted: what the number beside it means, read out after it."""
        with link('', address, 'rail-link') as drawn:
            icon(icon_name)
            tag('span', text)
            if counted:
                with tag('span', '', 'count alert') as frame:
                    self._counts[address] = tag('span')
                    tag('span', counted, 'visually-hidden')
                frame.visible = False
        self._links[address] = drawn

    def _show_count(self, address: str, number: int) -> None:
        place = self._counts.get(address)
        if place is not None and place.text != (shown := f'{number:,}' if number else ''):
            place.set_text(shown)
            assert place.parent_slot is not None
            place.parent_slot.parent.visible = bool(number)

    def _entry_of(self, path: str) -> str:
        plain = path.partition('?')[0].rstrip('/') or HOME
        inside = [each for each in self._links if each != HOME and (plain == each or plain.startswith(f'{each}/'))]
        return max(inside, key=len, default=plain if plain in self._links else '')


def my_late(context: AppContext, definition: AppDefinition, person: Person) -> int:
    """Records that wait for this person past their deadline; 0 where nobody is assigned. An index answers this."""
    workflow: Any = definition.capabilities.get('workflow')
    deadline = deadline_field(definition)
    if workflow is None or not workflow.assignee or not deadline:
        return 0
    still_open = [each.name for each in workflow.statuses if not each.done]
    today = context.clock.now().date().isoformat()
    mine = (where(workflow.assignee) == person.account) & where(workflow.field).one_of(still_open)
    late, seen = mine & (where(deadline) < today), context.reading.sight(definition, person).condition()
    return context.store.count(definition.name, late if seen is None else late & seen)


def _brand(city: str) -> None:
    with link('', HOME, 'rail-brand'):
        tag('span', '窓', 'rail-brand-mark', aria_hidden='true')
        with tag('span', '', 'rail-brand-words'):
            tag('span', '窓口', 'rail-brand-name')
            if city:
                tag('span', city, 'rail-brand-city')


def operator_button(name: str, *, shared: bool) -> None:
    """Who works here; pressed, the next person takes over, or the screen is locked. See apps/operator.js."""
    label = f'担当者を切り替える(いまは{name}さん)' if shared else '画面をロックする'
    with tag('button', '', 'operator-button', type='button', aria_label=label, data_operator=True):
        icon('switch_account' if shared else 'lock')
        tag('span', name if shared else 'ロック', 'operator-name')
