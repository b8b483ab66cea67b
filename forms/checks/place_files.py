"""The files of places that a field with suggestions needs: a mistake there stops no app, and is told row by row."""

from __future__ import annotations

from pathlib import Path

from forms.checks.fields import written
from forms.draft import Draft
from forms.places_file import FOLDER, read_places
from forms.problems import Place, problem

MOST_ROWS = 20
"""Told of one file; a file with more is wrong as a whole."""


def check(draft: Draft) -> None:
    """Warned of at the first field of the app that searches for places."""
    path = next((path for path, each in written(draft) if each.TYPE == 'place'), None)
    if path is None or draft.folder is None:
        return
    place = draft.field_place(path, 'type')
    files = sorted((draft.folder / FOLDER).glob('*.csv'))
    if not files:
        draft.warnings.append(problem('D320', place, name=path))
    for file in files:
        _file(draft, file, place)


def _file(draft: Draft, file: Path, place: Place) -> None:
    _, wrong = read_places(file.read_bytes())
    for each in wrong[:MOST_ROWS]:
        told = problem('D321', place, file=file.name, row=each.row, text=each.text, advice=each.advice)
        draft.warnings.append(told)
    if len(wrong) > MOST_ROWS:
        draft.warnings.append(problem('D322', place, file=file.name, count=len(wrong) - MOST_ROWS))
