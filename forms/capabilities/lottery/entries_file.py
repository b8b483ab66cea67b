"""Applications from a CSV file: the columns that the rules name, every mistake with its file, row and column."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from forms.capabilities.lottery import Lottery
from forms.capabilities.lottery.placing import Entry
from forms.capabilities.period import Period
from forms.checks.samples import SampleHall
from forms.choice_files import decoded
from forms.definition import AppDefinition
from forms.field import Field, Value, field_types
from forms.problems import instead

NUMBER = '受付番号'
"""The column of the numbers when the rules name none."""

LATE = '締切後の受付'


@dataclass(frozen=True, slots=True)
class Columns:
    """What is read out of the file. number, withdrawn, late: names of columns; the last two may be missing.

    needed: column -> how its cells are read.
    """

    number: str
    withdrawn: str
    late: str
    needed: Mapping[str, Field]

    def readers(self) -> Mapping[str, Field]:
        """Column -> how its cells are read, but for the number, which is taken as it stands."""
        yes_no = field_types()['yes_no']
        return {**self.needed, **{name: yes_no(name=name) for name in (self.withdrawn, self.late)}}


def columns_for(lottery: Lottery, definition: AppDefinition) -> Columns:
    """The columns that the rules of this definition ask for."""
    named = [*lottery.choices, lottery.size, *lottery.one_win]
    named += [each.field for each in (lottery.tiers, lottery.set_aside, lottery.odds) if each]
    named += [lottery.odds.losses] if lottery.odds else []
    needed = {name: definition.fields[name] for name in dict.fromkeys(named) if name}
    period = definition.capabilities.get('period')
    late = period.late if isinstance(period, Period) else LATE
    return Columns(lottery.number_field(definition) or NUMBER, lottery.withdrawn, late, needed)


def read_entries(definition: AppDefinition, content: bytes, file: str) -> tuple[Sequence[Entry], Sequence[str]]:
    """(entries, mistakes in Japanese). content: UTF-8 with or without its mark, or cp932."""
    lottery = definition.capabilities['lottery']
    assert isinstance(lottery, Lottery)
    columns = columns_for(lottery, definition)
    rows, mistakes = _rows(content, file, columns)
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    for row, cells in rows:
        values, wrong = _values(columns, cells)
        number = cells[columns.number].strip()
        wrong += [(columns.number, text) for text in _wrong_number(number, row, seen)]
        mistakes += [f'{file} {row}行目「{column}」: {text}' for column, text in wrong]
        entry = lottery.entry(definition, number, {**values, columns.number: number})
        entries.append(replace(entry, late=bool(values.get(columns.late))))
    if not rows and not mistakes:
        mistakes.append(f'{file}: 申込みが1件もありません。')
    return entries, mistakes


def values_in(content: bytes, column: str) -> Sequence[str]:
    """The values in a column, each once in the order of the file; nothing when it cannot be read."""
    try:
        written = list(csv.reader(io.StringIO(decoded(content) or '', newline='')))
    except csv.Error:
        return ()
    header = [each.strip() for each in written[0]] if written else []
    if column not in header:
        return ()
    place = header.index(column)
    return tuple(dict.fromkeys(row[place].strip() for row in written[1:] if len(row) > place))


def _wrong_number(number: str, row: int, seen: dict[str, int]) -> Iterator[str]:
    if not number:
        yield '番号が空です。'
    elif any(unicodedata.category(each) == 'Cc' for each in number):
        yield f'番号「{number!r}」に改行などの見えない文字があります。'
    elif number in seen:
        yield f'番号「{number}」が{seen[number]}行目にもあります。'
    seen.setdefault(number, row)


def _rows(content: bytes, file: str, columns: Columns) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """(row number as Excel counts, cells by column) of every row that is not blank, and what is wrong with the file."""
    text = decoded(content)
    if text is None:
        return [], [f'{file}: 文字コードが分かりません。UTF-8かシフトJISで保存し直してください。']
    try:
        written = list(csv.reader(io.StringIO(text, newline=''), strict=True))
    except csv.Error:
        return [], [f'{file}: 「"」が閉じていないか、余分な文字があります。']
    header = [each.strip() for each in written[0]] if written else []
    twice = [each for each in dict.fromkeys(header) if header.count(each) > 1]
    mistakes = [f'{file} 1行目: 列「{each}」が2つあります。' for each in twice]
    mistakes += [
        f'{file} 1行目: 列「{name}」がありません。{_nearest(name, header)}'
        for name in (columns.number, *columns.needed)
        if name not in header
    ]
    if mistakes:
        return [], mistakes
    rows = []
    for number, cells in enumerate(written[1:], start=2):
        if len(cells) > len(header):
            mistakes.append(f'{file} {number}行目: 列の数({len(cells)})が1行目({len(header)})より多くなっています。')
        elif any(each.strip() for each in cells):
            rows.append((number, dict(zip(header, [*cells, *[''] * (len(header) - len(cells))], strict=True))))
    return rows, mistakes


def _nearest(name: str, header: Sequence[str]) -> str:
    return f'あるのは{instead("", header)}です。' if header else ''


def _values(columns: Columns, cells: Mapping[str, str]) -> tuple[dict[str, Value], list[tuple[str, str]]]:
    values: dict[str, Value] = {}
    wrong = []
    for name, each in columns.readers().items():
        parsed = each.parse(cells.get(name, ''), SampleHall())
        messages = list(parsed.messages)
        if parsed.value is not None:
            messages += each.check(parsed.value)
        elif each.required is True and not messages:
            messages.append(each.message('required'))
        wrong += [(name, message.text) for message in messages]
        values[name] = parsed.value
    return values, wrong
