"""What every page of the administrators has: its head, its way back, and the question whether one may be here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apps.addresses import ACCOUNTS
from apps.people import ROLES, Person
from apps.screens.refusal import draw_not_allowed
from apps.tags import link, tag

if TYPE_CHECKING:
    from apps.account import Account
    from apps.frame import Frame


def administrator(frame: Frame) -> Person | None:
    """The person at the page, when they manage accounts at this moment."""
    person = frame.person()
    return person if person is not None and 'administrator' in person.roles else None


def enter(frame: Frame, title: str, lead: str = '', *, inside: bool = True) -> Person | None:
    """Draw the head of a page; None, and why, for everybody who is no administrator."""
    person = administrator(frame)
    if person is None:
        if frame.person() is not None:
            draw_not_allowed(frame, '利用者を管理できるのは、システム管理者です。')
        return None
    frame.title(title, '利用者')
    if inside:
        with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
            link('利用者', ACCOUNTS)
            tag('span', '›', aria_hidden='true')
            tag('span', title, aria_current='page')
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('h1', title, 'page-title')
        if lead:
            tag('p', lead, 'page-lead')
    return person


def roles_text(roles: tuple[str, ...]) -> str:
    return '・'.join(ROLES[each] for each in roles if each in ROLES) or '役割なし'


def state_of(account: Account, has_password: bool) -> tuple[str, str]:
    """What to say about whether an account can be used, and the colour of it."""
    if account.disabled:
        return '停止中', 'gray'
    if not has_password:
        return 'パスワードなし', 'orange'
    return ('仮パスワード', 'orange') if account.temporary else ('利用中', 'green')
