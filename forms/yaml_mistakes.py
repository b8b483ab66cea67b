"""What the YAML parser complains about, said in the words of people who write definitions."""

from __future__ import annotations

import re
from typing import NamedTuple

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from forms.problems import Place, Problem, problem

_WIDE_COLON = re.compile(r'^\s*(?:- )?(?P<key>[^\s:"\'#{\[]+)：')


def unreadable(error: YAMLError, text: str, file: str) -> Problem:
    """The one problem behind a parser's error, placed where the writer must change something."""
    if isinstance(error, ReaderError):
        before = text[: error.position]
        return problem('D011', Place(file, before.count('\n') + 1, len(before) - before.rfind('\n')))
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return problem('D012', Place(file, 1))
    lines = [*text.split('\n'), '', '']
    line, column = error.problem_mark.line, error.problem_mark.column
    here = Place(file, line + 1, column + 1)
    for suspect in (line, line - 1):
        if suspect >= 0 and (found := _WIDE_COLON.match(lines[suspect])):
            return problem('D009', Place(file, suspect + 1, found.end()))
    return _known(error, lines, here)


def _known(error: MarkedYAMLError, lines: list[str], here: Place) -> Problem:
    said, context = error.problem or '', error.context or ''
    start = error.context_mark
    opened = Place(here.file, start.line + 1, start.column + 1) if start else here
    opening = lines[opened.line - 1][opened.column - 1 : opened.column]
    found = next((known for known in _KNOWN if known.context in context and re.search(known.said, said)), None)
    if found is None:
        return problem('D012', here)
    if found.code == 'D008':
        return _after_value(lines, here)
    if found.code == 'D006' and opening not in '{[':
        opened, opening = here, '['
    place = opened if found.at_start else here
    first = lines[place.line - 1][place.column - 1 : place.column]
    return problem(found.code, place, quote=opening, bracket=opening, mark=first)


class _Known(NamedTuple):
    """A complaint of the parser. at_start: the mistake is where the parser began to read, not where it gave up."""

    code: str
    context: str
    said: str
    at_start: bool = False


_KNOWN = (
    _Known('D004', '', r"character '\\t'"),
    _Known('D005', 'quoted scalar', 'end of stream', at_start=True),
    _Known('D006', 'flow', '', at_start=True),
    _Known('D007', '', 'mapping values are not allowed'),
    _Known('D008', '', 'block end|sequence entries are not allowed'),
    _Known('D009', '', "could not find expected ':'", at_start=True),
    _Known('D010', 'tag', '', at_start=True),
    _Known('D010', 'anchor', '', at_start=True),
    _Known('D010', 'alias', '', at_start=True),
    _Known('D010', 'block scalar', '', at_start=True),
    _Known('D018', 'double-quoted', 'escape'),
    _Known('D010', '', "cannot start any token|found '[}\\]]'"),
)


def _after_value(lines: list[str], here: Place) -> Problem:
    """Text behind a closed quotation mark or bracket, or else a line that begins at a wrong place."""
    before = lines[here.line - 1][: here.column - 1].rstrip()
    if before.endswith(('"', "'", '}', ']')):
        return problem('D015', here, mark=before[-1])
    return problem('D008', here)
