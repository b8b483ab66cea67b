"""自分の設定: who one is here, when one came, where one is signed in, password and PIN."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui.events import GenericEventArguments

from apps.addresses import ME, NEW_PASSWORD, prefix_of, query_of
from apps.passwords import MISTAKES, SHORTEST
from apps.people import Person
from apps.pins import LONGEST, pin_mistake
from apps.pins import SHORTEST as SHORTEST_PIN
from apps.reading.shown import moment_text
from apps.screens.accounts.boxes import SEND_FORM, Boxes, Said, given
from apps.screens.accounts.place import roles_text
from apps.sessions import Session
from apps.tags import button, tag
from forms.message import Message

if TYPE_CHECKING:
    from apps.frame import Frame

Part = Callable[['Frame', Person], None]
_PARTS: list[Part] = []


def own_part(part: Part) -> Part:
    """Decorator: a card of this page that lives in another file. It is called with the frame and the person.

    Whoever makes personal tokens adds theirs so; `frame.person()` has to be asked again in every handler.
    """
    if part not in _PARTS:
        _PARTS.append(part)
    return part


def draw(frame: Frame) -> None:
    person = frame.person()
    if person is None:
        return
    frame.title('自分の設定')
    with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
        tag('h1', '自分の設定', 'page-title')
    said = Said()
    asked = query_of(frame.path)
    if asked.get('changed'):
        said.say('success', 'パスワードを変えました。ほかの端末のサインインは終わりました。')
    with tag('div', '', 'account-parts'):
        _facts(frame, person)
        _pin(frame, person, said)
        _password(frame, MISTAKES.get(asked.get('wrong', ''), ''))
        _sessions(frame, said, tag('section', '', 'card card-body', aria_label='サインインしている端末'))
        for each in _PARTS:
            each(frame, person)


def _facts(frame: Frame, person: Person) -> None:
    with tag('section', '', 'card card-body', aria_label='あなた'):
        with tag('dl', '', 'facts'):
            for name, text in (
                ('氏名', person.name),
                ('利用者ID', person.account),
                ('所属', '・'.join(person.sections) or 'なし'),
                ('役割', roles_text(person.roles)),
            ):
                tag('dt', name)
                tag('dd', text)
        tag('h2', '最近のサインイン', 'card-title')
        known = frame.context.sign_ins.last(person.account)
        with tag('ul', '', 'account-planned'):
            for each in known:
                failed = f'。その前に失敗{each.failed}回' if each.failed else ''
                tag('li', f'{moment_text(each.at)} {each.place}{failed}')
            if not known:
                tag('li', 'まだありません。')


def _pin(frame: Frame, person: Person, said: Said) -> None:
    pins = frame.context.pins
    with tag('section', '', 'card card-body', aria_label='PIN'):
        tag('h2', 'PIN', 'card-title')
        tag('p', 'ロックした画面を開くときと、共用の端末で担当者を切り替えるときに使います。')
        state = tag('p', _pin_state(pins.has(person.account)))
        with tag('form', '', 'account-form') as form:
            boxes = Boxes('pin')
            boxes.text('password', 'いまのパスワード', kind='password', fills='current-password')
            boxes.text('pin', '新しいPIN', f'{SHORTEST_PIN}けたから{LONGEST}けたの数字。', kind='password')
            tag('button', 'PINを決める', 'button solid', type='submit')

    async def decide(event: GenericEventArguments) -> None:
        by, sent = frame.person(), given(event)
        if by is None:
            return
        mistakes = []
        if not await frame.context.accounts.is_password(by.account, sent.get('password', '')):
            mistakes.append(Message('password', 'account', MISTAKES['wrong']))
        if wrong := pin_mistake(sent.get('pin', '')):
            mistakes.append(Message('pin', 'account', wrong))
        boxes.show(mistakes)
        if mistakes:
            return
        pins.set(by.account, sent['pin'])
        await frame.context.audit.note('account', by, way='pin', target=by.account)
        state.set_text(_pin_state(True))
        said.say('success', 'PINを決めました。')

    form.on('submit', decide, js_handler=SEND_FORM)


def _pin_state(has: bool) -> str:
    return 'PINは決めてあります。' if has else 'PINはまだ決めていません。'


def _password(frame: Frame, wrong: str) -> None:
    """A plain form: the answer brings the cookie of a fresh session, and password managers know it."""
    address = prefix_of(frame.client.request) + NEW_PASSWORD
    with tag('section', '', 'card card-body', aria_label='パスワード'):
        tag('h2', 'パスワード', 'card-title')
        with tag('form', '', 'account-form', method='post', action=address):
            tag('input', type='hidden', name='to', value=f'{ME}?changed=1')
            boxes = Boxes('own')
            boxes.text('current', 'いまのパスワード', kind='password', fills='current-password')
            boxes.text('password', '新しいパスワード', f'{SHORTEST}文字以上。', kind='password', fills='new-password')
            boxes.text('again', '新しいパスワード(もう一度)', kind='password', fills='new-password')
            tag('button', 'パスワードを変える', 'button solid', type='submit')
        if wrong:
            field = 'current' if wrong == MISTAKES['wrong'] else 'again' if wrong == MISTAKES['differs'] else 'password'
            boxes.show([Message(field, 'account', wrong)])


def _sessions(frame: Frame, said: Said, place: Any) -> None:
    person = frame.person()
    if person is None:
        return
    here = frame.context.sessions.find(frame.token)
    place.clear()
    with place:
        tag('h2', 'サインインしている端末', 'card-title')
        with tag('ul', '', 'account-planned'):
            for each in frame.context.sessions.of(person.account):
                with tag('li'):
                    with tag('div'):
                        tag('strong', _device(frame, each))
                        locked = '、ロック中' if each.locked else ''
                        told = f'{moment_text(each.opened.isoformat())}から {each.place}{locked}'
                        tag('div', told, 'tile-note')
                    if here is not None and each.id == here.id:
                        tag('span', 'この画面', 'chip blue')
                    else:
                        button('そこをサインアウトする', partial(_end, frame, each, said, place), 'button outline')


def _device(frame: Frame, session: Session) -> str:
    device = frame.context.devices.get(session.device) if session.device else None
    return device.name if device else '自分の端末'


def _end(frame: Frame, session: Session, said: Said, place: Any) -> None:
    person = frame.person()
    if person is None or session.account.account != person.account:
        return
    frame.context.sessions.end(session)
    frame.context.audit.note_soon('sign_out', person, way='elsewhere')
    said.say('success', 'その端末のサインインを終わらせました。')
    _sessions(frame, said, place)
