"""Formulas evaluated in Python and, by one run of Node, in JavaScript."""

import datetime as dt
import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forms.form_context import business_days
from forms.formula import Context, Formula, FormulaError
from forms.formula.literals import literal
from forms.formula.record_values import to_json
from forms.formula.run import Run
from forms.japanese.calendar import BusinessCalendar

SCRIPT = Path(__file__).parent / 'evaluate_all.mjs'
NOW = dt.datetime(2024, 4, 1, 9, 5, tzinfo=dt.timezone(dt.timedelta(hours=9)))
PLAIN = Context(NOW)
SECONDS = 120


@dataclass(frozen=True)
class Asked:
    """A formula, the JSON values it is asked on, and the world around it."""

    formula: Formula
    values: Mapping[str, Any] = field(default_factory=dict)
    context: Context = PLAIN


@dataclass(frozen=True)
class Answer:
    """literal: the value as the language writes it, or Error(…); json: as it is stored.

    error: its kind, text, start and end.
    """

    literal: str
    json: Any = None
    error: Mapping[str, Any] | None = None


def in_python(asked: Asked) -> Answer:
    try:
        value = asked.formula.compute(asked.values, Run(asked.context))
    except FormulaError as error:
        return _failed(literal(error), error)
    try:
        return Answer(literal(value), to_json(value))
    except FormulaError as error:
        return _failed(literal(value), error)


def in_javascript(asked: Sequence[Asked], seconds: int = SECONDS) -> list[Answer]:
    contexts = list({id(each.context): each.context for each in asked}.values())
    place = {id(context): index for index, context in enumerate(contexts)}
    cases = {
        'contexts': [context_json(context) for context in contexts],
        'asked': [
            {'tree': each.formula.tree(), 'values': each.values, 'context': place[id(each.context)]} for each in asked
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / 'cases.json'
        path.write_text(json.dumps(cases), encoding='utf-8')
        run = subprocess.run(['node', str(SCRIPT), str(path)], capture_output=True, timeout=seconds, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return [Answer(**each) for each in json.loads(run.stdout, parse_int=float)]


def answers(asked: Iterable[Asked]) -> list[tuple[Asked, Answer, Answer]]:
    """Each question with Python's answer and JavaScript's."""
    questions = list(asked)
    return list(zip(questions, map(in_python, questions), in_javascript(questions), strict=True))


def told(asked: Asked, python: Answer, javascript: Answer) -> str:
    """A difference as a sentence for whoever reads the failed test."""
    return f'{asked.formula.source!r} on {asked.values!r}: Python {python}, JavaScript {javascript}'


def context_json(context: Context) -> dict[str, Any]:
    """The context as the page hands it to the browser."""
    return {
        'now': context.now.isoformat(),
        'user': context.user,
        'department': context.department,
        'locale': context.locale,
        'calendar': business_days(context.calendar or BusinessCalendar(), 2020, 2028),
        'fiscalStart': context.fiscal_start,
        'old': context.old,
    }


def _failed(shown: str, error: FormulaError) -> Answer:
    return Answer(shown, None, {'kind': error.kind, 'text': error.text, 'start': error.start, 'end': error.end})
