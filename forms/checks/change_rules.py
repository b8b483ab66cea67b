"""Rules on change: the fields, subtables and columns they name."""

from __future__ import annotations

from forms.definition import ChangeRule, columns_of
from forms.draft import Draft
from forms.problems import instead


def check(draft: Draft) -> None:
    fields = draft.definition.fields
    for index, rule in enumerate(draft.definition.on_change):
        named = [('field', rule.field), ('offer_same', rule.offer_same)]
        for setting, name in [*named, *((f'clear.{at}', name) for at, name in enumerate(rule.clear))]:
            if name and name not in fields and not draft.may_hold(name):
                place = draft.place('on_change', index, *map(_step, setting.split('.')))
                draft.note(
                    'D209',
                    place,
                    setting=f'on_change の {setting.split(".")[0]}',
                    name=name,
                    instead=instead(name, fields),
                )
        _row(draft, index, rule)
        if not rule.add_row and not rule.clear:
            draft.note('D703', draft.place('on_change', index), name=rule.field)
        if rule.field in rule.clear:
            draft.note('D704', draft.place('on_change', index, 'clear'), name=rule.field)


def _row(draft: Draft, index: int, rule: ChangeRule) -> None:
    if not rule.add_row or draft.may_hold(rule.add_row):
        return
    table = draft.definition.fields.get(rule.add_row)
    columns = columns_of(table) if table else {}
    if table is None or table.TYPE != 'subtable':
        draft.note('D701', draft.place('on_change', index, 'add_row'), setting='add_row', name=rule.add_row)
        return
    for name in rule.prefill:
        if name not in columns:
            place = draft.place('on_change', index, 'prefill', name)
            draft.note('D702', place, table=rule.add_row, name=name, instead=instead(name, columns))


def _step(text: str) -> str | int:
    return int(text) if text.isdigit() else text
