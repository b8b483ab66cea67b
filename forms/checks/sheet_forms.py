"""The Excel files of sheets: they are there, and every name in braces is a field."""

from __future__ import annotations

from pathlib import Path

from forms.capabilities.sheets import KEY, Sheet, Sheets
from forms.definition import AppDefinition
from forms.draft import Draft
from forms.problems import instead
from forms.sheet_form import BESIDES, FOLDER, NotAForm, gaps_in


def check(draft: Draft, app: AppDefinition) -> None:
    sheets = app.capabilities.get(KEY)
    if draft.unread or draft.lost or draft.folder is None or not isinstance(sheets, Sheets):
        return
    for index, sheet in enumerate(sheets.sheets):
        if sheet.excel:
            _form(draft, app, draft.folder / FOLDER, index, sheet)


def _form(draft: Draft, app: AppDefinition, folder: Path, index: int, sheet: Sheet) -> None:
    place = draft.place(KEY, index, 'excel')
    try:
        if Path(sheet.excel).name != sheet.excel:
            raise NotAForm
        names = gaps_in(folder / sheet.excel)
    except NotAForm:
        files = sorted(each.name for each in folder.glob('*.xlsx'))
        draft.note('D724', place, sheet=sheet.name, file=sheet.excel, instead=instead(sheet.excel, files))
        return
    known = (*app.fields, *BESIDES)
    for name in names:
        if name not in known:
            draft.note('D716', place, file=sheet.excel, name=name, instead=instead(name, known))
