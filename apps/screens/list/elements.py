"""The two parts of a list that live in the browser: the table of records, and search with filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from apps.reading import Narrowing


class RecordTable(Element, component='records.js'):
    """One page of rows. Rows and columns are those of `columns.Columns`."""

    def __init__(
        self,
        columns: list[dict[str, Any]],
        caption: str,
        on_sort: Callable[[str], None],
        on_pick: Callable[[list[str], bool], None] | None = None,
    ) -> None:
        """on_pick(ids, on): records were ticked or unticked; without it there is nothing to tick."""
        super().__init__()
        self._rows: list[dict[str, Any]] = []
        self.props.update({'columns': tuple(columns), 'rows': (), 'sort': '', 'caption': caption, 'busy': True})
        self.props.update({'picks': on_pick is not None, 'picked': ()})
        self.on('sort', lambda event: on_sort(str(event.args)))
        if on_pick is not None:
            self.on('pick', lambda event: on_pick(*_picked(event)))

    @property
    def ids(self) -> list[str]:
        """The records on the page."""
        return [each['id'] for each in self._rows]

    def show(self, rows: list[dict[str, Any]], sort: str) -> None:
        """Another page."""
        self._rows = rows
        with self.props.suspend_updates():
            self.props.update({'rows': tuple(rows), 'sort': sort, 'busy': False})
        self.update()

    def show_picked(self, ids: Iterable[str]) -> None:
        """These records are ticked, and no others."""
        self.props['picked'] = tuple(ids)

    def put(self, row: dict[str, Any]) -> None:
        """A changed record in its place, marked; nothing else is sent."""
        self._rows[self.ids.index(row['id'])] = row
        with self.props.suspend_updates():
            self.props['rows'] = tuple(self._rows)
        self.run_method('put', row)

    def lost(self, record_id: str) -> None:
        """A removed record: its row says so and leads nowhere."""
        self.put({**self._rows[self.ids.index(record_id)], 'gone': True})


class FilterBar(Element, component='filter_bar.js'):
    """Search words and filters. on_ask(words, {filter: value})."""

    def __init__(
        self,
        label: str,
        narrowings: list[Narrowing],
        on_ask: Callable[[str, Mapping[str, str]], None],
    ) -> None:
        super().__init__()
        filters = [
            {'name': each.name, 'label': each.label, 'kind': each.kind, 'options': [list(one) for one in each.options]}
            for each in narrowings
        ]
        self._names = [each.name for each in narrowings]
        self._on_ask = on_ask
        self.props.update({'label': label, 'words': '', 'filters': filters, 'values': {}})
        self.on('ask', self._asked)

    def show(self, words: str, values: Mapping[str, str]) -> None:
        """What the address says."""
        with self.props.suspend_updates():
            self.props.update({'words': words, 'values': dict(values)})
        self.update()

    def _asked(self, event: GenericEventArguments) -> None:
        given = event.args if isinstance(event.args, dict) else {}
        filters = given.get('filters')
        chosen = filters if isinstance(filters, dict) else {}
        words = given.get('text')
        self._on_ask(
            words if isinstance(words, str) else '', {name: str(chosen.get(name) or '') for name in self._names}
        )


def _picked(event: GenericEventArguments) -> tuple[list[str], bool]:
    given = event.args if isinstance(event.args, dict) else {}
    ids = given.get('ids')
    return [each for each in ids if isinstance(each, str)] if isinstance(ids, list) else [], bool(given.get('on'))
