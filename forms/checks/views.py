"""Views and the record's title: every name exists, is of a usable type, and shows nothing private in public."""

from __future__ import annotations

from collections.abc import Iterable

from forms.checks import map_views
from forms.draft import Draft
from forms.field import Field
from forms.problems import instead
from forms.view import GROUPINGS, View, axis

SYSTEM_COLUMNS = ('_created_at', '_created_by', '_changed_at', '_changed_by')
PERIODS = ('年度',)
"""Filters that no field holds: the fiscal year of the record."""

_NEEDS = {
    'board': ('by',),
    'calendar': ('by',),
    'map': ('by',),
    'gallery': ('columns',),
    'summary': ('rows',),
    'list': (),
}
_ONLY_FOR = {
    'by': ('board', 'calendar', 'map'),
    'rows': ('summary',),
    'columns_by': ('summary',),
    'sign': ('map',),
    'layers': ('map',),
}
_DATES = (('date', 'datetime'), '日付か日時')
_BY_TYPES = {
    'board': (('select_one', 'section', 'staff', 'yes_no'), '選択肢が1つの種類'),
    'calendar': _DATES,
    'map': (('location',), '位置'),
}


def check(draft: Draft) -> None:
    app = draft.definition
    for index, name in enumerate(app.record_title):
        if _unknown(draft, name):
            draft.note('D505', draft.place('record_title', index), name=name, instead=instead(name, app.fields))
    for index, view in enumerate(app.views):
        _named_fields(draft, index, view)
        _shape(draft, index, view)
        _axes(draft, index, view)
        if view.type == 'map':
            map_views.check(draft, index, view)
        if view.public:
            _private(draft, index, view)


def _unknown(draft: Draft, name: str) -> bool:
    return name not in draft.definition.fields and not draft.may_hold(name)


def _named_fields(draft: Draft, index: int, view: View) -> None:
    fields = draft.definition.fields
    named = {
        'columns': (view.columns, SYSTEM_COLUMNS),
        'filters': (view.filters, (*SYSTEM_COLUMNS, *PERIODS)),
        'sort': (tuple(name.removeprefix('-') for name in view.sort), SYSTEM_COLUMNS),
    }
    for setting, (names, besides) in named.items():
        for position, name in enumerate(names):
            if name not in besides and _unknown(draft, name):
                place = draft.place('views', index, setting, position)
                near = instead(name, (*fields, *besides))
                draft.note('D501', place, view=view.name, setting=setting, name=name, instead=near)


def _shape(draft: Draft, index: int, view: View) -> None:
    """What the type of view needs, and what it has no use for."""
    for setting in _NEEDS[view.type]:
        if not getattr(view, setting):
            draft.note('D503', draft.place('views', index, 'type'), view=view.name, type=view.type, setting=setting)
    for setting, types in _ONLY_FOR.items():
        if getattr(view, setting) and view.type not in types:
            draft.note('D508', draft.place('views', index, setting), view=view.name, type=view.type, setting=setting)
    if view.type == 'gallery' and view.columns and not any(_is_photo(draft, name) for name in view.columns):
        _typed(draft, index, 'columns', view.columns[-1], (('photo',), '写真'))
    if not view.by or view.type not in _BY_TYPES:
        return
    _typed(draft, index, 'by', view.by, _BY_TYPES[view.type])


def _is_photo(draft: Draft, name: str) -> bool:
    found = draft.definition.fields.get(name)
    return found is not None and found.TYPE == 'photo'


def _axes(draft: Draft, index: int, view: View) -> None:
    if view.type != 'summary':
        return
    for setting in ('rows', 'columns_by', 'value'):
        text = getattr(view, setting)
        found = axis(text) if text else None
        place = draft.place('views', index, setting)
        allowed = ('sum', 'average', 'count') if setting == 'value' else ('', *GROUPINGS)
        if text and (found is None or found.by not in allowed):
            example = '「count」か「sum(項目名)」' if setting == 'value' else '「項目名」か「month(日付の項目)」'
            draft.note('D506', place, view=view.name, setting=setting, value=text, instead=example)
        elif found and found.field:
            wanted = _DATES if found.by in GROUPINGS else (('number',) if found.by else (), '数')
            _typed(draft, index, setting, found.field, wanted)


def _typed(draft: Draft, index: int, setting: str, name: str, wanted: tuple[Iterable[str], str]) -> None:
    """Notes a name that is no field, or a field of a type that will not do. wanted: types (none: any), their name."""
    view, fields = draft.definition.views[index], draft.definition.fields
    place = draft.place('views', index, setting)
    types, japanese = wanted
    found: Field | None = fields.get(name)
    if found is None:
        if _unknown(draft, name):
            near = instead(name, fields)
            draft.note('D501', place, view=view.name, setting=setting, name=name, instead=near)
    elif types and found.TYPE not in types and found.value_type.kind not in types:
        title = found.TITLE
        draft.note('D504', place, view=view.name, setting=setting, name=name, type=title, wanted=japanese)


def _private(draft: Draft, index: int, view: View) -> None:
    for position, name in enumerate(view.columns):
        found = draft.definition.fields.get(name)
        if found is not None and found.privacy:
            draft.note('D507', draft.place('views', index, 'columns', position), view=view.name, name=name)
