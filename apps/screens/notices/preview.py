"""What each recipient would read, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from apps.outbox.drafts import Draft
from apps.tags import button, icon, tag


class PreviewCard:
    """Begins with the first; the arrows go through all of them."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        self._shown = 0

    def draw(self) -> None:
        with tag('div', '', 'notice-buttons', role='group', aria_label='相手ごとの内容'):
            with button('', lambda: self._go(-1), 'icon-button', aria_label='前の相手'):
                icon('chevron_left')
            self._where = tag('span', role='status')
            with button('', lambda: self._go(1), 'icon-button', aria_label='次の相手'):
                icon('chevron_right')
        self._place = tag('div', '', 'notice-preview')
        self._fill()

    def _go(self, step: int) -> None:
        self._shown = (self._shown + step) % len(self._drafts)
        self._fill()

    def _fill(self) -> None:
        draft = self._drafts[self._shown]
        self._where.set_text(f'{self._shown + 1:,} / {len(self._drafts):,}人目 {draft.title}')
        self._place.clear()
        with self._place:
            with tag('dl'):
                for label, text in (
                    ('メール', draft.notice.to or draft.no_mail),
                    ('手紙', ' '.join((draft.notice.postal, draft.notice.address)).strip()),
                    ('件名', draft.notice.subject),
                ):
                    if text:
                        tag('dt', label)
                        tag('dd', text)
            tag('div', draft.notice.body, 'notice-body')
