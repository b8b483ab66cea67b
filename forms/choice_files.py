"""Choice lists kept as CSV files beside the definitions, read with their encoding recognised."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from forms.problems import Place, Problem, instead, problem

Row = Mapping[str, str]


@dataclass(slots=True)
class ChoiceFiles:
    """The folder of CSV files as one definition uses it. used: file name -> digest of its content."""

    folder: Path | None
    used: dict[str, str] = field(default_factory=dict)

    def rows(self, name: str, place: Place) -> tuple[Sequence[Row], list[Problem]]:
        """Rows of the file by column name, and what is wrong with it. `place`: where the definition names the file."""
        path = self.folder / name if self.folder else None
        if path is None or not path.is_file() or Path(name).name != name:
            return (), [problem('D305', place, file=name, instead=instead(name, self.names()))]
        content = path.read_bytes()
        self.used[name] = hashlib.sha256(content).hexdigest()
        text = decoded(content)
        if text is None:
            return (), [problem('D307', place, file=name)]
        return _rows(text, name, place)

    def names(self) -> list[str]:
        """Names of the files that are there."""
        return sorted(each.name for each in self.folder.glob('*.csv')) if self.folder else []


def decoded(content: bytes) -> str | None:
    """Text of a file written as UTF-8 (with or without its mark) or as Excel on Windows saves it (cp932); else None."""
    for encoding in ('utf-8-sig', 'cp932'):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if '\x00' in text else text
    return None


def _rows(text: str, name: str, place: Place) -> tuple[Sequence[Row], list[Problem]]:
    reader = csv.DictReader(io.StringIO(text, newline=''), restval='')
    columns = [column.strip() for column in reader.fieldnames or ()]
    reader.fieldnames = columns
    if not columns:
        return (), [problem('D310', place, file=name)]
    if 'value' not in columns:
        return (), [problem('D306', place, file=name, column='value', instead=instead('value', columns))]
    numbered = [(reader.line_num, row) for row in reader if any(cell for key, cell in row.items() if key)]
    rows, problems = [], []
    seen: set[str] = set()
    for line, row in numbered:
        value = row['value'].strip()
        if not value:
            problems.append(problem('D309', place, file=name, line=line))
        elif value in seen:
            problems.append(problem('D308', place, file=name, line=line, value=value))
        else:
            rows.append({key: cell.strip() for key, cell in row.items() if key})
        seen.add(value)
    if not numbered:
        problems.append(problem('D310', place, file=name))
    return rows, problems
