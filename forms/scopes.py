"""What the formulas of an app may name: fields, columns inside subtables, fields of looked-up records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms.definition import AppDefinition, columns_of
from forms.evaluation import LOOKED_UP
from forms.field import Field
from forms.formula.scope import Scope
from forms.formula.value_type import ANY, TEXT, ValueType, record

_BIRTH = ('生年月日', '誕生日')


def record_scope(app: AppDefinition, others: Mapping[str, AppDefinition] | None) -> Scope:
    """The scope of formulas about a whole record. others: None when nothing is known of other apps."""
    return _scope(app.fields.values(), others)


def row_scope(app: AppDefinition, table: str, others: Mapping[str, AppDefinition] | None) -> Scope:
    """The scope inside the rows of a subtable: its columns, then the fields of the record around them."""
    return _scope({**app.fields, **columns_of(app.fields[table])}.values(), others)


def with_choice_columns(scope: Scope, field: Field) -> Scope:
    """The scope of a `choice_filter`: also the columns of the list that the choices come from."""
    columns = {name: TEXT for choice in getattr(field, 'choices', ()) for name in choice.columns}
    return Scope(
        {**scope.fields, **columns}, scope.retired - columns.keys(), scope.labels, scope.tables, scope.birth_dates
    )


def type_in(field: Field, others: Mapping[str, AppDefinition] | None) -> ValueType:
    """The type of a field's value; of a lookup, the record of the other app with its plain fields."""
    if field.value_type.kind != 'record' or not hasattr(field, 'app'):
        return field.value_type
    other = (others or {}).get(field.app)
    if other is None:
        return ANY
    return record({**{each.name: _plain(each.value_type) for each in other.fields.values()}, LOOKED_UP: TEXT})


def _plain(value_type: ValueType) -> ValueType:
    """A lookup within a looked-up record is its id only: records are read one step deep."""
    return TEXT if value_type.kind == 'record' and not value_type.columns else value_type


def _scope(fields: Iterable[Field], others: Mapping[str, AppDefinition] | None) -> Scope:
    living = [each for each in fields if not each.retired]
    return Scope(
        fields={each.name: type_in(each, others) for each in living if not columns_of(each)},
        retired=frozenset(each.name for each in fields if each.retired),
        labels={each.label: each.name for each in living if each.label and each.label != each.name},
        tables={each.name: _scope(columns_of(each).values(), others) for each in living if columns_of(each)},
        birth_dates=frozenset(each.name for each in living if any(word in each.name + each.label for word in _BIRTH)),
    )
