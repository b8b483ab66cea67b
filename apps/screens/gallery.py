"""Photos of many records: one card per record, before and after side by side, each photo large at a touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from nicegui import background_tasks, run
from tinydb import where

from apps.addresses import record_address
from apps.live import RecordChanged
from apps.outcome import Refused
from apps.reading.seen import Seen
from apps.reading.shown import Row
from apps.screens.detail.photos import draw_pairs, draw_photos, paired_fields
from apps.screens.narrowing_row import NarrowingRow, as_query
from apps.screens.view_screen import ViewScene, ViewScreen, view_screen
from apps.tags import link, notice, tag
from forms.capability import Values
from forms.field import Field

ON_A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Card:
    """A record: its line, and its photos by field as this person may see them."""

    row: Row
    photos: Values


@dataclass(frozen=True, slots=True)
class Page:
    """total: records of the view that have a photo."""

    cards: Sequence[Card]
    total: int


@view_screen('gallery')
class Gallery(ViewScreen):
    """Photo fields among the columns are shown as photos, the other columns in words. The page is in the address."""

    def __init__(self, scene: ViewScene) -> None:
        super().__init__(scene)
        self._query = dict(scene.query)
        self._reading = 0
        fields = scene.definition.fields
        self._photos = [fields[name] for name in scene.view.columns if name in fields and fields[name].TYPE == 'photo']
        self._words = [name for name in scene.view.columns if name not in {each.name for each in self._photos}]

    def draw(self) -> None:
        self._row = NarrowingRow(self.scene, lambda filters: self.scene.go(as_query(filters)))
        self._place = tag('div', '', 'gallery', aria_busy='true')
        self.follow(self._query)

    def follow(self, query: Mapping[str, str]) -> None:
        self._query = dict(query)
        self._row.draw(query)
        self._read()

    def happened(self, happening: object) -> None:
        if isinstance(happening, RecordChanged) and happening.app == self.scene.definition.name:
            self._read()

    @property
    def _number(self) -> int:
        text = self._query.get('page', '1')
        return max(1, int(text)) if text.isdigit() and len(text) < 6 else 1

    def _read(self) -> None:
        self._reading += 1
        background_tasks.create(self._show(self._reading), name='gallery')

    async def _show(self, reading: int) -> None:
        person = self.scene.person()
        if person is None:
            return
        reader = self.scene.context.reading
        seen = reader.seen(self.scene.definition, self.scene.view, self._row.chosen(self._query), person)
        try:
            found = await run.io_bound(page, seen, self._photos, self._words, self._number)
        except (Refused, ValueError) as refused:
            self._place.clear()
            with self._place:
                notice('error', str(refused) or 'この条件では表示できません。')
            return
        if found is None or reading != self._reading or self._place.is_deleted:
            return
        self._place.clear()
        self._place.props.pop('aria-busy', None)
        with self._place:
            self._draw(found)

    def _draw(self, found: Page) -> None:
        tag('p', f'写真のある記録 {found.total:,}件', 'list-count', role='status')
        if not found.total:
            tag('p', '写真のある記録はまだありません。', 'card empty')
            return
        with tag('ol', '', 'gallery-cards'):
            for each in found.cards:
                with tag('li', '', 'card card-body gallery-card'):
                    self._draw_card(each)
        last = -(-found.total // ON_A_PAGE)
        if last > 1:
            self._draw_turns(last)

    def _draw_card(self, card: Card) -> None:
        with tag('h2', '', 'gallery-title'):
            link(card.row.title or '(名前なし)', record_address(self.scene.definition.name, card.row.id))
        words = [text for name in self._words if (text := card.row.cells.get(name))]
        if words:
            tag('p', ' / '.join(words), 'gallery-words')
        pairs = paired_fields(self.scene.definition, card.photos)
        for field in self._photos:
            before, after = pairs.get(field.name, (None, None))
            if before is not None and after is not None and {before, after} <= {*self._photos}:
                if field is before:
                    draw_pairs(before, after, card.photos)
            elif card.photos.get(field.name):
                tag('p', field.title, 'photo-half-title')
                draw_photos(field, card.photos[field.name])

    def _draw_turns(self, last: int) -> None:
        chosen, number = as_query(self._row.chosen(self._query)), self._number
        with tag('nav', '', 'gallery-turns', aria_label='写真のページ'):
            if number > 1:
                link('前のページ', self.scene.address({**chosen, 'page': str(number - 1)}), 'button outline')
            tag('span', f'{number} / {last}', aria_current='page')
            if number < last:
                link('次のページ', self.scene.address({**chosen, 'page': str(number + 1)}), 'button outline')


def page(seen: Seen, photos: Sequence[Field], words: Sequence[str], number: int) -> Page:
    """Blocking. The records with at least one of these photos that this person may see."""
    shown = [each.name for each in photos if each.name not in seen.sight.veiled]
    if not shown:
        return Page((), 0)
    has_one = reduce(or_, (where(name).exists() for name in shown))
    condition = seen.condition()
    query = has_one if condition is None else condition & has_one
    name, skip = seen.definition.name, (number - 1) * ON_A_PAGE
    total = seen.store.count(name, query)
    docs = seen.store.find(name, query, sort=seen.order(), limit=ON_A_PAGE, offset=skip).docs if skip < total else []
    cards = [Card(seen.row(each, words), _readable(seen, each, shown)) for each in docs]
    return Page(cards, total)


def _readable(seen: Seen, doc: Mapping[str, object], shown: Sequence[str]) -> Values:
    readable = seen.sight.readable(doc)
    return {name: readable[name] for name in shown if readable.get(name)}
