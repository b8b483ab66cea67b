"""An import that is being prepared: the file, what was chosen about it, and what the check found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from apps.importing.book import Book, shown
from apps.importing.judging import KINDS, REFUSED, UNCHANGED, Verdict
from apps.importing.mapping import proposed, wrong_with
from apps.importing.rows import Place, Row
from apps.importing.table import SEARCHED, Layout, Table, folded_header, found_layout, read_table
from apps.importing.targets import RECORD, Target, known_headers, targets_of
from apps.operations.imports_kept import Import
from forms.definition import AppDefinition
from forms.submission import Note


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. address: Sheet1!C17. shown: what stands there. text: Japanese, with the way out.

    code, path: of the message, as every other way in tells it.
    """

    address: str
    shown: str
    text: str
    place: Place
    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. version, seq, day: the definition, the last change and the day it was made by."""

    version: str
    seq: int
    day: str
    verdicts: Sequence[Verdict]
    problems: Sequence[Problem]
    rows: Mapping[int, Row]

    @property
    def counts(self) -> dict[str, int]:
        """NEW, CHANGED, UNCHANGED, REFUSED -> rows."""
        found = dict.fromkeys(KINDS, 0)
        for each in self.verdicts:
            found[each.kind] += 1
        return found

    @property
    def notes(self) -> list[tuple[Verdict, Note]]:
        """What was understood in some way, or should be looked at."""
        return [(each, note) for each in self.verdicts for note in each.notes]

    @property
    def taken(self) -> list[Verdict]:
        """Rows that would be written."""
        return [each for each in self.verdicts if each.kind not in (REFUSED, UNCHANGED)]

    @property
    def can_be_taken(self) -> bool:
        return bool(self.taken)


@dataclass(slots=True)
class Progress:
    """What is going on now; read by the screen that waits. stop: set by the person who wants no more of it."""

    doing: str = ''
    done: int = 0
    total: int = 0
    stop: bool = False


@dataclass(slots=True)
class Draft:
    """Belongs to one person. Every choice throws the report away: it was about something else."""

    id: str
    account: str
    definition: AppDefinition
    book: Book
    digest: str
    touched: datetime
    earlier: Mapping[str, str]
    same: Import | None = None
    table: Table = field(init=False)
    chosen: dict[int, str] = field(init=False)
    keys: tuple[str, ...] = ()
    clears: bool = False
    report: Report | None = None
    progress: Progress = field(default_factory=Progress)
    refused_later: Sequence[Problem] = ()

    def __post_init__(self) -> None:
        sheets = [each for each in self.book.sheets if each.rows]
        best = max(sheets, key=lambda each: len(self._matching(each.name)), default=self.book.sheets[0])
        self.choose_sheet(best.name)

    @property
    def targets(self) -> dict[str, Target]:
        return targets_of(self.definition)

    @property
    def mistakes(self) -> list[str]:
        """Why this cannot be checked as it is chosen."""
        found = wrong_with(self.chosen, self.table.columns, self.targets)
        missing = [self.targets[key].label for key in self.keys if key not in self.chosen.values()]
        if missing:
            found.append(f'記録を見分ける「{"」「".join(missing)}」の列が選ばれていません。')
        if not self.table.rows:
            found.append('見出しの下に行がありません。見出しの行を選び直してください。')
        return found

    def choose_sheet(self, name: str) -> None:
        sheet = self.book.sheet(name)
        self.choose_layout(found_layout(sheet, known_headers(self.targets)), name)

    def choose_layout(self, layout: Layout, sheet: str = '') -> None:
        """Another header row, or other rows left out. Columns that stay where they were keep their targets."""
        self.table = read_table(self.book.sheet(sheet or self.table.sheet.name), layout)
        self.chosen = proposed(self.table.columns, self.targets, self.earlier)
        self.keys = (RECORD,) if RECORD in self.chosen.values() else ()
        self.report = None

    def leave_out(self, rows: Sequence[int], *, hidden: bool) -> None:
        """Leave these rows out, and the hidden ones; what was chosen for the columns stays."""
        layout = replace(self.table.layout, left_out=tuple(rows), skip_hidden=hidden)
        self.table = read_table(self.table.sheet, layout)
        self.report = None

    def choose(self, at: int, key: str) -> None:
        """Take a column in as a target; '' leaves it out."""
        self.chosen.pop(at, None)
        if key:
            self.chosen[at] = key
        self.report = None

    def choose_keys(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        self.report = None

    def choose_blanks(self, *, clears: bool) -> None:
        self.clears = clears
        self.report = None

    def key_choices(self) -> list[str]:
        """Targets by which records can be told apart, as far as a column holds them."""
        return [
            key
            for key in self.chosen.values()
            if key == RECORD or (not self.targets[key].part and self.definition.fields[key].value_type.kind in _TELLING)
        ]

    def _matching(self, name: str) -> set[str]:
        """Known headers in the first rows of a sheet: which sheet holds the records."""
        known = known_headers(self.targets)
        rows = self.book.sheet(name).rows[:SEARCHED]
        return {folded_header(shown(cell)) for row in rows for cell in row} & known


_TELLING = frozenset(('text', 'number', 'date', 'datetime', 'choice', 'record'))
