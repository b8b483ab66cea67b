"""The people of the office whose screens are opened without a browser, and an app that staff may not know of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui.testing import User

PEOPLE = {'taro': 'staff', 'hanako': 'leader', 'ichiro': 'supervisor', 'yone': 'administrator', 'zen': 'administrator'}
"""Account -> role."""

CLOSED = """
title: 人事の相談
record_title: [件名]
sections:
  - title: 相談
    fields:
      - {name: 件名, type: text, required: true}
views:
  - {name: 一覧, columns: [件名]}
permissions:
  - {who: {role: supervisor}, can: [see, create, change, act, export]}
"""

Desk = Callable[[str], Awaitable[User]]
"""desk('taro'): the screens as that account sees them."""
