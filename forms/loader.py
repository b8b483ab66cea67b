"""Definition files to AppDefinitions, or every Problem with its place; one broken app never stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from forms.checks import (
    capabilities,
    change_rules,
    cycles,
    fields,
    formulas,
    names,
    other_apps,
    place_files,
    samples,
    sheet_forms,
    views,
)
from forms.definition import AppDefinition
from forms.draft import Draft, read_draft
from forms.problems import Place, Problem, problem

Others = Mapping[str, AppDefinition]
"""The apps that a definition may refer to, by name; one that is broken stands with what could be read of it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """apps: those without mistakes, by name. problems: of the others, by file and line."""

    apps: Mapping[str, AppDefinition]
    problems: tuple[Problem, ...]

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What may be a mistake in the apps that work."""
        return tuple(each for app in self.apps.values() for each in app.warnings)


def load_folder(folder: Path) -> Loaded:
    """Every *.yaml of the folder; choice lists are read from its subfolder `choices`."""
    drafts = _drafts(folder)
    others = {name: draft.definition for name, draft in drafts.items()}
    finished = {name: _finished(draft, others) for name, draft in drafts.items()}
    problems = [each for found in finished.values() if not isinstance(found, AppDefinition) for each in found]
    return Loaded({name: app for name, app in finished.items() if isinstance(app, AppDefinition)}, tuple(problems))


def load_definition(path: Path) -> AppDefinition | tuple[Problem, ...]:
    """One file, judged together with the other apps of its folder (whose own mistakes do not matter here)."""
    drafts = _drafts(path.parent)
    draft = drafts.get(path.stem) or _draft(path)
    return _finished(draft, {name: each.definition for name, each in drafts.items()})


def load_text(
    text: str, name: str, *, choices_dir: Path | None = None, others: Others | None = None, file: str = ''
) -> AppDefinition | tuple[Problem, ...]:
    """A definition that is not (yet) a file. others: None when no other app is known; then lookups are not followed."""
    return _finished(read_draft(text, name, file or f'{name}.yaml', choices_dir), others)


def _drafts(folder: Path) -> dict[str, Draft]:
    return {path.stem: _draft(path) for path in sorted(folder.glob('*.yaml'))}


def _draft(path: Path) -> Draft:
    try:
        text = path.read_bytes().decode('utf-8-sig')
    except UnicodeDecodeError:
        unreadable = problem('D001', Place(str(path), 1))
        return Draft(AppDefinition(name=path.stem, source=str(path)), None, problems=[unreadable])
    return read_draft(text, path.stem, str(path), path.parent / 'choices')


def _finished(draft: Draft, others: Others | None) -> AppDefinition | tuple[Problem, ...]:
    if draft.root is None:
        return in_order(draft.problems)
    for each in (names, fields, place_files, views, change_rules):
        each.check(draft)
    compiled = formulas.compile_all(draft, others)
    cycles.check(draft, compiled)
    fields.check_choices(draft, compiled)
    if others is not None:
        other_apps.check(draft, others)
    app = replace(draft.definition, formulas=MappingProxyType(compiled))
    capabilities.check(draft, app)
    sheet_forms.check(draft, app)
    app = replace(app, warnings=in_order(draft.warnings))
    if not draft.problems:
        samples.check(draft, app)
    return in_order(draft.problems) or app


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, line and column, the same one only once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda each: (each.place, each.code)))
