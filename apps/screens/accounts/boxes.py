"""Labelled boxes of the administrators' forms: every mistake stands beside its box, and what was typed stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

from apps.people import ROLES
from apps.tags import notice, tag
from forms.message import Message

SEND_FORM = '(e) => { e.preventDefault(); emit(Object.fromEntries(new FormData(e.target))) }'
"""What a form's submit does in the browser: its boxes by name, to `given`."""


class Boxes:
    """The boxes of one form. of: tells its ids from those of other forms on the page."""

    def __init__(self, of: str) -> None:
        self._of = of
        self._mistakes: dict[str, TextElement] = {}
        self._boxes: dict[str, TextElement] = {}

    def text(  # noqa: PLR0913 - the parts of one labelled box
        self,
        name: str,
        label: str,
        hint: str = '',
        *,
        kind: str = 'text',
        value: str = '',
        needed: bool = True,
        fills: str = 'off',
    ) -> None:
        """A box to type in."""
        place = f'{name}-{self._of}'
        with tag('div', '', 'account-box'):
            tag('label', label if needed else f'{label}(任意)', 'toolbar-label', for_=place)
            if hint:
                tag('p', hint, 'hint', id=f'{place}-hint')
            box = tag('input', '', 'field-box', id=place, name=name, type=kind, autocomplete=fills)
            box.props['defaultValue'] = value  # not `value`: that would be written again over what is being typed
            box.props['aria-describedby'] = f'{place}-mistake' + (f' {place}-hint' if hint else '')
            self._boxes[name] = box
            self._mistakes[name] = tag('p', '', 'box-mistake', id=f'{place}-mistake', role='alert')

    def choices(self, name: str, legend: str, options: Iterable[tuple[str, str]], chosen: Sequence[str]) -> None:
        """Boxes to tick; they arrive as 'name.option'."""
        with tag('fieldset', '', 'account-choices'):
            tag('legend', legend, 'toolbar-label')
            for value, text in options:
                with tag('label', '', 'check'):
                    box = tag('input', type='checkbox', name=f'{name}.{value}', id=f'{name}.{value}-{self._of}')
                    box.props['defaultChecked'] = value in chosen
                    tag('span', text)
            self._mistakes[name] = tag('p', '', 'box-mistake', role='alert')

    def roles_and_sections(self, sections: Sequence[str], roles: Sequence[str], chosen: Sequence[str]) -> None:
        """What somebody may do, and where they belong."""
        self.choices('roles', '役割', ROLES.items(), roles)
        self.choices('sections', '所属', ((each, each) for each in sections), chosen)
        self.text('new_section', '一覧にない所属', '新しい課があるときだけ入力します。例 会計課', needed=False)

    def show(self, mistakes: Iterable[Message] = ()) -> None:
        """Every mistake beside its box, those from before taken away; the first box gets the focus."""
        told: dict[str, list[str]] = {}
        for each in mistakes:
            told.setdefault(each.path if each.path in self._mistakes else next(iter(self._mistakes)), []).append(
                each.text
            )
        for name, place in self._mistakes.items():
            place.set_text(' '.join(told.get(name, ())))
            if name in self._boxes:
                self._boxes[name].props['aria-invalid'] = 'true' if name in told else None
        first = next((each for name, each in self._boxes.items() if name in told), None)
        if first is not None:
            first.client.run_javascript(f'document.getElementById("{first.props["id"]}")?.focus()')


class Said:
    """The place at the top of a page where it says how something ended."""

    def __init__(self) -> None:
        self._place = tag('div', '', 'account-said')

    def say(self, kind: str, text: str) -> None:
        """kind: success, error, warning or info. It gets the focus: what was pressed may be gone or far below."""
        self._place.clear()
        with self._place:
            told = notice(kind, text)
        told.props['tabindex'] = '-1'
        told.client.run_javascript(f'document.getElementById("{told.html_id}")?.focus()')

    def clear(self) -> None:
        self._place.clear()


def given(event: GenericEventArguments) -> Mapping[str, str]:
    """What a form sent, as far as it is text."""
    sent = event.args if isinstance(event.args, dict) else {}
    return {str(name): value for name, value in sent.items() if isinstance(value, str)}


def roles_in(sent: Mapping[str, str]) -> list[str]:
    return [each for each in ROLES if f'roles.{each}' in sent]


def sections_in(sent: Mapping[str, str]) -> list[str]:
    chosen = [name.removeprefix('sections.') for name in sent if name.startswith('sections.')]
    return list(dict.fromkeys([*chosen, *filter(None, [sent.get('new_section', '').strip()])]))
