"""Plain HTML elements through NiceGUI: a tag, its text, its classes and its attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement


def tag(name: str, text: str = '', classes: str = '', /, **attributes: Any) -> TextElement:
    """An HTML element. text is shown as text, never as HTML.

    attributes: `aria_label='…'` becomes aria-label, `for_` becomes for; None and False leave the attribute out, True
    writes it without a value. Values go to the browser as data, so what people typed is safe in them.
    """
    element = TextElement(tag=name, text=text)
    if classes:
        element.classes(classes)
    for key, value in attributes.items():
        if value is not None and value is not False:
            element.props[key.rstrip('_').replace('_', '-')] = '' if value is True else value
    return element


def link(text: str, address: str, classes: str = '', /, **attributes: Any) -> ui.link:
    """A real link to one of our own addresses (middle click opens a tab). Raises ValueError for any other target."""
    if not address.startswith('/') or address.startswith('//'):
        raise ValueError(f'{address!r} is not an address of ours')
    element = ui.link(text, address)
    element.classes(replace=classes)
    for key, value in attributes.items():
        if value is not None and value is not False:
            element.props[key.rstrip('_').replace('_', '-')] = '' if value is True else value
    return element


def button(
    text: str, on_click: Callable[..., Any] | None = None, classes: str = 'button', /, **attributes: Any
) -> TextElement:
    """A real button; never submits a form by itself."""
    element = tag('button', text, classes, type='button', **attributes)
    if on_click is not None:
        element.on('click', on_click, args=[])
    return element


def icon(name: str) -> ui.icon:
    """A Material icon that screen readers pass over: the words beside it say the same."""
    drawn = ui.icon(name or 'description')
    drawn.props['aria-hidden'] = 'true'
    return drawn


def notice(kind: str, text: str, *, role: str | None = None) -> TextElement:
    """A message in a frame. kind: error, success, warning or info; an error is announced at once."""
    icons = {'error': 'error', 'success': 'check_circle', 'warning': 'warning', 'info': 'info'}
    with tag('div', '', f'notice {kind}', role=role or ('alert' if kind == 'error' else None)) as frame:
        icon(icons[kind])
        tag('div', text, 'notice-words')
    return frame
