"""Two records side by side, field by field; on a narrow screen each field of one stands above that of the other."""

from __future__ import annotations

from apps.addresses import record_address
from apps.operations.world import World
from apps.reading import Shown
from apps.reading.compared import apart, compared
from apps.screens.detail.facts import draw_fact
from apps.tags import link, tag
from forms.definition import AppDefinition


def draw_side_by_side(definition: AppDefinition, one: Shown, other: Shown, world: World) -> None:
    """What differs stands there; what is the same in both is a press away, and told once."""
    with tag('section', '', 'card card-body', aria_label='2つを並べる'):
        with tag('ul', '', 'same-apart'):
            for words in apart(definition, one, other):
                tag('li', words, 'chip')
        with tag('div', '', 'same-heads'):
            _head(definition, 'A', one)
            _head(definition, 'B', other)
        lines = compared(definition, one, other)
        for line in lines:
            if not line.same:
                with tag('div', '', 'same-line'):
                    for mark, shown in (('A', one), ('B', other)):
                        with tag('dl', '', 'same-side', data_side=mark):
                            draw_fact(definition, line.field, shown, world)
        equal = [each.field for each in lines if each.same]
        if equal:
            with tag('details', '', 'more'):
                tag('summary', f'同じ内容の{len(equal)}項目も見る')
                with tag('dl', '', 'facts'):
                    for field in equal:
                        draw_fact(definition, field, one, world)


def _head(definition: AppDefinition, mark: str, shown: Shown) -> None:
    with tag('div', '', 'same-head'):
        tag('span', mark, 'same-mark', aria_hidden='true')
        with tag('h2', '', 'same-title'):
            link(shown.title or '(名前なし)', record_address(definition.name, shown.id))
        tag('p', f'登録 {" ".join(filter(None, shown.made))}', 'same-hint')
