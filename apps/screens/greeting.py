"""The first thing somebody reads after signing in: when and from where they came last, and what failed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.people import Person
from apps.reading.shown import moment_text
from apps.tags import button, icon, tag

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.sign_ins import SignIn


def draw_greeting(context: AppContext, person: Person) -> None:
    """A line above the screen, until it is closed or the page is loaded anew."""
    known = context.sign_ins.last(person.account)
    if not known:
        return
    failed = known[0].failed
    with tag('div', '', f'greeting notice {"warning" if failed else "info"}', role='status') as frame:
        icon('warning' if failed else 'history')
        with tag('div', '', 'notice-words'):
            tag('div', sign_in_text(known[1]) if len(known) > 1 else 'はじめてのサインインです。')
            if failed:
                tag(
                    'div',
                    f'そのあと、サインインの失敗が{failed}回ありました。覚えがなければ、システム管理者に知らせてください。',
                )
        with button('', frame.delete, 'icon-button', aria_label='この知らせを閉じる'):
            icon('close')


def sign_in_text(known: SignIn) -> str:
    """One sign-in, as a sentence."""
    return f'前回のサインイン: {moment_text(known.at)}、{known.place or "不明なネットワーク"}から'
