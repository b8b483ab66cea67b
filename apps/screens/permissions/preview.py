"""What a chosen person sees of an app: their list, one of their records, their form. To look at only, and noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nicegui import run, ui
from nicegui.events import GenericEventArguments

from apps.addresses import permissions_address
from apps.form.form import EntryForm
from apps.outcome import Refused
from apps.people import ROLES, Person
from apps.reading import ON_RECORD, ListPage, Wanted
from apps.reading.shown import label_of
from apps.screens.accounts.boxes import SEND_FORM, given
from apps.screens.detail.facts import draw_sections
from apps.screens.detail.timeline import draw_timeline
from apps.screens.permissions.asked import NOBODY, Asked
from apps.tags import icon, notice, tag
from forms.capabilities.permissions.words import cannot, sentences
from forms.form_context import form_context
from forms.form_json import form_json
from forms.withheld_form import withheld_form

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition

MOST = 10
"""Records in the list that is shown."""


class Preview:
    """Nothing here is done in the other person's name: reading leaves no trace of theirs, and the form is dead."""

    def __init__(self, frame: Frame, definition: AppDefinition, asked: Asked) -> None:
        self._frame = frame
        self._definition = definition
        self._asked = asked

    def draw(self, person: Person) -> None:
        with tag('section', '', 'card card-body record-section', aria_labelledby='preview-title'):
            with tag('h2', '', 'card-title', id='preview-title'):
                icon('visibility')
                tag('span', 'この人にはこう見えます')
            self._draw_choice()
            who = self._asked.person(self._frame.context.accounts)
            if who is not None:
                self._draw_words(who)
                if self._frame.context.reading.sight(self._definition, person).withholds:
                    notice('info', 'あなたに見えない記録や項目があるので、ここでは記録を出しません。')
                else:
                    self._draw_eyes(person, who)

    # ---- whose eyes

    def _draw_choice(self) -> None:
        context = self._frame.context
        known = [each for each in context.accounts.all() if not each.disabled]
        people = [(each.account, f'{each.name}({each.account})') for each in known]
        sections = [(each, each) for each in context.directory.sections()]
        with tag('form', '', 'toolbar opened') as form:
            self._select('account', '人', [('', '役割で選ぶ'), *people], self._asked.account)
            self._select('role', '役割', [('', '選んでください'), *ROLES.items()], self._asked.role)
            self._select('section', '所属', [('', 'なし'), *sections], self._asked.section)
            tag('button', '見え方を確かめる', 'button solid', type='submit')
        form.on('submit', self._chosen, js_handler=SEND_FORM)

    def _select(self, name: str, label: str, options: list[tuple[str, str]], chosen: str) -> None:
        with tag('div', '', 'filter'):
            tag('label', label, 'toolbar-label', for_=f'preview-{name}')
            with tag('select', '', 'field-box', id=f'preview-{name}', name=name):
                for value, text in options:
                    tag('option', text, value=value or '', selected=value == chosen)

    def _chosen(self, event: GenericEventArguments) -> None:
        told = given(event)
        names = ('account',) if told.get('account') else ('role', 'section')
        query = {name: told[name] for name in names if told.get(name)}
        ui.navigate.to(permissions_address(self._definition.name, query))

    # ---- what they may do

    def _draw_words(self, who: Person) -> None:
        permissions: Any = self._definition.capabilities.get('permissions')
        moment = self._frame.context.reading.moment(who)
        rules = [rule for _, rule in permissions.about(moment)] if permissions is not None else []
        tag('h3', f'{who.name}の権限', 'preview-part')
        with tag('ul', '', 'permission-rules'):
            for rule in rules:
                tag('li', ''.join(sentences(self._definition, rule)))
            if permissions is not None:
                tag('li', cannot(rules) or 'できないことはありません。')
        if self._frame.context.grants.lent(self._definition.name, who.account):
            tag('p', 'この人には、いま、閲覧の許可が出ています。', 'hint')

    # ---- what they see

    def _draw_eyes(self, person: Person, who: Person) -> None:
        context, app = self._frame.context, self._definition.name
        context.audit.note_soon('preview', person, app=app, target=who.account, name=who.name)
        try:
            seen = context.reading.definition(app, who)
        except Refused:
            notice('info', 'この人には、このアプリがあることも分かりません。')
            return
        place = tag('div', '', 'preview-eyes')
        ui.timer(0, lambda: self._fill(place, seen, who), once=True)

    async def _fill(self, place: Any, seen: AppDefinition, who: Person) -> None:
        page = await run.io_bound(
            self._frame.context.reading.page, seen.name, '', Wanted(limit=MOST), by=who
        )
        if page is None or place.is_deleted:
            return
        with place:
            self._draw_list(seen, page, who)
            if page.rows:
                self._draw_record(seen, page.rows[0].id, who)
            self._draw_form(seen, page.rows[0].id if page.rows else '', who)

    def _draw_list(self, seen: AppDefinition, page: ListPage, who: Person) -> None:
        tag('h3', f'一覧 {page.total:,}件', 'preview-part')
        if not page.rows:
            nobody = who.account == NOBODY and not self._frame.context.reading.sight(self._definition, who).sees_all
            tag('p', '記録は見えません。' + ('担当などで決まるので、人を選ぶと分かります。' if nobody else ''), 'hint')
            return
        with tag('div', '', 'rows-frame', tabindex='0', role='region', aria_label='一覧'), tag('table', '', 'rows'):
            with tag('thead'), tag('tr'):
                for name in page.columns:
                    tag('th', label_of(seen, name), scope='col')
            with tag('tbody'):
                for row in page.rows:
                    with tag('tr'):
                        for name in page.columns:
                            tag('td', row.cells.get(name, ''), data_label=label_of(seen, name))
        if page.total > len(page.rows):
            tag('p', f'はじめの{len(page.rows)}件です。', 'hint')

    def _draw_record(self, seen: AppDefinition, record_id: str, who: Person) -> None:
        reading = self._frame.context.reading
        shown = reading.record(seen.name, record_id, by=who, masks=ON_RECORD)
        tag('h3', f'記録のページ {shown.title}', 'preview-part')
        with tag('div', '', 'preview-record', inert=True):
            draw_sections(seen, shown, reading.world(who, ON_RECORD))
            draw_timeline(reading.history(seen.name, record_id, by=who, masks=ON_RECORD))

    def _draw_form(self, seen: AppDefinition, record_id: str, who: Person) -> None:
        reading = self._frame.context.reading
        sight = reading.sight(self._definition, who)
        record = reading.stored(seen.name, record_id, by=who) if record_id else None
        changes = record is not None and sight.may_on('change', record)
        if not changes and not sight.may('create'):
            tag('h3', '入力フォーム', 'preview-part')
            some = sight.may('change') and record is None
            told = '変更できる記録がないので、出せません。' if some else 'この人は、登録も変更もできません。'
            tag('p', told, 'hint')
            return
        over = record if changes and not sight.may('create') else None
        tag('h3', '入力フォーム(変更)' if over is not None else '入力フォーム(登録)', 'preview-part')
        left_out = sight.hidden(over) | sight.masked(over)
        form = withheld_form(form_json(sight.definition), sight.definition, left_out, sight.readonly(over))
        with tag('div', '', 'preview-form', inert=True):
            EntryForm(
                form,
                record=sight.readable(over) if over is not None else None,
                record_id=record_id if over is not None else None,
                rev=over.rev if over is not None else None,
                user_key=f'{NOBODY}/{who.account}',
                context=form_context(seen, form, reading.moment(who)),
            )
