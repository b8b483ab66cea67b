"""What an app expects of other apps: that they exist, hold the named fields, and do not copy in circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.checks.fields import written
from forms.definition import AppDefinition
from forms.draft import Draft
from forms.field import Field
from forms.formula.value_type import becomes
from forms.problems import At, instead

Others = Mapping[str, AppDefinition]
Spot = tuple[str, str]
"""(app, field)"""


def check(draft: Draft, others: Others) -> None:
    for path, each in written(draft):
        app = getattr(each, 'app', '')
        if not app:
            continue
        other = others.get(app)
        if other is None:
            place = draft.field_place(path, 'app')
            draft.note('D601', place, name=each.name, app=app, instead=instead(app, others))
        elif other.fields:
            _sources(draft, path, each, other)
    _follow_ups(draft, others)
    _public_address(draft, others)
    _service_codes(draft, others)
    _circles(draft, others)


def _follow_ups(draft: Draft, others: Others) -> None:
    """Records that a capability makes in another app: the app, the fields it fills in, the field that points back."""
    for key, capability in draft.definition.capabilities.items():
        for index, rule in enumerate(getattr(capability, 'rules', ())):
            app = getattr(rule, 'app', '')
            other = others.get(app)
            if app and other is None:
                place = draft.place(key, index, 'app')
                draft.note('D601', place, name=key, app=app, instead=instead(app, others))
            elif other is not None and other.fields:
                for name in rule.copy:
                    _target(draft, (key, index, 'copy', name), name, other)
                if rule.link and _target(draft, (key, index, 'link'), rule.link, other):
                    _points_back(draft, (key, index, 'link'), other.fields[rule.link], app)


def _public_address(draft: Draft, others: Others) -> None:
    """Two public forms cannot stand at one address."""
    own = draft.definition.capabilities.get('public_form')
    address = getattr(own, 'address', '') or draft.definition.name
    for name, other in others.items():
        form = other.capabilities.get('public_form')
        if own is not None and form is not None and name != draft.definition.name:
            if address == (getattr(form, 'address', '') or name):
                draft.note('D606', draft.place('public_form', 'address'), address=address, app=name)


def _service_codes(draft: Draft, others: Others) -> None:
    """A report says only the code, so one code cannot mean two apps; the first app by name keeps it."""
    own: Any = draft.definition.capabilities.get('open311')
    for name, other in sorted(others.items()):
        theirs: Any = other.capabilities.get('open311')
        if own is None or theirs is None or name >= draft.definition.name or own.jurisdiction != theirs.jurisdiction:
            continue
        taken = theirs.services(other)
        for code, choice in own.services(draft.definition).items():
            if code in taken:
                at = ('codes', choice.value) if choice.value in own.codes else ('service',)
                draft.note('D607', draft.place('open311', *at), number=code, app=name)


def _target(draft: Draft, at: At, name: str, other: AppDefinition) -> bool:
    if name in other.fields:
        return True
    setting, near = at[2], instead(name, other.fields)
    draft.note('D602', draft.place(*at), app=other.name, name=name, setting=setting, instead=near)
    return False


def _points_back(draft: Draft, at: At, link: Field, app: str) -> None:
    if getattr(link, 'app', '') != draft.definition.name:
        draft.note('D605', draft.place(*at), app=app, name=link.name, own=draft.definition.name)


def _sources(draft: Draft, path: str, each: Field, other: AppDefinition) -> None:
    """The fields of the other app that are shown or copied."""
    for position, name in enumerate(getattr(each, 'show_', ())):
        _known(draft, path, ('show', position), name, other)
    for own, source in getattr(each, 'copy', {}).items():
        target = draft.definition.fields.get(own)
        if not _known(draft, path, ('copy', own), source, other) or target is None:
            continue
        found = other.fields[source]
        if found.value_type.kind == 'table' or not becomes(found.value_type, target.value_type):
            words = {'own': own, 'own_type': target.TITLE, 'source': source, 'source_type': found.TITLE}
            draft.note('D604', draft.field_place(path, 'copy', own), app=other.name, **words)


def _known(draft: Draft, path: str, at: At, name: str, other: AppDefinition) -> bool:
    if name in other.fields:
        return True
    near = instead(name, other.fields)
    draft.note('D602', draft.field_place(path, *at), app=other.name, name=name, setting=at[0], instead=near)
    return False


def _circles(draft: Draft, others: Others) -> None:
    """A value that is copied, app by app, back to where it came from."""
    name = draft.definition.name
    for path, each in written(draft):
        for own, source in getattr(each, 'copy', {}).items():
            way = _way_back((name, own), (each.app, source), others)  # type: ignore[attr-defined]
            if len(way) == 2:  # from another record of this very app: a member takes the number of the household
                continue
            if way:
                told = ' → '.join(f'{app}.{field}' for app, field in way)
                draft.note('D603', draft.field_place(path, 'copy', own), path=told)


def _way_back(start: Spot, first: Spot, others: Others) -> tuple[Spot, ...]:
    ways: list[tuple[Spot, ...]] = [(start, first)]
    for way in ways:
        if way[-1] == start:
            return way
        ways += [(*way, spot) for spot in _copied_from(way[-1], others) if spot not in way[1:]]
    return ()


def _copied_from(spot: Spot, others: Others) -> Iterator[Spot]:
    app, name = spot
    for each in others[app].written_fields if app in others else ():
        if name in getattr(each, 'copy', {}):
            yield each.app, each.copy[name]  # type: ignore[attr-defined]
