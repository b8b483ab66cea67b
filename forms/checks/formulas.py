"""Formulas: each compiled where it stands, with the names it may use and the result its use needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from forms.checks.compared_choices import unknown_choices
from forms.definition import AppDefinition, columns_of
from forms.draft import Draft
from forms.field import Field
from forms.formula.errors import Mistake
from forms.formula.formula import Formula, compile_formula
from forms.formula.scope import Scope
from forms.formula.value_type import ANY, BOOLEAN, Kind, ValueType, as_type
from forms.problems import At, Place, Problem, instead, problem
from forms.scopes import record_scope, row_scope, type_in, with_choice_columns
from forms.setting import settings_of
from forms.yaml_text import Node, Scalar

Others = Mapping[str, AppDefinition] | None
CONDITIONS = ('relevant', 'required', 'forbidden', 'readonly', 'constraint', 'choice_filter', 'filter')
CODES = {
    'not-yes-no': 'D402',
    'wrong-result': 'D402',
    'retired-field': 'D403',
    'unknown-field': 'D404',
    'unknown-column': 'D404',
    'unknown-function': 'D405',
}
"""Code of the problem by code of the mistake; every other mistake is D401."""


@dataclass(frozen=True, slots=True)
class Written:
    """One formula: where it stands, what it may name, what it must give. label: the setting's Japanese name."""

    path: str
    use: str
    text: str
    node: Node | None
    scope: Scope
    expects: ValueType | None
    label: str
    place: Place
    field: Field | None = None


def compile_all(draft: Draft, others: Others) -> dict[tuple[str, str], Formula]:
    """Every formula of the definition by (path, use); mistakes become problems of the draft."""
    compiled: dict[tuple[str, str], Formula] = {}
    for written in _written(draft, others):
        found = compile_formula(written.text, written.scope, written.expects)
        if isinstance(found, Formula):
            compiled[written.path, written.use] = found
            _choices(draft, written, found)
            for warning in found.warnings:
                draft.warnings.append(_told('D408', written, warning))
        else:
            for mistake in found:
                _note(draft, written, mistake)
    return compiled


def _note(draft: Draft, written: Written, mistake: Mistake) -> None:
    place, piece = _place(written, mistake.start), _piece(written, mistake)
    choices = getattr(written.field, 'choices', ())
    if mistake.code == 'unknown-field' and any(piece in (choice.value, choice.label) for choice in choices):
        draft.note('D406', place, setting=written.label, piece=piece)
    elif not (mistake.code == 'unknown-field' and draft.may_hold(piece)):
        draft.problems.append(_told(CODES.get(mistake.code, 'D401'), written, mistake))


def _told(code: str, written: Written, mistake: Mistake) -> Problem:
    advice = mistake.advice if mistake.advice.endswith('。') else f'{mistake.advice}。'
    piece, place = _piece(written, mistake), _place(written, mistake.start)
    return problem(code, place, setting=written.label, piece=piece, text=mistake.text, advice=advice)


def _choices(draft: Draft, written: Written, formula: Formula) -> None:
    app = draft.definition
    table = app.fields.get(written.path.partition('.')[0])
    columns = columns_of(table) if table is not None and '.' in written.path else {}
    rows = {name: each for other in app.fields.values() for name, each in columns_of(other).items()}
    for text, field in unknown_choices(formula, {**rows, **app.fields, **columns}):
        choices = field.choices  # type: ignore[attr-defined]
        labels = {choice.label: choice.value for choice in choices}
        value = str(text.value)
        near = instead(labels.get(value, value), [choice.value for choice in choices])
        place = _place(written, text.start)
        draft.note('D311', place, setting=written.label, value=value, name=field.name, instead=near)


def _place(written: Written, start: int) -> Place:
    """The place of a letter of the formula; what is missing at its end is missing after the last letter."""
    if isinstance(written.node, Scalar) and written.node.text == written.text:
        return written.node.place_of(max(0, min(start, len(written.text.rstrip()) - 1)))
    return written.place


def _piece(written: Written, mistake: Mistake) -> str:
    return (written.text[mistake.start : mistake.end] or written.text).strip()


def _written(draft: Draft, others: Others) -> Iterator[Written]:
    app = draft.definition
    scope = record_scope(app, others)
    scope = replace(scope, fields={**dict.fromkeys(draft.lost, ANY), **scope.fields})
    for each in app.fields.values():
        yield from _of_field(draft, each, each.name, scope, others)
        for column in columns_of(each).values():
            yield from _of_field(draft, column, f'{each.name}.{column.name}', row_scope(app, each.name, others), others)
    yield from _of_parts(draft, scope, others)
    for key, capability in app.capabilities.items():
        for setting in capability.formula_settings():
            table = app.fields.get(setting.rows_of)
            rows = row_scope(app, setting.rows_of, others) if table else scope
            path, use = setting.key(key)
            at = (key, *setting.path)
            yield Written(
                path,
                use,
                setting.text,
                draft.node(at),
                rows,
                as_type(cast(Kind, setting.gives)) if setting.gives else None,
                f'「{key}」の「{use}」',
                draft.place(*at),
            )


def _of_field(draft: Draft, each: Field, path: str, scope: Scope, others: Others) -> Iterator[Written]:
    """The formulas of one field. Those of a retired field may go on naming retired fields."""
    if each.retired:
        scope = replace(
            scope, retired=frozenset(), fields={**scope.fields, **dict.fromkeys(scope.retired, each.value_type)}
        )
    for key, setting in settings_of(type(each)).items():
        text = getattr(each, setting.name)
        if setting.shape.kind not in ('formula', 'yes_no_or_formula') or not isinstance(text, str):
            continue
        expects = BOOLEAN if key in CONDITIONS else _result(each, others) if key in ('default', 'calculation') else None
        own = with_choice_columns(scope, each) if key == 'choice_filter' else scope
        node = draft.nodes[path].get(key) if path in draft.nodes else None
        place = draft.field_place(path, key)
        yield Written(
            path, key, text, node, own, expects, f'「{each.name}」の{setting.label.removesuffix("式")}', place, each
        )


def _result(each: Field, others: Others) -> ValueType | None:
    """What a default or a calculation of the field must give; a lookup's default may be an id."""
    value_type = type_in(each, others)
    return None if value_type.kind in ('record', 'table', 'any') else value_type


def _of_parts(draft: Draft, scope: Scope, others: Others) -> Iterator[Written]:
    """The formulas of sections, views and rules on change."""
    app = draft.definition
    for index, section in enumerate(app.sections):
        if section.relevant:
            yield _part(draft, scope, ('sections', index, 'relevant'), section.relevant, '見出しの表示条件')
    for index, view in enumerate(app.views):
        if view.filter:
            yield _part(draft, scope, ('views', index, 'filter'), view.filter, f'一覧「{view.name}」の条件')
    for index, rule in enumerate(app.on_change):
        columns = columns_of(app.fields[rule.add_row]) if rule.add_row in app.fields else {}
        for name, text in rule.prefill.items():
            part = _part(draft, scope, ('on_change', index, 'prefill', name), text, f'「{name}」の行の初期値')
            yield replace(part, expects=_result(columns[name], others) if name in columns else None)


def _part(draft: Draft, scope: Scope, at: At, text: str, label: str) -> Written:
    """A condition somewhere in the definition."""
    *path, use = map(str, at)
    return Written('.'.join(path), use, text, draft.node(at), scope, BOOLEAN, label, draft.place(*at))
