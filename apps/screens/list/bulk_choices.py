"""What to do with the chosen records: the one who is to act, an action of the workflow, or values for some fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import uuid4

from nicegui.events import GenericEventArguments

from apps.form.form import EntryForm
from apps.outcome import Refused
from apps.people import Person
from apps.screens.list.bulk_preview import Wish
from apps.tags import button, icon, tag
from forms.bulk_form import bulk_fields, bulk_form
from forms.capabilities.workflow.assigning import ASSIGN, STEPS, may_assign
from forms.form_context import form_context

if TYPE_CHECKING:
    from apps.screens.list.bulk import BulkBar
    from forms.capability import Offer

_SEND_FORM = '(e) => { e.preventDefault(); emit([...new FormData(e.target).keys()]) }'
_LOOKED_AT = 50
"""Of how many chosen records the actions are offered; the preview then judges every one."""


def choose_assignee(bar: BulkBar, place: Any) -> None:
    """A button for each person: one touch chooses, the next one on the preview does it."""
    scene = bar.scene
    workflow: Any = scene.definition.capabilities['workflow']
    field = scene.definition.fields[workflow.assignee]
    person = scene.person()
    if person is None:
        return
    with _dialog(place, f'{len(bar.ids):,}件の{field.title}を決める', bar):
        with tag('div', '', 'bulk-people'):
            for account, name in _staff(bar, person):
                own = '(自分)' if account == person.account else ''
                _way(f'{name}{own}', 'person', _assigning(bar, person, account, f'{field.title}を{name}にする'))
            if not field.required:
                blank = f'{field.title}を空にする'
                _way(blank, 'person_off', _assigning(bar, person, None, blank))


def choose_action(bar: BulkBar, place: Any) -> None:
    """The actions that at least one of the chosen records offers now."""
    scene = bar.scene
    person = scene.person()
    if person is None:
        return
    found = {offer.name: offer for each in bar.ids[:_LOOKED_AT] for offer in _open_offers(bar, each, person)}
    with _dialog(place, f'{len(bar.ids):,}件にする操作', bar):
        if not found:
            tag('p', '選んだ記録に、いまできる操作はありません。', 'dialog-lead')
        with tag('div', '', 'bulk-people'):
            for name, offer in found.items():

                async def press(name: str = name, label: str = offer.label, asks: Any = offer.asks) -> None:
                    if asks:
                        ask_values(bar, place, label, list(asks), name)
                    else:
                        await bar.preview(Wish(label, {}, name))

                _way(offer.label, 'play_arrow', press)


def choose_fields(bar: BulkBar, place: Any) -> None:
    """Which fields; then their values in the very form that everybody knows."""
    with _dialog(place, '変更する項目を選ぶ', bar), tag('form', '', 'bulk-fields') as form:
        with tag('div', '', 'bulk-field-list'):
            for each in bulk_fields(bar.scene.definition):
                with tag('label', '', 'check'):
                    tag('input', type='checkbox', name=each.name)
                    tag('span', each.title)
        mistake = tag('p', '項目を1つ以上選んでください。', 'field-mistake', role='alert')
        mistake.visible = False
        with tag('div', '', 'dialog-buttons'):
            tag('button', '値を入力する', 'button solid', type='submit')

    def chosen(event: GenericEventArguments) -> None:
        known = [each.name for each in bulk_fields(bar.scene.definition)]
        names = [each for each in known if isinstance(event.args, list) and each in event.args]
        mistake.visible = not names
        if names:
            ask_values(bar, place, f'{len(bar.ids):,}件の項目を変更する', names, '')

    form.on('submit', chosen, js_handler=_SEND_FORM)


def ask_values(bar: BulkBar, place: Any, label: str, names: list[str], action: str) -> None:
    """The entry form with these fields; what is given in it is previewed."""
    scene = bar.scene
    person = scene.person()
    if person is None:
        return
    definition, context = scene.definition, scene.context
    form = bulk_form(definition, [each for each in names if each in definition.fields])

    async def previewed(told: Mapping[str, Any]) -> None:
        given = told.get('values')
        values = given if isinstance(given, dict) else {}
        await bar.preview(Wish(label, {name: values.get(name) for name in values if name in definition.fields}, action))

    with _dialog(place, label, bar):
        tag('p', f'選んだ{len(bar.ids):,}件に同じ値を入れます。次の画面で確かめてから変更します。', 'dialog-lead')
        EntryForm(
            form,
            record_id=f'bulk/{uuid4()}',
            user_key=person.account,
            submit_url=f'/api/v1/apps/{quote(definition.name)}/bulk/values',
            context=form_context(definition, form, context.reading.moment(person)),
            save_label='確かめる',
            cancel_label='やめる',
            on_saved=previewed,
            on_cancel=place.clear,
        )


def _open_offers(bar: BulkBar, record_id: str, person: Person) -> list[Offer]:
    """Nothing for a record that went meanwhile; the preview says so. Assigning has a button of its own."""
    scene = bar.scene
    try:
        offers = scene.context.reading.offers(scene.definition.name, record_id, by=person)
    except Refused:
        return []
    return [each for each in offers if not each.closed and each.name not in STEPS]


def _staff(bar: BulkBar, person: Person) -> list[tuple[str, str]]:
    """Everybody who can be chosen: oneself, then one's own sections, then the others."""
    directory = bar.scene.context.directory
    everybody = directory.staff()
    own = {account for section in person.sections for account, _ in directory.staff(section)}
    return sorted(everybody, key=lambda each: (each[0] != person.account, each[0] not in own))


def _assigning(bar: BulkBar, person: Person, account: str | None, label: str) -> Callable[[], Any]:
    """By the step of the workflow where this person may take it, else as a change of the field."""
    workflow: Any = bar.scene.definition.capabilities['workflow']
    by_step = may_assign(workflow, bar.scene.context.reading.moment(person))

    async def press() -> None:
        await bar.preview(Wish(label, {workflow.assignee: account}, ASSIGN if by_step else ''))

    return press


def _way(text: str, symbol: str, press: Callable[[], Any]) -> None:
    with button('', press, 'button outline bulk-way'):
        icon(symbol)
        tag('span', text)


@contextmanager
def _dialog(place: Any, title: str, bar: BulkBar) -> Iterator[None]:
    """A dialog over the list, with the way out at its head; Escape closes it too."""
    place.clear()
    with place, tag('dialog', '', 'dialog bulk-dialog', aria_label=title) as dialog:
        with tag('div', '', 'bulk-head'):
            tag('h2', title, 'dialog-title')
            with button('', place.clear, 'icon-button', aria_label='閉じる'):
                icon('close')
        yield
    dialog.on('close', lambda: dialog.is_deleted or place.clear(), args=[])
    dialog.run_method('showModal')
