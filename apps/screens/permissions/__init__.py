"""Who may do what in an app: the rules in words, what a chosen person sees of it, and to whom it is lent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apps.addresses import app_address
from apps.people import Person, may
from apps.screens.permissions.asked import Asked
from apps.screens.permissions.lending import Lending
from apps.screens.permissions.preview import Preview
from apps.screens.refusal import draw_not_found
from apps.tags import icon, link, tag
from forms.capabilities.permissions.words import sentences

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition

__all__ = ['Asked', 'draw']


def draw(frame: Frame, app: str, asked: Asked) -> None:
    """For who may change the definition; where nobody may, administrators come here to lend it."""
    person, definition = frame.person(), frame.context.catalogue.find(app)
    if person is None:
        return
    if definition is None or not frame.context.grants.may_give(definition, person):
        draw_not_found(frame)
        return
    frame.title(f'権限と見え方 - {definition.title}', definition.title)
    _head(definition, person)
    with tag('div', '', 'permission-cards'):
        if may(person, definition, 'define'):
            Preview(frame, definition, asked).draw(person)
        _rules(definition)
        Lending(frame, definition).draw()


def _head(definition: AppDefinition, person: Person) -> None:
    if may(person, definition, 'see'):
        with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
            link(definition.title, app_address(definition.name))
            tag('span', '›', aria_hidden='true')
            tag('span', '権限と見え方', aria_current='page')
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('h1', '権限と見え方', 'page-title')
        tag('p', f'「{definition.title}」で、だれが何をできるか、だれに何が見えるかを確かめます。', 'page-lead')


def _rules(definition: AppDefinition) -> None:
    permissions: Any = definition.capabilities.get('permissions')
    with tag('section', '', 'card card-body record-section'):
        with tag('h2', '', 'card-title'):
            icon('rule')
            tag('span', '書かれている権限')
        if permissions is None:
            tag('p', '権限は書かれていません。委託先とシステム管理者のほかは、だれでも見て、登録して、変更できます。')
            return
        with tag('ul', '', 'permission-rules'):
            for rule in permissions.rules:
                tag('li', ''.join(sentences(definition, rule)))
        tag('p', 'ここに書かれていないことは、だれにもできません。', 'hint')
