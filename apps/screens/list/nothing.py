"""What a list without records says: why there are none, and every way on that could lead to some."""

from __future__ import annotations

from collections.abc import Mapping

from apps.addresses import app_address
from apps.people import may
from apps.screens.list.asked import Asked
from apps.screens.view_screen import ViewScene
from apps.tags import icon, link, tag


def draw_nothing(scene: ViewScene, asked: Asked, usual: Mapping[str, str]) -> None:
    """Into the place that is open. usual: the filters that are in force without having been chosen."""
    person = scene.person()
    seen = scene.context.reading.sight(scene.definition, person).condition() if person is not None else None
    if scene.context.store.count(scene.definition.name, seen) == 0:
        _draw_beginning(scene)
        return
    icon('search_off' if asked.text else 'inbox')
    tag('p', 'この条件に合う記録はありません。')
    with tag('div', '', 'empty-ways'):
        narrowing = {name: value for name, value in usual.items() if name not in asked.filters}
        if narrowing:
            wider = asked.widened(narrowing)
            text = 'すべての年度でさがす' if asked.text else 'すべての年度を見る'
            link(text, scene.address(wider.query()), 'button outline')
        if asked.text:
            _draw_other_lists(scene, asked)
        if asked.text or asked.filters:
            link('条件を消す', scene.address(Asked().query()), 'button plain' if narrowing else 'button outline')


def _draw_beginning(scene: ViewScene) -> None:
    person = scene.person()
    icon('inbox')
    if person is not None and may(person, scene.definition, 'create'):
        tag('p', 'まだ記録はありません。「新しく登録する」から始めてください。')
    else:
        tag('p', 'まだ記録はありません。')


def _draw_other_lists(scene: ViewScene, asked: Asked) -> None:
    """The lists that hold more than this one, when it shows only a part (未完了) of the records."""
    if scene.view.filter is None:
        return
    for each in scene.definition.views:
        if each.type == 'list' and each.filter is None:
            address = app_address(scene.definition.name, each.name, scene.hidden({'q': asked.text}))
            link(f'「{each.name}」からさがす', address, 'button outline')
