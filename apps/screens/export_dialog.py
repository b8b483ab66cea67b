"""The dialog that writes the records of a view into a file: format, purpose, progress, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from apps.addresses import prefix_of
from apps.excel.desk import Job
from apps.excel.export import Choice, formats_of
from apps.excel.purpose import is_personal
from apps.outcome import Refused
from apps.purposes import OTHER
from apps.tags import button, icon, notice, tag

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.people import Person
    from forms.definition import AppDefinition

_SEND_FORM = '(e) => { e.preventDefault(); emit(Object.fromEntries(new FormData(e.target))) }'
_ABOUT = {
    'xlsx': '項目定義・コード表・出力情報のシートが付きます。',
    'csv': 'ほかのシステムに渡すとき。表ごとのファイルをまとめたZIPです。',
    'csv_sjis': '古いシステムに渡すとき。書けない文字は〓にして、一覧を付けます。',
    'geojson': 'GISソフト(QGISなど)で開くとき。緯度と経度は世界測地系です。',
    'points_csv': '緯度と経度の列がある表です。GISに読み込めます。',
    'points_csv_sjis': '緯度と経度の列がある表を、Shift_JISで書きます。',
}


class ExportDialog:
    """Drawn into `place`. view '': the whole app. count: how many records the choice holds.

    person: who is signed in at this moment.
    """

    def __init__(  # noqa: PLR0913 - what is exported, for whom, and where it is drawn
        self,
        context: AppContext,
        definition: AppDefinition,
        place: Any,
        *,
        person: Callable[[], Person | None],
        view: str,
        filters: Mapping[str, str],
        text: str,
        count: int,
    ) -> None:
        self._context = context
        self._definition = definition
        self._place = place
        self._person = person
        self._view = view
        self._filters = filters
        self._text = text
        self._count = count
        self._job: Job | None = None

    def open(self) -> None:
        """Show it; nothing is written before its button is pressed."""
        self._place.clear()
        with self._place, tag('dialog', '', 'dialog export-dialog', aria_label='書き出し') as dialog:
            tag('h2', 'データを書き出す', 'dialog-title')
            self._said = tag('div')
            self._body = tag('div')
            with self._body:
                self._form()
        dialog.on('close', self._close, args=[])
        dialog.run_method('showModal')

    def _form(self) -> None:
        with tag('form', '', 'export-form') as form:
            if self._view:
                self._scope()
            with tag('fieldset', '', 'export-choices side-by-side'):
                tag('legend', '形式', 'toolbar-label')
                for name, title in formats_of(self._definition).items():
                    self._radio('format', name, title, _ABOUT[name], on=name == 'xlsx')
            if any(each.TYPE == 'select_multiple' for each in self._definition.fields.values()):
                with tag('label', '', 'check'):
                    tag('input', type='checkbox', name='long')
                    tag('span', '複数選択を、選んだもの1つにつき1行の別の表にする')
            if is_personal(self._definition):
                self._purpose()
            with tag('div', '', 'dialog-buttons'):
                button('やめる', self._close, 'button outline')
                tag('button', '書き出す', 'button solid', type='submit')
        form.on('submit', self._start, js_handler=_SEND_FORM)

    def _scope(self) -> None:
        with tag('fieldset', '', 'export-choices'):
            tag('legend', '範囲', 'toolbar-label')
            narrowed = '、この絞り込みと検索' if self._text or any(self._filters.values()) else ''
            about = f'一覧「{self._view}」{narrowed}のとおり。{self._count:,}件です。'
            self._radio('scope', 'view', 'いま見ている一覧', about, on=True)
            self._radio('scope', 'all', 'アプリのすべての記録', '一覧の条件も絞り込みもなしで、全部です。', on=False)

    def _radio(self, name: str, value: str, title: str, about: str, *, on: bool) -> None:
        with tag('label', '', 'export-choice'):
            box = tag('input', type='radio', name=name, value=value)
            box.props['defaultChecked'] = on
            with tag('span'):
                tag('strong', title)
                tag('span', about, 'tile-note')

    def _purpose(self) -> None:
        with tag('div', '', 'export-purpose'):
            tag('label', '書き出す目的', 'toolbar-label', for_='export-purpose')
            tag('p', 'このアプリには個人情報があります。目的は監査記録とファイルに残ります。', 'hint')
            with tag('select', '', 'field-box', id='export-purpose', name='purpose', required=True):
                tag('option', '選んでください', value='')
                for each in (*self._context.settings.export_purposes, OTHER):
                    tag('option', each, value=each)
            with tag('div', '', 'export-other'):
                tag('label', f'{OTHER}の目的', 'toolbar-label', for_='export-other')
                tag('input', '', 'field-box', id='export-other', name='other', type='text', maxlength=150)

    # ---- what the person does

    def _start(self, event: GenericEventArguments) -> None:
        person = self._person()
        given: Mapping[str, Any] = event.args if isinstance(event.args, dict) else {}
        if person is None:
            return
        purpose = str(given.get('purpose') or '')
        if purpose == OTHER:
            purpose = f'{OTHER}: {given.get("other") or ""}'
        whole = not self._view or given.get('scope') == 'all'
        choice = Choice(
            '' if whole else self._view,
            {} if whole else self._filters,
            '' if whole else self._text,
            purpose,
            str(given.get('format') or 'xlsx'),
            'long' in given,
        )
        app = self._definition.name
        of = self._context.store.count(app) if whole else self._count
        try:
            self._job = self._context.exports.start(app, choice, of, by=person, changed=self._changed)
        except Refused as refused:
            self._say(refused.detail)
            return
        self._progress()

    def _progress(self) -> None:
        self._said.clear()
        self._body.clear()
        with self._body:
            self._words = tag('p', '書き出しています', 'dialog-lead', role='status')
            self._bar = tag('progress', '', 'export-progress', max=100, aria_label='書き出しの進みぐあい')
            with tag('div', '', 'dialog-buttons'):
                button('書き出しをやめる', self._close, 'button outline')

    def _changed(self) -> None:
        job = self._job
        if job is None or self._place.is_deleted or self._body.is_deleted:
            return
        if job.state == 'writing':
            self._words.set_text(f'{job.done:,}件まで書きました')
            self._bar.props['value'] = min(99, round(100 * job.done / max(1, job.of)))
        elif job.state == 'refused':
            self._job = None
            self._body.clear()
            with self._body:
                self._form()
            self._say(job.detail)
        elif job.state == 'ready':
            self._ready(job)

    def _ready(self, job: Job) -> None:
        """Fetched by a press of the person's own: a browser may refuse what comes by itself."""
        self._job = None
        self._body.clear()
        address = prefix_of(self._place.client.request) + f'/api/v1/exports/{job.id}'
        with self._body:
            notice('success', f'{job.done:,}件を書き出しました。', role='status')
            if job.unwritten:
                left = f'{job.unwritten:,}文字は、この形式で書けないため〓にしました。'
                notice('warning', f'{left}一覧がファイルの中にあります。')
            with tag('div', '', 'dialog-buttons'):
                file = tag('a', '', 'button solid', href=address, download=job.name)
            with file:
                icon('download')
                tag('span', 'ファイルを受け取る')
        file.on('click', self._place.clear, args=[])
        with self._place.client:
            ui.run_javascript(f'document.getElementById("{file.html_id}")?.focus()')

    def _say(self, text: str) -> None:
        self._said.clear()
        with self._said:
            notice('error', text)

    def _close(self) -> None:
        """Also by Escape: what is being written then is called off."""
        job, self._job = self._job, None
        if job is not None and job.state == 'writing':
            self._context.exports.cancel(job)
        if not self._place.is_deleted:
            self._place.clear()
