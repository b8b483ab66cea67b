"""A record beside one that may be about the same thing: full text, photos, place and days, then people decide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from apps.addresses import record_address
from apps.live import RecordChanged
from apps.outcome import Refused, Saved
from apps.people import Person
from apps.reading import ON_RECORD, Shown
from apps.screens.refusal import draw_not_found
from apps.screens.same.candidates import Candidates
from apps.screens.same.side_by_side import draw_side_by_side
from apps.tags import button, icon, link, notice, tag
from forms.capabilities.duplicates import KEY
from forms.capabilities.workflow import Workflow

if TYPE_CHECKING:
    from apps.frame import Frame
    from forms.definition import AppDefinition

UNKNOWN = '結果を確認できません。もう一度押しても二重にはなりません。'


def draw(frame: Frame, app: str, record_id: str, other: str) -> None:
    """other: id of the record beside it, '' while none was chosen."""
    person = frame.person()
    if person is None:
        return
    reading = frame.context.reading
    try:
        definition = reading.definition(app, person)
        shown = reading.record(app, record_id, by=person, masks=ON_RECORD)
    except Refused as refused:
        draw_not_found(frame, refused.detail)
        return
    if KEY not in definition.capabilities:
        draw_not_found(frame, 'このアプリは、重複の候補を調べません。')
        return
    ComparisonPage(frame, definition, shown).draw(person, other)


class ComparisonPage:
    """shown: the record the person came from; it stands on the left, or above."""

    def __init__(self, frame: Frame, definition: AppDefinition, shown: Shown) -> None:
        self.frame = frame
        self.definition = definition
        self.shown = shown
        self._other: Shown | None = None
        self._request_id = str(uuid4())

    def draw(self, person: Person, other: str) -> None:
        app, title = self.definition.name, self.shown.title or '(名前なし)'
        self.frame.title(f'{title}と見比べる - {self.definition.title}', self.definition.title)
        with tag('nav', '', 'crumbs', aria_label='いまいる場所'):
            link(self.definition.title, self.frame.list_address(app))
            tag('span', '›', aria_hidden='true')
            link(title, record_address(app, self.shown.id))
            tag('span', '›', aria_hidden='true')
            tag('span', '見比べる', aria_current='page')
        with tag('div', '', 'page-head'), tag('div', '', 'page-head-words'):
            tag('h1', '同じことか見比べる', 'page-title')
            tag('p', f'「{title}」と、同じことかもしれないものを並べます。', 'page-lead')
        self._news = tag('div', '', 'live-news', role='status')
        self._place = tag('div', '', 'same')
        if other:
            self._show(person, other)
        Candidates(self.frame, self.definition, self.shown, other).draw(person)
        self.frame.listen(self._happened)

    def _show(self, person: Person, other: str) -> None:
        reading, app = self.frame.context.reading, self.definition.name
        self._place.clear()
        with self._place:
            try:
                self.shown = reading.record(app, self.shown.id, by=person, masks=ON_RECORD)
                self._other = reading.record(app, other, by=person, masks=ON_RECORD)
            except Refused as refused:
                notice('error', refused.detail)
                return
            if covered := self._other.covered:
                self.frame.context.audit.note_soon('view', person, app=app, record=other, fields=sorted(covered))
            world = reading.world(person, ON_RECORD)
            draw_side_by_side(self.definition, self.shown, self._other, world)
            self._draw_decision(person, self._other)

    # ---- deciding

    def _draw_decision(self, person: Person, other: Shown) -> None:
        reading, app = self.frame.context.reading, self.definition.name
        if not all(reading.may_on('change', app, each, by=person) for each in (self.shown.id, other.id)):
            tag('p', 'まとめたりつないだりできるのは、両方を変更できる人です。', 'same-hint')
            return
        ties = reading.same_reports(app, self.shown.id, by=person)
        tied = {each.id for each in (*ties.followers, *ties.linked, *((ties.original,) if ties.original else ()))}
        with tag('section', '', 'card card-body same-decision', aria_labelledby='same-decision-title'):
            tag('h2', 'どうしますか', 'card-title', id='same-decision-title')
            with tag('div', '', 'action-buttons'):
                if other.id in tied:
                    tag('p', 'この2つは、つながっています。', 'same-hint')
                    self._step('別々にする', 'separate', self.shown, other, 'button wide outline', 'call_split')
                else:
                    self._draw_ways(other)
                back = '記録に戻る' if other.id in tied else '何もせずに戻る'
                link(back, record_address(app, self.shown.id), 'button wide quiet')

    def _draw_ways(self, other: Shown) -> None:
        """The older of the two comes first as the one to merge into: its reporter has waited longer."""
        older, newer = sorted((self.shown, other), key=lambda each: each.id)
        tag('p', 'まとめても、どちらの内容も消えません。あとで別々に戻せます。', 'same-hint')
        if self._is_done(older) and not self._is_done(newer):
            told = f'「{_called(older)}」は終わっています。直っていないという知らせなら、まとめずに再開します。'
            notice('warning', told)
        self._step(f'「{_called(older)}」にまとめる', 'merge', newer, older, 'button wide solid', 'merge')
        self._step(f'「{_called(newer)}」にまとめる', 'merge', older, newer, 'button wide outline', 'merge')
        self._step('つなぐだけにする(どちらも開いたまま)', 'link', self.shown, other, 'button wide outline', 'link')

    def _is_done(self, shown: Shown) -> bool:
        workflow = self.definition.capabilities.get('workflow')
        return isinstance(workflow, Workflow) and shown.values.get(workflow.field) in workflow.done

    def _step(self, label: str, step: str, one: Shown, other: Shown, look: str, mark: str) -> None:  # noqa: PLR0913, PLR0917
        take: Callable[..., Awaitable[Saved]] = getattr(self.frame.context.same_reports, step)
        with button('', partial(self._take, take, one, other), look, data_step=step):
            icon(mark)
            tag('span', label)

    async def _take(self, step: Callable[..., Awaitable[Saved]], one: Shown, other: Shown) -> None:
        person = self.frame.person()
        if person is None:
            return
        app, seen = self.definition.name, {'if_rev': one.rev, 'other_rev': other.rev}
        try:
            await step(app, one.id, other.id, by=person, request_id=self._request_id, **seen)
        except Refused as refused:
            if refused.kind != 'unknown_outcome':
                self._request_id = str(uuid4())
            self._say('error', refused.detail or UNKNOWN)
            if refused.kind == 'conflict' and self._other is not None:
                self._show(person, self._other.id)
            return
        self._request_id = str(uuid4())
        self._say('success', _DONE[step.__name__].format(one=_called(one), other=_called(other)))
        self._show(person, self._beside(one, other))

    def _beside(self, one: Shown, other: Shown) -> str:
        return other.id if one.id == self.shown.id else one.id

    # ---- what happens

    def _happened(self, happening: object) -> None:
        if not isinstance(happening, RecordChanged) or happening.app != self.definition.name or self._other is None:
            return
        seen = {each.id: each.rev for each in (self.shown, self._other)}
        person = self.frame.person()
        if person is None or happening.account == person.account or seen.get(happening.id, 0) >= happening.rev:
            return
        self._show(person, self._other.id)
        self._say('info', 'ほかの人が変更しました。新しい内容を表示しています。')

    def _say(self, kind: str, text: str) -> None:
        self._news.clear()
        with self._news:
            notice(kind, text)


_DONE = {
    'merge': '「{one}」を「{other}」にまとめました。',
    'link': '「{one}」と「{other}」をつなぎました。',
    'separate': '「{one}」と「{other}」を別々にしました。',
}


def _called(shown: Shown) -> str:
    return shown.title or '(名前なし)'
