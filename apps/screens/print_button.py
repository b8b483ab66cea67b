"""The button that prints what is on the screen; the style sheets say what of it comes onto paper."""

from __future__ import annotations

from apps.tags import button, icon, tag


def draw_print_button() -> None:
    """Opens the browser's own print window; the server is not asked."""
    with button('', None, 'button quiet') as printing:
        icon('print')
        tag('span', '印刷')
    printing.on('click', js_handler='() => window.print()')
