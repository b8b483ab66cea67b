"""The Excel file of a sheet, filled with one record, as far as the person may read it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from apps.excel.sheet_form import fill_sheet_form
from apps.outcome import Refused
from apps.reading import ON_RECORD
from apps.reading.shown import moment_text
from apps.sheets.printing import Print
from forms.field import Masked
from forms.sheet_form import FOLDER, PRINTED_AT, PRINTED_BY


def filled_form(printing: Print, record: str, filled: Path) -> str:
    """Writes it to `filled`; answers the name under which it is handed out. Raises Refused."""
    sheet, context = printing.sheet, printing.context
    told = _told(printing, record)
    if not sheet.excel:
        raise Refused('not_found', detail=f'「{sheet.name}」には、Excelのひな形がありません。')
    try:
        fill_sheet_form(context.settings.definitions / FOLDER / Path(sheet.excel).name, told, filled)
    except OSError as error:
        detail = f'ひな形「{sheet.excel}」がありません。推進リーダーに知らせてください。'
        raise Refused('not_found', detail=detail) from error
    return f'{sheet.name}.xlsx'


def _told(printing: Print, record: str) -> Mapping[str, str | int | float]:
    """Texts as on the sheet; numbers that nobody masked as numbers. `fields` of the sheet holds here as well."""
    definition, by = printing.definition, printing.by
    reading = printing.context.reading
    shown = reading.record(definition.name, record, by=by, masks=ON_RECORD)
    sight = reading.sight(definition, by)
    hidden = sight.hidden(reading.stored(definition.name, record, by=by)) if sight.withholds else frozenset()
    allowed = _allowed(printing)
    names = [name for name in definition.fields if name in allowed and name not in hidden]
    plain = {
        name: value
        for name in names
        if type(value := shown.values.get(name)) in {int, float} and name not in shown.covered
        and not isinstance(value, Masked)
    }  # fmt: skip
    now = moment_text(printing.context.clock.now().isoformat())
    texts = {name: shown.texts.get(name, '') for name in names}
    return {**texts, **plain, PRINTED_AT: now, PRINTED_BY: by.name}


def _allowed(printing: Print) -> frozenset[str]:
    """Beside `fields` a sheet says to whom it goes, and what the app itself keeps: number, status, deadline."""
    definition, sheet = printing.definition, printing.sheet
    if not sheet.fields:
        return frozenset(definition.fields)
    written = {one.name for each in definition.written_fields for one in (each, *each.companions())}
    return frozenset((*sheet.fields, sheet.to, sheet.number, *(definition.fields.keys() - written)))
