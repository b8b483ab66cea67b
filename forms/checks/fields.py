"""Settings of one field that contradict each other, its default against its choices, and the fields it names."""

from __future__ import annotations

from collections.abc import Iterator

from forms.choices import ChoiceList
from forms.definition import columns_of
from forms.draft import Draft
from forms.field import Field
from forms.formula.formula import Formula
from forms.formula.tree import Literal
from forms.problems import instead


def check(draft: Draft) -> None:
    """Everything that needs no formula."""
    _empty(draft)
    for path, each in written(draft):
        _settings(draft, path, each)
        _contradictions(draft, path, each)
        _references(draft, path, each)
        _row_columns(draft, path, each)


def check_choices(draft: Draft, formulas: dict[tuple[str, str], Formula]) -> None:
    """Values that formulas compare with or give to a field, against its choices."""
    for (path, use), formula in formulas.items():
        own = dict(written(draft)).get(path)
        if use == 'default' and own is not None and isinstance(formula.checked, Literal):
            _default(draft, path, own, formula.checked.value)


def written(draft: Draft) -> Iterator[tuple[str, Field]]:
    """Every written field with its path, columns included."""
    for each in draft.definition.written_fields:
        yield each.name, each
        for name, column in columns_of(each).items():
            if f'{each.name}.{name}' in draft.nodes:
                yield f'{each.name}.{name}', column


def _empty(draft: Draft) -> None:
    if draft.root and draft.root.get('sections') is not None and not draft.definition.sections and not draft.problems:
        draft.note('D207', draft.place('sections'), where='sections')
    for index, section in enumerate(draft.definition.sections):
        node = draft.node(('sections', index, 'fields'))
        if not section.fields and (node is None or not getattr(node, 'items', ())):
            draft.note('D207', draft.place('sections', index), where=f'見出し「{section.title}」')


def _settings(draft: Draft, path: str, each: Field) -> None:
    for found in each.setting_problems():
        code = 'D301' if found.setting == 'choices' else 'D217'
        place = draft.field_place(path, found.setting)
        draft.note(code, place, name=each.name, text=found.text, advice=found.advice)


def _contradictions(draft: Draft, path: str, each: Field) -> None:
    if each.TYPE == 'calculation' and not each.calculation:
        draft.note('D211', draft.field_place(path, 'type'), name=each.name)
    if (
        each.readonly is True
        and each.required is True
        and not (each.default or each.calculation or _is_copied(draft, each))
    ):
        draft.note('D213', draft.field_place(path, 'readonly'), name=each.name)
    if each.constraint_message and not each.constraint:
        draft.note('D214', draft.field_place(path, 'constraint_message'), name=each.name)
    if each.required is True and each.forbidden is True:
        draft.note('D215', draft.field_place(path, 'forbidden'), name=each.name)
    if '.' in path and (columns_of(each) or each.unique):
        draft.note('D208', draft.field_place(path, 'type'), name=each.name, type=each.TITLE)


def _is_copied(draft: Draft, each: Field) -> bool:
    return any(each.name in getattr(other, 'copy', {}) for other in draft.definition.written_fields)


def _references(draft: Draft, path: str, each: Field) -> None:
    """Settings that hold the name of another field of the same app (or of the same rows)."""
    app = draft.definition
    table = path.rpartition('.')[0]
    around = {**app.fields, **columns_of(app.fields[table])} if table in app.fields else app.fields
    for key, name in _named(each):
        at = key.split('.')
        if name not in around:
            near = instead(name, around)
            draft.note('D209', draft.field_place(path, *at), setting=key, name=name, instead=near)
        elif around[name].retired and not each.retired:
            draft.note('D216', draft.field_place(path, *at), setting=key, name=name)
        elif key == 'pair_of':
            _pair(draft, path, each, around[name])
        elif key == 'location' and around[name].TYPE != 'location':
            title = around[name].TITLE
            draft.note('D210', draft.field_place(path, key), setting=key, name=name, type=title, wanted='位置')


def _pair(draft: Draft, path: str, after: Field, before: Field) -> None:
    """Two photo fields make a pair, never three in a row."""
    place = draft.field_place(path, 'pair_of')
    its_own: str = getattr(before, 'pair_of', '')
    if before.TYPE != 'photo':
        draft.note('D210', place, setting='pair_of', name=before.name, type=before.TITLE, wanted='写真')
    elif its_own and before is not after:
        text = f'「{before.name}」も、ほかの写真と組になっています。'
        draft.note('D217', place, name=after.name, text=text, advice='組は2つの項目で作ってください。')


def _row_columns(draft: Draft, path: str, each: Field) -> None:
    """Columns of the CSV of a checklist that are to be shown beside its rows."""
    rows: ChoiceList = getattr(each, 'rows', ChoiceList())
    known = {name for row in rows for name in row.columns}
    for position, name in enumerate(getattr(each, 'row_columns', ()) if rows else ()):
        if name not in known:
            place = draft.field_place(path, 'row_columns', position)
            draft.note('D306', place, file=rows.file or '行の一覧', column=name, instead=instead(name, known))


def _named(each: Field) -> Iterator[tuple[str, str]]:
    """(setting, name of a field) for each setting that names one."""
    if kana_of := getattr(each, 'kana_of', ''):
        yield 'kana_of', kana_of
    if pair_of := getattr(each, 'pair_of', ''):
        yield 'pair_of', pair_of
    if location := getattr(each, 'location', ''):
        yield 'location', location
    for own in getattr(each, 'copy', {}):
        yield f'copy.{own}', own
    previous = getattr(each, 'previous', None)
    for key in ('same', 'latest'):
        if name := getattr(previous, key, ''):
            yield f'previous.{key}', name


def _default(draft: Draft, path: str, each: Field, value: object) -> None:
    choices = getattr(each, 'choices', None)
    if not choices or not isinstance(value, str):
        return
    chosen = choices.get(value)
    if chosen is None:
        near = instead(value, [choice.value for choice in choices if not choice.retired])
        draft.note('D303', draft.field_place(path, 'default'), value=value, name=each.name, instead=near)
    elif chosen.retired:
        draft.note('D304', draft.field_place(path, 'default'), value=value)
