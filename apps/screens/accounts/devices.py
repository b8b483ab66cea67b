"""Devices that several people share: this one is marked here, and all of them can be taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from apps.addresses import SHARED_DEVICES, prefix_of, query_of
from apps.devices import Device
from apps.outcome import Refused
from apps.reading.shown import moment_text
from apps.screens.accounts.boxes import Said
from apps.screens.accounts.place import administrator, enter
from apps.tags import button, notice, tag

if TYPE_CHECKING:
    from apps.frame import Frame


def draw(frame: Frame) -> None:
    lead = '共用の端末では、画面を開いたまま、PINで担当者を切り替えられます。操作がないと早めにロックします。'
    if enter(frame, '共用の端末', lead) is None:
        return
    said = Said()
    if query_of(frame.path).get('wrong'):
        said.say('error', '端末の名前を入力してください。')
    with tag('div', '', 'account-parts'):
        _share(frame)
        place = tag('section', '', 'card card-body', aria_label='共用にしている端末')
        _fill(frame, place, said)


def _share(frame: Frame) -> None:
    session = frame.context.sessions.find(frame.token)
    device = frame.context.devices.get(session.device) if session and session.device else None
    with tag('section', '', 'card card-body', aria_label='この端末'):
        tag('h2', 'この端末', 'card-title')
        if device is not None:
            notice('info', f'この端末は「{device.name}」として共用になっています。')
            return
        address = prefix_of(frame.client.request) + SHARED_DEVICES
        with tag('form', '', 'account-form', method='post', action=address):
            with tag('div', '', 'account-box'):
                tag('label', '端末の名前', 'toolbar-label', for_='device-name')
                tag('p', '置いてある場所が分かる名前。例 1階窓口のタブレット', 'hint', id='device-name-hint')
                box = tag('input', '', 'field-box', id='device-name', name='name', required=True, maxlength='60')
                box.props['aria-describedby'] = 'device-name-hint'
            tag(
                'p',
                '押すと、サインインの画面に戻ります。ここで働く人が1回ずつパスワードでサインインすると、切り替えられます。',
            )
            tag('button', 'この端末を共用にする', 'button solid', type='submit')


def _fill(frame: Frame, place: object, said: Said) -> None:
    devices = frame.context.devices.all()
    place.clear()  # type: ignore[attr-defined]
    with place:  # type: ignore[attr-defined]
        tag('h2', '共用にしている端末', 'card-title')
        if not devices:
            tag('p', 'まだありません。', 'hint')
            return
        with tag('ul', '', 'account-planned'):
            for each in devices:
                with tag('li'):
                    with tag('div'):
                        tag('strong', each.name)
                        tag('div', f'{moment_text(each.since)}から', 'tile-note')
                    revoke = partial(_revoke, frame, each, place, said)
                    button('共用をやめる', revoke, 'button outline', aria_label=f'{each.name}の共用をやめる')


async def _revoke(frame: Frame, device: Device, place: object, said: Said) -> None:
    by = administrator(frame)
    if by is None:
        return
    try:
        await frame.context.devices.revoke(device.id, by=by)
    except Refused as refused:
        said.say('error', refused.detail)
        return
    frame.context.sessions.end_on(device.id)
    await frame.context.audit.note('device', by, way='revoke', target=device.id)
    said.say('success', f'「{device.name}」の共用をやめました。そこで開いていた画面は閉じました。')
    if frame.person() is not None:
        _fill(frame, place, said)
