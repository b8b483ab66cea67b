"""APIトークン, on one's own page: what there is, a new one shown once, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui.events import GenericEventArguments

from apps.outcome import Refused
from apps.people import Person
from apps.reading.shown import moment_text
from apps.scopes import SCOPES
from apps.screens.accounts.boxes import SEND_FORM, Boxes, Said, given
from apps.tags import button, notice, tag
from apps.tokens import DAYS, MOST_DAYS, Token
from forms.message import Message

if TYPE_CHECKING:
    from apps.frame import Frame

_LEAD = 'ほかのプログラムやExcelから、あなたの権限で記録を読み書きするためのものです。パスワードの代わりになります。'


def draw(frame: Frame, person: Person) -> None:
    """The card. On a device that several people share no token is made: it would outlive the one who sits there."""
    with tag('section', '', 'card card-body', aria_label='APIトークン'):
        tag('h2', 'APIトークン', 'card-title')
        tag('p', _LEAD)
        said = Said()
        place = tag('div', '')
        _fill(frame, place, said)
        session = frame.context.sessions.find(frame.token)
        if session is not None and session.device:
            notice('info', '共用の端末では、APIトークンを作れません。自分の端末で作ってください。')
        else:
            _form(frame, person, place, said)


def _fill(frame: Frame, place: Any, said: Said) -> None:
    person = frame.person()
    if person is None:
        return
    place.clear()
    with place, tag('ul', '', 'account-planned'):
        tokens = frame.context.tokens.of(person.account)
        for each in tokens:
            with tag('li'):
                _line(frame, each)
                if not each.ended:
                    button('取り消す', partial(_revoke, frame, each, place, said), 'button outline')
        if not tokens:
            tag('li', 'まだありません。')


def _line(frame: Frame, token: Token) -> None:
    titles = {each.name: each.title for each in frame.context.catalogue.all()}
    with tag('div'):
        tag('strong', token.name)
        if token.ended:
            tag('span', token.ended, 'chip gray token-ended')
        where = '、'.join(titles.get(each, each) for each in token.apps) or '見ることのできるアプリすべて'
        reach = '・'.join(SCOPES[each].partition('(')[0] for each in token.scopes)
        tag('div', f'{reach}。{where}', 'tile-note')
        used = moment_text(token.used.isoformat()) if token.used else 'まだ使われていません'
        tag('div', f'{moment_text(token.expires.isoformat())}まで。最後の利用: {used}', 'tile-note')


def _form(frame: Frame, person: Person, place: Any, said: Said) -> None:
    with tag('details', '', 'account-more'):
        tag('summary', '新しいトークンを作る', 'button outline')
        shown = tag('div', '', 'token-once')
        with tag('form', '', 'account-form') as form:
            boxes = Boxes('token')
            boxes.text('name', '名前', '何に使うか。例 月報のExcel')
            boxes.choices('scopes', 'できること(読むことは、いつもできます)', _beyond_reading().items(), [])
            apps = [(each.name, each.title) for each in frame.context.reading.apps(person)]
            boxes.choices('apps', '使えるアプリ(選ばなければ、すべて)', apps, [])
            boxes.text('days', '有効期間(日)', f'{MOST_DAYS}日まで。', kind='number', value=str(DAYS))
            tag('button', 'トークンを作る', 'button solid', type='submit')

    async def make(event: GenericEventArguments) -> None:
        by, sent = frame.person(), given(event)
        if by is None:
            return
        days = sent.get('days', '').strip()
        mistakes = [] if days.isdecimal() else [Message('days', 'token', '日数を数字で入力してください。')]
        boxes.show(mistakes)
        if mistakes:
            return
        try:
            text, _ = await frame.context.tokens.make(
                by.account,
                sent.get('name', ''),
                _chosen('scopes', sent),
                apps=_chosen('apps', sent),
                days=int(days),
                by=by,
            )
        except Refused as refused:
            boxes.show([Message('days' if '期間' in refused.detail else 'name', 'token', refused.detail)])
            return
        shown.clear()
        with shown:
            notice('success', 'トークンを作りました。いま写してください。この画面を離れると、もう見られません。')
            tag('code', text, 'token-text')
        _fill(frame, place, said)

    form.on('submit', make, js_handler=SEND_FORM)


async def _revoke(frame: Frame, token: Token, place: Any, said: Said) -> None:
    person = frame.person()
    if person is None or token.account != person.account:
        return
    await frame.context.tokens.revoke(token.id, by=person)
    said.say('success', f'「{token.name}」を取り消しました。もう使えません。')
    _fill(frame, place, said)


def _beyond_reading() -> Mapping[str, str]:
    return {name: told for name, told in SCOPES.items() if name != 'read'}


def _chosen(group: str, sent: Mapping[str, str]) -> list[str]:
    return [name.removeprefix(f'{group}.') for name in sent if name.startswith(f'{group}.')]
