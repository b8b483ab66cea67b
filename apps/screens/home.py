"""Home: what waits for me, what is late, what I did lately, and the doors to the apps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nicegui import background_tasks, run

from apps.addresses import PROBLEMS, app_address
from apps.people import Person
from apps.reading import Home
from apps.reading.homes import Work
from apps.reading.narrowing import deadline_field
from apps.screens.record_line import draw_record_line
from apps.tags import icon, link, tag
from forms.japanese.era import wareki

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition

_SHOWN = 6


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
    if 'leader' in person.roles:
        _problems(frame)
    work = tag('div', '', 'home-work', aria_busy='true')
    _apps(frame.context.reading.apps(person))
    background_tasks.create(_fill(frame, work, person), name='work on the home page')


async def _fill(frame: Frame, place: object, person: Person) -> None:
    home = await run.io_bound(frame.context.reading.home, by=person)
    if home is not None and not place.is_deleted:  # type: ignore[attr-defined]
        place.props.pop('aria-busy', None)  # type: ignore[attr-defined]
        with place:  # type: ignore[attr-defined]
            _work(frame, home)


def _work(frame: Frame, home: Home) -> None:
    late = {(each.app, row.id) for each in home.late for row in each.rows}
    _card(frame, 'assignment_ind', 'わたしの仕事', home.mine, 'あなたが担当の仕事は、いまはありません。', late)
    _card(frame, 'assignment_late', '期限を過ぎたもの', home.late, '期限を過ぎた仕事はありません。', alert=True)
    _card(
        frame,
        'history',
        'さいきん変えた記録',
        home.recent,
        'まだありません。',
        counted=False,
    )


def _card(  # noqa: PLR0913, PLR0917 - the parts of one card
    frame: Frame,
    icon_name: str,
    title: str,
    works: Iterable[Work],
    nothing: str,
    elsewhere: set[tuple[str, str]] | None = None,
    *,
    alert: bool = False,
    counted: bool = True,
) -> None:
    """One card. elsewhere: records that another card shows already. alert: they are late."""
    listed = list(works)
    total = sum(each.total for each in listed)
    with tag('section', '', 'card card-body home-card'):
        with tag('h2', '', 'card-title'):
            icon(icon_name)
            tag('span', title)
            if total and counted:
                tag('span', f'{total:,}', 'count alert' if alert else 'count')
        if not total:
            tag('p', nothing, 'home-nothing')
        for work in listed:
            definition = frame.context.catalogue.find(work.app)
            if definition is None:
                continue
            rows = [each for each in work.rows if (work.app, each.id) not in (elsewhere or ())] or list(work.rows)
            tag('h3', definition.title, 'home-app')
            with tag('ul', '', 'record-links'):
                for row in rows[:_SHOWN]:
                    draw_record_line(definition, row)
            if counted and work.total > min(len(rows), _SHOWN):
                _more(definition, work.total, late=alert)


def _more(definition: AppDefinition, total: int, *, late: bool) -> None:
    view = next((each.name for each in definition.views if deadline_field(definition) in each.filters), '')
    first = definition.views[0].name if definition.views else ''
    query = {f'filter.{deadline_field(definition)}': 'overdue'} if late and view else {}
    address = app_address(definition.name, '' if view in {'', first} else view, query)
    link(f'{total:,}件すべてを見る', address, 'button plain')


def _problems(frame: Frame) -> None:
    count = len(frame.context.catalogue.problems)
    if count:
        with tag('div', '', 'notice warning home-problems'):
            icon('rule')
            with tag('div'):
                tag('strong', f'アプリの定義に誤りが{count}件あります。')
                tag('div', '直るまでは、最後に正しかった定義で動いています。')
                link('誤りを見る', PROBLEMS, 'button plain')


def _apps(apps: list[AppDefinition]) -> None:
    with tag('section', '', 'home-apps'):
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
