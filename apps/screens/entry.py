"""The page around the entry form: a new record, or a record to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nicegui import ui

from apps.addresses import new_address, query_of, record_address
from apps.form.form import EntryForm
from apps.live import RecordChanged
from apps.operations.permitted import forbidden
from apps.outcome import Refused
from apps.panel import DoneScene, done_panel_of
from apps.panels.asked_form import with_answers
from apps.people import Person
from apps.reading import ON_RECORD, Shown
from apps.screens.refusal import draw_not_allowed, draw_not_found
from apps.tags import icon, link, tag
from forms.field import Masked
from forms.form_context import form_context
from forms.form_json import Json, form_json
from forms.withheld_form import withheld_form

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition


def draw_new(frame: Frame, app: str) -> None:
    """The empty form."""
    person = frame.person()
    definition = _permitted(frame, app, 'create', person)
    if person is None or definition is None:
        return
    frame.title(f'新しく登録 - {definition.title}', definition.title)
    _crumbs((definition.title, frame.list_address(app)), here='新しく登録')
    tag('h1', f'{definition.title}を登録する', 'page-title entry-title')
    _Entry(frame, definition, person).draw()


def draw_edit(frame: Frame, app: str, record_id: str) -> None:
    """The form over a record."""
    person = frame.person()
    definition = _permitted(frame, app, 'change', person)
    if person is None or definition is None:
        return
    try:
        shown = frame.context.reading.record(app, record_id, by=person)
    except Refused as refused:
        draw_not_found(frame, refused.detail)
        return
    if not frame.context.reading.may_on('change', app, record_id, by=person):
        draw_not_allowed(frame, forbidden(definition, 'change').detail)
        return
    if sensitive := _sensitive(definition, shown):
        frame.context.audit.note_soon('view', person, app=app, record=record_id, fields=sensitive)
    frame.title(f'編集 {shown.title} - {definition.title}', definition.title)
    _crumbs((definition.title, frame.list_address(app)), ('詳細', record_address(app, record_id)), here='編集')
    tag('h1', f'{shown.title or definition.title}を編集する', 'page-title entry-title')
    _Entry(frame, definition, person, shown).draw()


def _permitted(frame: Frame, app: str, deed: str, person: Person | None) -> AppDefinition | None:
    if person is None:
        return None
    try:
        return frame.context.reading.definition(app, person, deed)
    except Refused as refused:
        (draw_not_allowed if refused.kind == 'forbidden' else draw_not_found)(frame, refused.detail)
        return None


def _sensitive(definition: AppDefinition, shown: Shown) -> list[str]:
    """The fields of the record that are shown here as they are and elsewhere only when somebody asks."""
    return [name for name, each in definition.fields.items() if each.privacy in ON_RECORD and name in shown.values]


def _readable_values(shown: Shown) -> dict[str, Any]:
    """What the form begins with."""
    return {name: value for name, value in shown.values.items() if not isinstance(value, Masked)}


def _crumbs(*links: tuple[str, str], here: str) -> None:
    with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
        for text, address in links:
            link(text, address)
            tag('span', '›', aria_hidden='true')
        tag('span', here, aria_current='page')


class _Entry:
    """The form saves by itself through the API; here we only say what came of it and tell it what others do."""

    def __init__(self, frame: Frame, definition: AppDefinition, person: Person, shown: Shown | None = None) -> None:
        self.frame = frame
        self.definition = definition
        self.person = person
        self.shown = shown

    def draw(self) -> None:
        self._done = tag('div', '', 'entry-done', role='status')
        self._place = tag('div', '', 'entry-place')
        self._draw_form()
        if self.shown:
            self.frame.listen(self._happened)

    def _draw_form(self) -> None:
        form = with_answers(self._form_json(), self._begins_with())
        with self._place:
            self._form = EntryForm(
                form,
                record=_readable_values(self.shown) if self.shown else None,
                record_id=self.shown.id if self.shown else None,
                rev=self.shown.rev if self.shown else None,
                user_key=self.person.account,
                context=form_context(self.definition, form, self.frame.context.reading.moment(self.person)),
                save_label='保存する' if self.shown else '登録する',
                cancel_label='やめる',
                on_saved=self._saved,
                on_cancel=self._leave,
            )

    def _form_json(self) -> Json:
        """The fields this person may read and write; the whole definition says how they hang together."""
        reading = self.frame.context.reading
        sight = reading.sight(self.definition, self.person)
        record = reading.stored(self.definition.name, self.shown.id, by=self.person) if self.shown else None
        left_out = sight.hidden(record) | sight.masked(record)
        return withheld_form(form_json(sight.definition), sight.definition, left_out, sight.readonly(record))

    def _begins_with(self) -> dict[str, str]:
        """Answers that the address brings along for a new record: /apps/inspections/new?施設=…

        Never personal data: an address is kept by browsers, proxies and logs.
        """
        if self.shown is not None:
            return {}
        open_fields = {name for name, field in self.definition.fields.items() if not field.privacy}
        return {name: text for name, text in query_of(self.frame.path).items() if name in open_fields}

    def _saved(self, answer: Any) -> None:
        """The answer came through the browser: only the id is taken from it, the rest is read again."""
        record_id = str(answer.get('id', '')) if isinstance(answer, dict) else ''
        person = self.frame.person()
        if person is None:
            return
        try:
            saved = self.frame.context.reading.record(self.definition.name, record_id, by=person)
        except Refused:
            return
        if self.shown is not None:
            self.frame.tell_next('変更を保存しました。')
            ui.navigate.to(record_address(self.definition.name, saved.id))
            return
        self._place.clear()
        self._show_done(saved)

    def _show_done(self, saved: Shown) -> None:
        self._done.clear()
        app = self.definition.name
        if told := done_panel_of(self.definition):
            with self._done:
                told(DoneScene(self.frame.context, self.definition, saved, self._again))
            return
        with self._done, tag('div', '', 'card card-body done'):
            with tag('div', '', 'done-words'):
                icon('check_circle')
                with tag('div'):
                    tag('h2', '登録しました', 'card-title', id='done', tabindex='-1')
                    tag('p', saved.title, 'done-title')
            with tag('div', '', 'done-steps'):
                with link('', new_address(app), 'button solid large') as again:
                    icon('add')
                    tag('span', '続けて登録する')
                again.on('click', self._again, js_handler='(e) => { e.preventDefault(); e.stopPropagation(); emit() }')
                link('登録した内容を見る', record_address(app, saved.id), 'button outline')
                link('一覧へ戻る', self.frame.list_address(app), 'button plain')
        ui.run_javascript('document.getElementById("done")?.focus()')

    def _again(self) -> None:
        """An empty form on the same page: the address does not change, so the router would do nothing."""
        self._done.clear()
        self._draw_form()
        assert self._place.parent_slot is not None
        self.frame.begin(self._place.parent_slot.parent)

    def _leave(self) -> None:
        app = self.definition.name
        ui.navigate.to(record_address(app, self.shown.id) if self.shown else self.frame.list_address(app))

    def _happened(self, happening: object) -> None:
        assert self.shown is not None
        own = isinstance(happening, RecordChanged) and happening.app == self.definition.name
        if own and happening.id == self.shown.id and happening.account != self.frame.account:  # type: ignore[attr-defined]
            self._form.changed_elsewhere(happening.rev)  # type: ignore[attr-defined]
