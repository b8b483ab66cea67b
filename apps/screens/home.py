"""Home: what waits for me, what is late, what I did lately, and the doors to the apps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from nicegui import background_tasks, run

from apps.addresses import PROBLEMS, app_address, call_address
from apps.live import DefinitionsChanged
from apps.people import Person, may
from apps.reading import Home
from apps.reading.homes import Work
from apps.reading.narrowing import deadline_field
from apps.screens.record_line import draw_record_line
from apps.tags import icon, link, tag
from forms.japanese.era import wareki

if TYPE_CHECKING:
    from nicegui.elements.mixins.text_element import TextElement

    from apps.frame import Frame
    from forms.definition import AppDefinition

_SHOWN = 6
_FEW = 3
"""Lines per app in a card; of what was done lately a few, or as many as the cards beside it are long."""


def draw(frame: Frame) -> None:
    """The home page; the work is read outside the loop and follows at once."""
    person = frame.person()
    if person is None:
        return
    frame.title('ホーム')
    now = frame.context.clock.now()
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('p', wareki(now.date()), 'home-date')
        tag('h1', f'{_greeting(now.hour)}、{person.name}さん', 'page-title')
    calls = tag('nav', '', 'home-calls', aria_label='電話を受ける')
    problems = tag('div')
    work = tag('div', '', 'home-work', aria_busy='true')
    apps = tag('section', '', 'home-apps')

    def show_definitions(happening: object = None) -> None:
        if happening is None or (isinstance(happening, DefinitionsChanged) and not apps.is_deleted):
            for place in (calls, problems, apps):
                place.clear()
            with calls:
                _calls(frame.context.reading.apps(person), person)
            with problems:
                _problems(frame, person)
            with apps:
                _apps(frame.context.reading.apps(person))

    show_definitions()
    frame.listen(show_definitions)
    background_tasks.create(_fill(frame, work, person), name='work on the home page')


async def _fill(frame: Frame, place: object, person: Person) -> None:
    home = await run.io_bound(frame.context.reading.home, by=person)
    if home is not None and not place.is_deleted:  # type: ignore[attr-defined]
        place.props.pop('aria-busy', None)  # type: ignore[attr-defined]
        with place:  # type: ignore[attr-defined]
            _work(frame, home, person)


def _work(frame: Frame, home: Home, person: Person) -> None:
    _mine(frame, home.mine, person)
    _late(frame, home.late, person)
    if home.recent:
        with _card('history', 'さいきん変えた記録'):
            beside = sum(min(len(each.rows), _SHOWN) for each in (*home.mine, *home.late))
            for definition, work in _known(frame, home.recent):
                _lines(definition, work, max(_FEW, beside // len(home.recent)))


def _mine(frame: Frame, works: Iterable[Work], person: Person) -> None:
    listed = list(_known(frame, works))
    with _card('assignment_ind', 'わたしの仕事', sum(work.total for _, work in listed)):
        if not listed:
            tag('p', 'あなたが担当の仕事は、いまはありません。', 'home-nothing')
        for definition, work in listed:
            _lines(definition, work, _SHOWN)
            if work.total > _SHOWN:
                assignee = getattr(definition.capabilities['workflow'], 'assignee', '')
                _more(definition, work.total, {assignee: person.account})


def _late(frame: Frame, works: Iterable[Work], person: Person) -> None:
    listed = list(_known(frame, works))
    everybody = 'supervisor' in person.roles
    with _card('assignment_late', '期限を過ぎたもの', sum(work.total for _, work in listed), alert=True):
        told = '担当を問わず、期限を過ぎた仕事です。' if everybody else 'あなたの担当か、まだ担当のいない仕事です。'
        tag('p', told if listed else '期限を過ぎた仕事はありません。', 'home-nothing')
        for definition, work in listed:
            _lines(definition, work, _SHOWN)
            if work.total > _SHOWN:
                _more(definition, work.total, {deadline_field(definition): 'overdue'})


def _known(frame: Frame, works: Iterable[Work]) -> Iterator[tuple[AppDefinition, Work]]:
    for each in works:
        definition = frame.context.catalogue.find(each.app)
        if definition is not None:
            yield definition, each


def _card(icon_name: str, title: str, total: int = 0, *, alert: bool = False) -> TextElement:
    """A card with its heading; what belongs into it is drawn where it is open. alert: what it counts is late."""
    with tag('section', '', 'card card-body home-card') as card, tag('h2', '', 'card-title'):
        icon(icon_name)
        tag('span', title)
        if total:
            tag('span', f'{total:,}', 'count alert' if alert else 'count')
    return card


def _lines(definition: AppDefinition, work: Work, most: int) -> None:
    tag('h3', definition.title, 'home-app')
    with tag('ul', '', 'record-links'):
        for row in work.rows[:most]:
            draw_record_line(definition, row)


def _more(definition: AppDefinition, total: int, narrowed: Mapping[str, str]) -> None:
    """The way to all of them, where a list offers this narrowing; else to the list, without promising a number."""
    view = next((each for each in definition.views if each.type == 'list' and {*narrowed} <= {*each.filters}), None)
    if view is None:
        link(f'{definition.title}の一覧へ', app_address(definition.name), 'button plain')
        return
    query = {f'filter.{name}': value for name, value in narrowed.items()}
    address = app_address(definition.name, '' if view == definition.views[0] else view.name, query)
    link(f'{total:,}件すべてを見る', address, 'button plain')


def _problems(frame: Frame, person: Person) -> None:
    count = len(frame.context.catalogue.problems)
    if count and 'leader' in person.roles:
        with tag('div', '', 'notice warning home-problems'):
            icon('rule')
            with tag('div'):
                tag('strong', f'アプリの定義に誤りが{count}件あります。')
                tag('div', '直るまでは、最後に正しかった定義で動いています。')
                link('誤りを見る', PROBLEMS, 'button plain')


def _calls(apps: list[AppDefinition], person: Person) -> None:
    """The telephone rings now: the way to each phone screen is one tap."""
    for each in apps:
        if 'call' in each.capabilities and may(person, each, 'create'):
            with link('', call_address(each.name), 'button solid large'):
                icon('call')
                tag('span', f'{each.title}の電話を受ける')


def _apps(apps: list[AppDefinition]) -> None:
    tag('h2', 'アプリ', 'card-title')
    if not apps:
        tag('p', '使えるアプリがまだありません。デジタル推進リーダーに聞いてください。', 'empty')
    with tag('div', '', 'tiles'):
        for each in apps:
            with link('', app_address(each.name), 'tile'):
                with tag('span', '', 'app-mark', aria_hidden='true'):
                    icon(each.icon)
                with tag('span', '', 'tile-words'):
                    tag('span', each.title, 'tile-title')
                    tag('span', each.description, 'tile-note')


def _greeting(hour: int) -> str:
    if 4 <= hour < 11:
        return 'おはようございます'
    return 'こんにちは' if 11 <= hour < 18 else 'おつかれさまです'
