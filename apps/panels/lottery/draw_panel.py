"""The panel of a lottery: applications against places, the draw with its seed, the result that anybody can check."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from nicegui import background_tasks, run
from nicegui.events import GenericEventArguments

from apps.addresses import draw_address
from apps.live import RecordChanged
from apps.outcome import Refused
from apps.panel import AppScene
from apps.panels.action_dialog import UNKNOWN
from apps.people import may
from apps.reading.lottery_standing import Standing, standing
from apps.reading.shown import moment_text
from apps.tags import button, icon, link, notice, tag
from forms.capabilities.period import Period, told

SHOWN = 50
"""Lines of the result on screen; all of them are in the CSV file."""

_SEND_FORM = '(e) => { e.preventDefault(); emit(Object.fromEntries(new FormData(e.target))) }'
_COLORS = {'当選': 'green', '補欠': 'orange', '落選': 'gray'}


class DrawPanel:
    """Drawn anew when applications come in and when it was drawn, but never while somebody types a seed."""

    def __init__(self, scene: AppScene) -> None:
        self._scene = scene
        self._app = scene.definition.name
        self._reading = 0
        self._typing = False
        # A draw is asked for once per page, however often the button is pressed.
        self._request_id = str(uuid4())

    def draw(self) -> None:
        self._place = tag('section', '', 'card card-body lottery', aria_labelledby='draw-title')
        with self._place:
            tag('h2', '抽選', 'card-title', id='draw-title')
        self._dialog = tag('div')
        self._scene.listen(self._happened)
        self._read()

    def _happened(self, happening: object) -> None:
        own = isinstance(happening, RecordChanged) and happening.app == self._app
        if own and not self._typing:
            self._read()

    def _read(self) -> None:
        self._reading += 1
        background_tasks.create(self._show(self._reading), name='lottery')

    async def _show(self, reading: int) -> None:
        person = self._scene.person()
        if person is None:
            return
        context = self._scene.context
        moment = context.reading.moment(person)
        now = await run.io_bound(standing, context.store, self._scene.definition, moment)
        if now is None or reading != self._reading or self._place.is_deleted:
            return
        self._place.clear()
        can_draw = may(person, self._scene.definition, 'act')
        with self._place:
            tag('h2', '抽選', 'card-title', id='draw-title')
            self._draw_stages(now, moment.now)
            self._news = tag('div', '', 'workflow-news')
            if now.held is None:
                self._draw_counts(now)
                self._draw_button(now, can_draw)
            else:
                self._draw_result(now.held)

    # ---- where it stands

    def _draw_stages(self, now: Standing, at: datetime) -> None:
        period = self._scene.definition.capabilities.get('period')
        stages = [('受付中', ''), ('締切', ''), ('抽選済', '')]
        current = 2 if now.held is not None else 0
        if isinstance(period, Period):
            opens, closes = (told(each) if each else '' for each in (period.opens, period.closes))
            stages = [('受付中', f'{opens}から' if opens else ''), ('締切', closes), ('抽選済', '')]
            current = 2 if now.held is not None else 1 if period.is_closed(at) else 0
        if now.held is not None:
            stages[2] = ('抽選済', moment_text(now.held['at']))
        with tag('ol', '', 'stages across'):
            for index, (name, note) in enumerate(stages):
                state = 'now' if index == current else 'passed' if index < current else ''
                with tag('li', '', f'stage {state}'.strip(), aria_current='step' if state == 'now' else None):
                    tag('span', name, 'stage-name')
                    tag('span', f'いまここ {note}'.strip() if state == 'now' else note, 'stage-note')

    def _draw_counts(self, now: Standing) -> None:
        out = f'(ほかに、取下げと締切後の申込み {now.out:,}件は抽選に加わりません)' if now.out else ''
        tag('p', f'抽選に加わる申込み {now.count:,}件{out}', 'lottery-count')
        ranks = len(now.sessions[0].by_rank) if now.sessions else 0
        with tag('div', '', 'rows-frame', tabindex='0', role='region', aria_label='回ごとの申込み'):
            with tag('table', '', 'rows lottery-sessions'):
                with tag('thead'), tag('tr'):
                    for head in ('回', '定員', *(f'第{rank + 1}希望' for rank in range(ranks)), '定員との比べ'):
                        tag('th', head, scope='col')
                with tag('tbody'):
                    for each in now.sessions:
                        with tag('tr'):
                            tag('th', each.name, scope='row')
                            tag('td', f'{each.capacity:,}人')
                            for count, persons in each.by_rank:
                                tag('td', f'{count:,}件 {persons:,}人')
                            over = each.by_rank[0][1] - each.capacity
                            tag('td', f'{over:,}人 超えています' if each.is_over else '定員まで入れます')

    # ---- the draw

    def _draw_button(self, now: Standing, can_draw: bool) -> None:
        if now.refusal or not can_draw:
            with tag('div', '', 'closed-action'):
                icon('lock')
                with tag('div'):
                    tag('strong', '抽選する')
                    tag('span', now.refusal or '抽選する権限がありません。')
            return
        with tag('form', '', 'draw-form') as form:
            with tag('div', '', 'draw-seed'):
                tag('label', '抽選の種', 'toolbar-label', for_='seed')
                tag('p', self._seed_hint(), 'draw-hint', id='seed-hint')
                box = tag('input', '', 'field-box', id='seed', name='seed', required=True, autocomplete='off')
                # A value that was announced must be typed by somebody who has seen it.
                given = '' if self._announced_source() else secrets.token_hex(8)
                # Not `value`: that would be put back over what is typed whenever anything on the page changes.
                box.props.update({'defaultValue': given, 'maxlength': 200, 'aria-describedby': 'seed-hint'})
                box.on('focus', self._hold, args=[])
            tag('button', '抽選する', 'button solid large', type='submit')
        form.on('submit', lambda event: self._confirm(event, now.count), js_handler=_SEND_FORM)

    def _announced_source(self) -> str:
        """Where the seed comes from, when that was told before; '' when it is chosen on the spot."""
        return str(getattr(self._scene.definition.capabilities['lottery'], 'public_value', ''))

    def _seed_hint(self) -> str:
        if source := self._announced_source():
            return f'前もって知らせた公開の値を入力します: {source}'
        return 'この言葉と受付番号から順番が決まります。会場で振ったさいころの目などに書き換えられます。'

    def _hold(self) -> None:
        self._typing = True

    def _confirm(self, event: GenericEventArguments, count: int) -> None:
        given: Any = event.args if isinstance(event.args, dict) else {}
        seed = str(given.get('seed') or '').strip()[:200]
        if not seed:
            self._refuse('抽選の種を入力してください。')
            return
        self._dialog.clear()
        with self._dialog, tag('dialog', '', 'dialog', aria_label='抽選する') as dialog:
            tag('h2', f'{count:,}件を抽選する', 'dialog-title')
            tag('p', '抽選は1回だけです。行ったあとは、やり直しも取り消しもできません。', 'dialog-lead')
            tag('p', '抽選の種', 'toolbar-label')
            tag('p', seed, 'ticket-hash')
            with tag('div', '', 'dialog-buttons'):
                button('やめる', self._dialog.clear, 'button outline')
                button('抽選する', lambda: self._hold_draw(seed), 'button solid')
        dialog.on('close', self._dialog.clear, args=[])
        dialog.run_method('showModal')

    async def _hold_draw(self, seed: str) -> None:
        person = self._scene.person()
        if person is None:
            return
        try:
            await self._scene.context.operations.draw(self._app, by=person, seed=seed, request_id=self._request_id)
        except Refused as refused:
            self._dialog.clear()
            self._refuse(refused.detail or UNKNOWN)
            return
        self._typing = False
        self._dialog.clear()
        self._read()

    def _refuse(self, text: str) -> None:
        if not self._news.is_deleted:
            self._news.clear()
            with self._news:
                notice('error', text)

    # ---- the result

    def _draw_result(self, held: Mapping[str, Any]) -> None:
        with tag('ul', '', 'outcomes'):
            for outcome, color in _COLORS.items():
                with tag('li', '', 'outcome-count'):
                    tag('span', outcome, f'chip {color}')
                    tag('strong', f'{held["outcomes"].get(outcome, 0):,}')
                    tag('span', '件')
        by = self._scene.context.directory.staff_name(held['by']) or held['by']
        tag('p', f'{by}が{moment_text(held["at"])}に抽選しました。2回目の抽選はできません。', 'lottery-count')
        self._draw_announcement()
        tag('p', '抽選の種', 'toolbar-label')
        tag('p', held['seed'], 'ticket-hash')
        with link('', draw_address(self._app), 'button outline', download=True):
            icon('download')
            tag('span', '抽選結果をCSVで受け取る')
        with tag('details', '', 'more'):
            tag('summary', '結果の表と確かめ方を見る')
            how = '抽選票は「抽選の種|番号」の SHA-256 です。小さい順に並べ、その順に希望の回へ入れます。'
            tag('p', how, 'draw-hint')
            self._draw_table(held)

    def _draw_announcement(self) -> None:
        period = self._scene.definition.capabilities.get('period')
        if isinstance(period, Period) and period.announced and not period.is_announced(self._scene.context.clock.now()):
            notice('warning', f'結果の発表は{told(period.announced)}です。それまで外へ知らせないでください。')

    def _draw_table(self, held: Mapping[str, Any]) -> None:
        with (
            tag('div', '', 'rows-frame', tabindex='0', role='region', aria_label='抽選結果'),
            tag('table', '', 'rows'),
        ):
            with tag('thead'), tag('tr'):
                for head in ('抽選順', '番号', '結果', '回', '抽選票'):
                    tag('th', head, scope='col')
            with tag('tbody'):
                for each in held['drawn'][:SHOWN]:
                    with tag('tr'):
                        tag('td', f'{each["order"]:,}')
                        tag('th', each['id'], scope='row')
                        with tag('td'):
                            tag('span', each['outcome'], f'chip {_COLORS.get(each["outcome"], "")}'.strip())
                        waiting = f'補欠{each["waiting"]}番' if each['waiting'] else ''
                        tag('td', f'{each["session"]} {waiting}'.strip())
                        tag('td', each['ticket'], 'ticket-hash')
        rest = len(held['drawn']) - SHOWN
        if rest > 0:
            tag('p', f'ほか {rest:,}件はCSVにあります。', 'draw-hint')
